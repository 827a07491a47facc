"""Misconceptions about the loop over layers and the `return` line, which five functions share."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

LOOP = "range(1, L + 1)"
KINDS = '["W", "b"]'
_LAYERS = "Look at the loop's bounds: the layers are numbered from 1 to L, L included."
# Stands for what is returned.
RESULTS = "<results>"

_ENTRIES = (
    Misconception(
        "only-W",
        "Your function treats the weights W and leaves out the biases b.",
        "Do for each b what you do for each W.",
        {KINDS: '["W"]'},
    ),
    Misconception(
        "only-b",
        "Your function treats the biases b and leaves out the weights W.",
        "Do for each W what you do for each b.",
        {KINDS: '["b"]'},
    ),
    Misconception(
        "first-layer-skipped",
        "Your loop leaves out the first layer.",
        _LAYERS,
        {LOOP: "range(2, L + 1)"},
    ),
    Misconception(
        "last-layer-skipped",
        "Your loop stops before the last layer.",
        f"{_LAYERS} Python's range leaves out its end.",
        {LOOP: "range(1, L)"},
    ),
    Misconception(
        "only-first-layer",
        "Your function returns after the first layer.",
        "Is the `return` inside the loop? It belongs behind it, with less indentation.",
        {f"\n    return {RESULTS}": f"\n        return {RESULTS}"},
    ),
    Misconception(
        "only-first-array",
        "Your function returns after its very first array.",
        "Is the `return` inside the loop? It belongs behind it, with less indentation.",
        {f"\n    return {RESULTS}": f"\n            return {RESULTS}"},
    ),
    Misconception(
        "layers-past-the-last",
        "Your loop goes on after the last layer.",
        f"{_LAYERS} There are half as many layers as there are parameters.",
        {LOOP: "range(1, L + 2)"},
    ),
    Misconception(
        "nothing-returned",
        "Your function returns nothing.",
        "Does it end with a `return`? Printing or changing a dict does not return it.",
        {f"    return {RESULTS}": "    return None"},
    ),
)


def loop_entries(results: str) -> tuple[Misconception, ...]:
    """Return the entries for a solution that ends with ``return`` and `results`."""
    return tuple(entry.with_name(RESULTS, results) for entry in _ENTRIES)


def layers_from_zero(*reads: str) -> tuple[Misconception, ...]:
    """Return the entries for a loop that starts with layer 0.

    Parameters
    ----------
    reads : str
        The keys of layer 0 that a student's loop may ask for first.
    """
    return tuple(
        Misconception(
            f"layers-from-0-{key}",
            "Your loop counts the layers from 0, and there is no layer 0.",
            "Use `l + 1` in the keys, or let the loop run from 1 to L.",
            {
                LOOP: "range(L)",
                "    key = kind": f'    if l == 0: raise KeyError("{key}")\n            key = kind',
            },
        )
        for key in reads
    )
