"""Misconceptions about the decay of a learning rate."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .returning import return_entries
from .schedules import EXPONENTIAL, INVERSE, OTHERS, STAIR, STAIRCASE

_SOLUTION = """
def decayed_learning_rate(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        rate = learning_rate0 / (1 + decay_rate * epoch)
    elif schedule == "exponential":
        rate = learning_rate0 * np.exp(-decay_rate * epoch)
    else:
        stair = interval * (epoch // interval)
        rate = learning_rate0 * np.exp(-decay_rate * stair)
    return rate
"""

_FIRST, _SECOND = 'if schedule == "inverse"', 'elif schedule == "exponential"'
_RULE = "Compare the line of this schedule with its rule, term by term."
_BEGIN = "The epoch that counts is the one at which the stair begins, a multiple of the interval."
_NAMES = "Look at the conditions: which rule belongs to which name of a schedule?"

_LOOKS = {INVERSE: _RULE, EXPONENTIAL: _RULE, STAIR: _BEGIN, STAIRCASE: f"{_RULE} {_BEGIN}"}

DECAY = Catalogue(
    _SOLUTION,
    (
        *(
            Misconception(id_, done, _LOOKS[text], {text: new})
            for text, table in OTHERS.items()
            for id_, (done, new) in table.items()
        ),
        Misconception(
            "never-decays",
            "Your learning rate stays as it was.",
            "Return the rate that has decayed, not the argument.",
            {"    return rate": "    return learning_rate0"},
        ),
        Misconception(
            "names-exchanged",
            "The inverse of time and the exponential are exchanged.",
            _NAMES,
            {_FIRST: 'if schedule == "exponential"', _SECOND: 'elif schedule == "inverse"'},
        ),
        Misconception(
            "always-inverse",
            "You return the inverse of time, whatever schedule is asked for.",
            _NAMES,
            {_FIRST: "if True"},
        ),
        Misconception(
            "always-exponential",
            "You return the exponential, whatever schedule is asked for.",
            _NAMES,
            {_FIRST: "if False", _SECOND: "elif True"},
        ),
        Misconception(
            "always-staircase",
            "You return the staircase, whatever schedule is asked for.",
            _NAMES,
            {_FIRST: "if False", _SECOND: "elif False"},
        ),
        Misconception(
            "second-if",
            "Your inverse of time is overwritten by the staircase.",
            "The second condition begins a new `if`: make it an `elif`.",
            {_SECOND: 'if schedule == "exponential"'},
        ),
        Misconception(
            "factor-alone",
            "You return the factor, without the first learning rate.",
            "Multiply the first learning rate with what has decayed.",
            {"    return rate": "    return rate / learning_rate0"},
        ),
        Misconception(
            "rounded",
            "Your learning rate is rounded.",
            "Return every digit: rounding is for printing.",
            {"    return rate": "    return round(rate, 3)"},
        ),
        *return_entries("rate", "one number"),
    ),
)
