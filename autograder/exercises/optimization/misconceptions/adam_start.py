"""Misconceptions about where the two moments of Adam start."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .loops import layers_from_zero, loop_entries
from .velocity import zero_entries

SOLUTION = """
def initialize_adam(parameters):
    L = len(parameters) // 2
    v = {}
    s = {}
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            key = kind + str(l)
            v["d" + key] = np.zeros(parameters[key].shape)
            s["d" + key] = np.zeros(parameters[key].shape)
    return v, s
"""

_ZEROS = "np.zeros(parameters[key].shape)"
_V = f'v["d" + key] = {_ZEROS}'
_S = f's["d" + key] = {_ZEROS}'


def _both() -> tuple[Misconception, ...]:
    """Return the entries about one dict, made in both: a student who errs so errs twice."""
    twins = zip(zero_entries("v", _ZEROS), zero_entries("s", _ZEROS), strict=True)
    return tuple(
        Misconception(
            v.id.replace("v-", "both-", 1),
            v.done.replace("Your v holds", "Your v and s hold").replace(
                "Your v has", "Your v and s have"
            ),
            v.look,
            {**v.edits, **s.edits},
        )
        for v, s in twins
    )


ADAM_START = Catalogue(
    SOLUTION,
    (
        *_both(),
        *loop_entries("v, s"),
        *layers_from_zero("W0"),
        Misconception(
            "s-is-v",
            "Your v and s are one: the same arrays under two names.",
            "`s = v` makes no copy: make new arrays for s, as the two go different ways.",
            {"s = {}": "s = v"},
        ),
        Misconception(
            "W-and-b-of-one-array",
            "All arrays of one shape in your v are the same array, and so in your s.",
            "Make a new array for each key: changing one must not change the other.",
            {
                "v = {}\n    s = {}": "v = {}\n    s = {}\n    for_v, for_s = {}, {}",
                _V: f'v["d" + key] = for_v.setdefault(parameters[key].shape, {_ZEROS})',
                _S: f's["d" + key] = for_s.setdefault(parameters[key].shape, {_ZEROS})',
            },
        ),
        Misconception(
            "s-empty",
            "Your s is empty.",
            "Fill s in the loop as you fill v.",
            {_S: "pass"},
        ),
        Misconception(
            "v-empty",
            "Your v is empty.",
            "Fill v in the loop as you fill s.",
            {_V: "pass"},
        ),
        Misconception(
            "s-of-squares",
            "Your s starts with the squares of the parameters.",
            "s will hold squares of gradients, later: it starts with zeros.",
            {_S: 's["d" + key] = parameters[key]**2'},
        ),
        Misconception(
            "keys-of-s",
            'The keys of your s begin with "s".',
            "Both dicts have the keys of the gradients: dW1, db1, and so on.",
            {_S: f's["s" + key] = {_ZEROS}'},
        ),
        Misconception(
            "keys-of-sd",
            'The keys of your s begin with "sd".',
            "Both dicts have the keys of the gradients: dW1, db1, and so on.",
            {_S: f's["sd" + key] = {_ZEROS}'},
        ),
        Misconception(
            "only-v-returned",
            "You return v and leave out s.",
            "Look at the `return` line: it should give v and s, in this order.",
            {"return v, s": "return v"},
        ),
        Misconception(
            "one-dict-returned",
            'You return one dict with the entries "v" and "s".',
            "Return the two dicts side by side: `return v, s`.",
            {"return v, s": 'return {"v": v, "s": s}'},
        ),
        *zero_entries("s", _ZEROS),
        *zero_entries("v", _ZEROS),
    ),
)
