"""Stopping the grading process itself: replies, answers and outputs that cost it time or memory."""

from functools import partial

from tests.hostile.attack import ALL, BATCHES, FIRST, GD, LAST, NONE, VELOCITY, Attack

stopping = partial(Attack, group="stopping", half=False)

NO_ANSWER = "sent something that is no answer"


def saying(changes: str) -> str:
    """Return a cell that changes the fields of every reply to a call."""
    return f"""
from autograder.sandbox.inside import child
reply = child._reply
child._reply = lambda sock, said: reply(sock, said._replace({changes}))
"""


def showing(outputs: str) -> dict[str, str]:
    """Return a cell that shows what our shell would not."""
    return {FIRST: f"type(get_ipython().outputs).finished = lambda self: {outputs}"}


# A JPEG of three megabytes whose segments hold nothing.
SEGMENTS = """
from IPython.display import Image, display
display(Image(b"\\xff\\xd8" + b"\\xff\\xe0\\x00\\x02" * 750_000, format="jpeg"))
"""
TEXT = "from IPython.display import display\ndisplay({'text/plain': 'x' * 4_900_000}, raw=True)"
# The child's own bound is a courtesy: here it is gone.
ROOM = "get_ipython().room.left = 10**12\n"
MORE = """
v = {"d" + name: np.zeros_like(array) for name, array in given[0].items()}
v["more"] = np.random.rand(1 << 18)
return v
"""
FULL = "are left out"

ATTACKS = (
    stopping(
        "a reason of three hundred arrays",
        {LAST: saying("status='raised', reason=[np.zeros(3000)] * 300, value=None")},
        points=NONE,
        flag=NO_ANSWER,
    ),
    stopping(
        "a status that is an array",
        {LAST: saying("status=np.zeros(1000)")},
        points=NONE,
        flag=NO_ANSWER,
    ),
    stopping("a status of its own", {LAST: saying("status='passed'")}, points=NONE, flag=NO_ANSWER),
    stopping(
        "noticed hundreds of things",
        {LAST: saying("noticed=['x'] * 500")},
        points=NONE,
        flag=NO_ANSWER,
    ),
    stopping(
        "an output whose type is a list",
        showing("[{'output_type': ['stream'], 'name': 'stdout', 'text': 'x'}]"),
        flag=NO_ANSWER,
    ),
    stopping("outputs that are no dicts", showing("['x', None, 1.5]"), flag=NO_ANSWER),
    stopping(
        "data and metadata in lists",
        showing("[{'output_type': 'display_data', 'data': ['x'], 'metadata': [[]]}]"),
        flag=NO_ANSWER,
    ),
    stopping(
        "a stream of references",
        showing("[{'output_type': 'stream', 'name': 'stdout', 'text': [np.zeros(0)] * 3000}]"),
        flag=NO_ANSWER,
    ),
    stopping(
        "mini-batches that are one, thirty times",
        answers={
            BATCHES: "pair = np.zeros((len(given[0]), 1 << 15)), np.zeros((1, 1 << 15))\n"
            "return [pair] * 30"
        },
    ),
    stopping("a hundred thousand references", answers={BATCHES: "return [given[0]] * 120_000"}),
    stopping(
        "more mini-batches than examples",
        answers={BATCHES: "X, Y = given[:2]\nreturn [(X[:, :1], Y[:, :1])] * 400"},
    ),
    stopping(
        "thousands of lists in each answer",
        answers=dict.fromkeys((GD, BATCHES), "return [[[]]] * 4000"),
    ),
    stopping(
        "a right answer with two megabytes beside it",
        answers={VELOCITY: MORE},
        points={VELOCITY: ALL[VELOCITY]},
    ),
    stopping("five megabytes of text in every cell", dict.fromkeys(ALL, TEXT), says=FULL),
    stopping(
        "a hundred thousand lines in every cell",
        dict.fromkeys(ALL, "print('\\n' * 99_000)"),
        says=FULL,
    ),
    stopping(
        "more outputs than there is room for, sent all the same",
        {FIRST: ROOM + TEXT, GD: TEXT, VELOCITY: TEXT},
        flag=NO_ANSWER,
    ),
    stopping("a picture in a million pieces", {FIRST: SEGMENTS}),
)
