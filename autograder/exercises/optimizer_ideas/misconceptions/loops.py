"""Misconceptions about the loop over the layers of an update that returns parameters and s."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

_LOOP, _KINDS, _RETURN = "range(1, L + 1)", '["W", "b"]', "\n    return parameters, s"
_LAYERS = "Look at the loop's bounds: the layers are numbered from 1 to L, L included."
_BEHIND = "Is the `return` inside the loop? It belongs behind it, with less indentation."

LOOP_ENTRIES = (
    Misconception(
        "only-W",
        "Your function treats the weights W and leaves out the biases b.",
        "Do for each b what you do for each W.",
        {_KINDS: '["W"]'},
    ),
    Misconception(
        "only-b",
        "Your function treats the biases b and leaves out the weights W.",
        "Do for each W what you do for each b.",
        {_KINDS: '["b"]'},
    ),
    Misconception(
        "first-layer-skipped",
        "Your loop leaves out the first layer.",
        _LAYERS,
        {_LOOP: "range(2, L + 1)"},
    ),
    Misconception(
        "last-layer-skipped",
        "Your loop stops before the last layer.",
        f"{_LAYERS} Python's range leaves out its end.",
        {_LOOP: "range(1, L)"},
    ),
    Misconception(
        "layers-past-the-last",
        "Your loop goes on after the last layer.",
        f"{_LAYERS} There are half as many layers as there are parameters.",
        {_LOOP: "range(1, L + 2)"},
    ),
    Misconception(
        "layers-from-0",
        "Your loop counts the layers from 0, and there is no layer 0.",
        "Use `l + 1` in the keys, or let the loop run from 1 to L.",
        {_LOOP: "range(L)"},
    ),
    Misconception(
        "only-first-layer",
        "Your function returns after the first layer.",
        _BEHIND,
        {_RETURN: "\n        return parameters, s"},
    ),
    Misconception(
        "only-first-array",
        "Your function returns after its very first array.",
        _BEHIND,
        {_RETURN: "\n            return parameters, s"},
    ),
    Misconception(
        "nothing-returned",
        "Your function returns nothing.",
        "Does it end with a `return`? Changing a dict does not return it.",
        {_RETURN: "\n    return None"},
    ),
)
