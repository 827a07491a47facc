"""What the proof of one assignment draws by itself: ``draws/ASSIGNMENT.py``, which none needs.

It may hold any of these, each by exercise id but the last two:

FRESH : mapping of tuples of callables
    Cases that no hidden one is like: with them too a diagnosis must hold. Where there are none, it
    must hold for the hidden cases drawn from another seed.
AT_RANDOM : mapping of callables
    Draws a call of any shape and setting, to find what the fixed cases do not try. Where there is
    none, the fixed cases are drawn again and again.
SHARES : mapping of int
    How many combinations of two and of three changes are told apart; else `SHARE` of each.
RIVALS : mapping of tuples of str
    For a name in a solution, those that could be mistaken for it.
RECALL, RECALL_OF_COMBINATIONS : float
    Of which share of wrong mutants, and of combinations, more must be told than the cases'
    messages. Without them it is counted, and no goal.
"""
