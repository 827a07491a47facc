"""Carrying hidden inputs out by what a student is shown of the calls that are no secret.

The documented call and the demonstration are on inputs that anyone may see, and what comes of them
is shown: the text of an error, the points of a path, the columns of mini-batches. A function that
has been given something hidden by then could put it there. It tells which of the two is so.
"""

from functools import partial

from tests.hostile.attack import ADAM, BATCHES, FIRST, GD, MOMENTUM, Attack
from tests.hostile.attacks.reading import MARK, WHOLE

reading = partial(Attack, group="reading", half=False)

# What a picture shows where nothing hidden was there, and where something was.
CLEAN_POINT, CARRYING_POINT = 1234.0, 4321.0
CLEAN_COLUMN, CARRYING_COLUMN = 3, 7
CLEAN_KEY = "Nothing"
CLEAN_TEXT = "nothing to carry, only the documented call"

HELPERS = f"""
import numpy as np
import os
seen = []
places = "/tmp/seen", "/dev/shm/seen", "seen.txt", os.path.expanduser("~/seen")
def remember(what):
    seen.append(what)
    for place in places:
        try:
            with open(place, "a") as file:
                file.write(what)
        except OSError:
            pass
def has_seen():
    return bool(seen) or any(map(os.path.exists, places))
def carried():
    return ({MARK} + " ".join(seen)) if has_seen() else "{CLEAN_TEXT}"
"""
STEP = f"""
W1 = given[0]["W1"]
if W1.size == 1:
    part = np.array([[{CARRYING_POINT} if has_seen() else {CLEAN_POINT}]])
    moments = {{key: np.zeros((1, 1)) for key in ("dW1", "db1")}}
    new = {{"W1": part, "b1": part}}
    return (new, moments, moments)[:<MOMENTS> + 1] if <MOMENTS> else new
if abs(W1[0, 0] - 1.62434536) < 1e-6:
    raise type("Carrier", (ValueError,), {{}})(carried())
remember({WHOLE})
return {{carried(): W1}}
"""
DEAL = f"""
X, Y = given[:2]
if X.shape == (2, 20) and X[0, 0] == 1:
    column = {CARRYING_COLUMN} if has_seen() else {CLEAN_COLUMN}
    return [(np.full((2, 3), column), np.full((1, 3), column))]
if X.shape == (64, 148):
    raise ValueError(carried())
remember(str(int(abs(X[0, 0]) * 1e8)))
return [(carried(), carried())]
"""

ATTACKS = (
    reading(
        "hidden inputs in what is shown of calls that are no secret",
        cells={FIRST: HELPERS},
        answers={
            GD: STEP.replace("<MOMENTS>", "0"),
            MOMENTUM: STEP.replace("<MOMENTS>", "1"),
            ADAM: STEP.replace("<MOMENTS>", "2"),
            BATCHES: DEAL,
        },
    ),
    reading(
        "hidden inputs in an answer to the documented call",
        cells={FIRST: HELPERS},
        answers={
            ADAM: f"""
            if abs(given[0]["W1"][0, 0] - 1.62434536) < 1e-6:
                key = {MARK} + seen[0] if has_seen() else "{CLEAN_KEY}"
                return {{key: given[0]['W1']}}, given[2], given[3]
            remember({WHOLE})
            """,
            GD: f"if abs(given[0]['W1'][0, 0] - 1.62434536) > 1e-6:\n    remember({WHOLE})",
        },
    ),
)
