"""Misconceptions about cutting shuffled examples into mini-batches, and about what is returned."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

_STARTS, _STOP = "range(0, m, size)", "start + size"
_X, _Y = "shuffled_X[:, start:stop]", "shuffled_Y[:, start:stop]"
_PAIR, _RETURN = "mini_batches.append((batch_X, batch_Y))", "return mini_batches"
_BOUNDS = "Look at the slices: where does each start, and where does it end?"
_LAST = "Look at the last mini-batch: it holds what is left, and may be smaller."
_LIST = "Return a list of pairs (mini_batch_X, mini_batch_Y)."


def _cut(id_: str, done: str, slice_: str, look: str = _BOUNDS) -> Misconception:
    """Return an entry that cuts X and Y alike."""
    return Misconception(
        id_, done, look, {_X: f"shuffled_X[{slice_}]", _Y: f"shuffled_Y[{slice_}]"}
    )


_CUTS = (
    Misconception(
        "last-dropped",
        "The examples that do not fill a whole mini-batch are lost.",
        _LAST,
        {_STARTS: "range(0, m - m % size, size)"},
    ),
    Misconception(
        "last-always-dropped",
        "Your last mini-batch is always missing.",
        "Look at the loop's bounds: Python's range leaves out its end.",
        {_STARTS: "range(0, m, size)[:-1]"},
    ),
    Misconception(
        "last-dropped-twice",
        "Your loop ends one whole mini-batch too early.",
        "Look at the loop's bounds: there are m // mini_batch_size complete mini-batches.",
        {_STARTS: "range(0, (m // size - 1) * size, size)"},
    ),
    Misconception(
        "only-last",
        "You return the last mini-batch only.",
        "Is the list made anew inside the loop? Make it once, before it.",
        {_RETURN: "return mini_batches[-1:]"},
    ),
    Misconception(
        "only-first",
        "You return after the first mini-batch.",
        "Is the `return` inside the loop? It belongs behind it, with less indentation.",
        {_RETURN: "return mini_batches[:1]"},
    ),
    Misconception(
        "first-skipped",
        "Your first mini-batch is missing.",
        _BOUNDS,
        {_STARTS: "range(0, m, size)[1:]"},
    ),
    Misconception(
        "last-padded-by-repeats",
        "Your last mini-batch is filled up with examples from the start.",
        _LAST,
        {
            _X: "shuffled_X[:, np.arange(start, stop) % m]",
            _Y: "shuffled_Y[:, np.arange(start, stop) % m]",
        },
    ),
    Misconception(
        "last-padded-by-zeros",
        "Your last mini-batch is filled up with zeros.",
        _LAST,
        {
            _X: "np.pad(shuffled_X[:, start:stop], ((0, 0), (0, max(0, stop - m))))",
            _Y: "np.pad(shuffled_Y[:, start:stop], ((0, 0), (0, max(0, stop - m))))",
        },
    ),
    Misconception(
        "last-overlaps",
        "Your last mini-batch repeats examples of the one before, to be as large.",
        _LAST,
        {
            _X: "shuffled_X[:, max(0, min(start, m - size)):stop]",
            _Y: "shuffled_Y[:, max(0, min(start, m - size)):stop]",
        },
    ),
    Misconception(
        "rest-joined",
        "The examples left over are in your last complete mini-batch, which is too large.",
        "Look at the last mini-batch: the rest makes one of its own.",
        {
            _STARTS: "range(0, max(m - m % size, 1), size)",
            _STOP: "m if start + 2 * size > m else start + size",
        },
    ),
    Misconception(
        "last-repeated",
        "Your last mini-batch comes twice.",
        "Is there a second `append` behind the loop that runs when it should not?",
        {_RETURN: "return mini_batches + mini_batches[-1:]"},
    ),
    Misconception(
        "empty-batch",
        "You add an empty mini-batch when the size divides m.",
        "Add the last mini-batch only if examples are left: what is m % mini_batch_size?",
        {_STARTS: "range(0, m + 1, size)"},
    ),
    Misconception(
        "rest-from-the-start",
        "Your last mini-batch is cut from the start of the shuffled examples.",
        "Look at where the last slice starts: behind all complete mini-batches.",
        {
            _X: "shuffled_X[:, start:stop] if stop <= m else shuffled_X[:, : m % size]",
            _Y: "shuffled_Y[:, start:stop] if stop <= m else shuffled_Y[:, : m % size]",
        },
    ),
    Misconception(
        "one-too-many",
        "Each mini-batch also holds the first example of the next one.",
        f"{_BOUNDS} A slice leaves out its end, so there is nothing to add.",
        {_STOP: "start + size + 1"},
    ),
    Misconception(
        "one-too-few",
        "Each mini-batch is one example short.",
        f"{_BOUNDS} A slice leaves out its end already.",
        {_STOP: "start + size - 1"},
    ),
    Misconception(
        "start-plus-one",
        "Your slices start one example too late.",
        f"{_BOUNDS} Python counts from 0.",
        {_X: "shuffled_X[:, start + 1:stop + 1]", _Y: "shuffled_Y[:, start + 1:stop + 1]"},
    ),
    Misconception(
        "sliding",
        "Your mini-batches start at every example, so they overlap.",
        "Look at the loop's steps: the next mini-batch starts where the last one ended.",
        {_STARTS: "range(0, m)"},
    ),
    Misconception(
        "size-as-count",
        "You make mini_batch_size parts, not parts of that size.",
        "mini_batch_size says how many examples are in each, not how many mini-batches there are.",
        {"size = mini_batch_size": "size = -(-X.shape[1] // mini_batch_size)"},
    ),
    Misconception(
        "size-always-64",
        "Your mini-batches are always made for a size of 64, whatever is asked for.",
        "Is a number in the place of the argument mini_batch_size?",
        {"size = mini_batch_size": "size = 64"},
    ),
    _cut("first-repeated", "Every mini-batch you return is the first one.", ":, :size"),
    _cut("grows", "Each of your mini-batches starts at the first example.", ":, :stop"),
    _cut("to-the-end", "Each of your mini-batches goes on to the last example.", ":, start:"),
    _cut(
        "rows-cut",
        "You cut rows, which are features.",
        "start:stop, :",
        "The examples are the columns: slice as in `shuffled_X[:, start:stop]`.",
    ),
    Misconception(
        "X-cut-by-rows",
        "You cut X by rows, which are features.",
        "The examples are the columns: slice as in `shuffled_X[:, start:stop]`.",
        {_X: "shuffled_X[start:stop, :]"},
    ),
)

_RETURNS = (
    Misconception(
        "Y-flat",
        "The Y of your mini-batches is flat: its first dimension is lost.",
        "Keep both dimensions: slice as in `shuffled_Y[:, start:stop]`.",
        {_Y: "shuffled_Y[0, start:stop]"},
    ),
    Misconception(
        "whole-Y",
        "Each of your mini-batches holds all of Y.",
        "Cut Y just as you cut X.",
        {_Y: "shuffled_Y"},
    ),
    Misconception(
        "transposed",
        "Your mini-batches have rows and columns exchanged.",
        "An example is a column, in the mini-batches as in X.",
        {_X: "shuffled_X[:, start:stop].T", _Y: "shuffled_Y[:, start:stop].T"},
    ),
    Misconception(
        "pair-exchanged",
        "Your pairs hold Y before X.",
        _LIST,
        {_PAIR: "mini_batches.append((batch_Y, batch_X))"},
    ),
    Misconception(
        "X-alone",
        "Your list holds the X of each mini-batch without its Y.",
        _LIST,
        {_PAIR: "mini_batches.append(batch_X)"},
    ),
    Misconception(
        "not-paired",
        "Your list holds X and Y by turns, not as pairs.",
        f"{_LIST} Append one tuple each time.",
        {_PAIR: "mini_batches += [batch_X, batch_Y]"},
    ),
    Misconception(
        "dict",
        "You return a dict.",
        _LIST,
        {_RETURN: "return dict(enumerate(mini_batches))"},
    ),
    Misconception(
        "two-lists",
        "You return the list of all X and the list of all Y.",
        _LIST,
        {_RETURN: "return [x for x, _ in mini_batches], [y for _, y in mini_batches]"},
    ),
    Misconception(
        "generator",
        "You return a generator.",
        f"{_LIST} Put the pairs into a list, or wrap what you return in `list(...)`.",
        {_RETURN: "return (pair for pair in mini_batches)"},
    ),
    Misconception(
        "shuffled-returned",
        "You return the shuffled X and Y, not cut.",
        _LIST,
        {_RETURN: "return shuffled_X, shuffled_Y"},
    ),
    Misconception(
        "nothing-returned",
        "Your function returns nothing.",
        "Does it end with a `return`? Printing a result does not return it.",
        {_RETURN: "return None"},
    ),
)

SLICES = (*_CUTS, *_RETURNS)
