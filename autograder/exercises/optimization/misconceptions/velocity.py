"""Misconceptions about zeros for every parameter: the velocity, and both moments of Adam."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .loops import layers_from_zero, loop_entries

_SHAPE = "Take the shape of the parameter as it is: `np.zeros(parameters[...].shape)`."
_KEYS = "The keys are those of the gradients: dW1, db1, and so on."

# What is stored instead of zeros, with what to look at; {shape} is the shape of the parameter.
_MADE: Mapping[str, tuple[str, str, str]] = {
    "numbers": ("plain numbers, not arrays", f"{_SHAPE}", "0.0"),
    "ones": ("arrays of ones", "A memory starts empty: with zeros.", "np.ones({shape})"),
    "random": (
        "copies of the parameters",
        "A memory starts empty: with zeros of the parameter's shape.",
        "parameters[key].copy()",
    ),
    "one-dimension": ("arrays of one dimension", _SHAPE, "np.zeros({shape}[0])"),
    "one-column": (
        "arrays of one column for the weights, as if they were biases",
        _SHAPE,
        "np.zeros(({shape}[0], 1))",
    ),
    "transposed": ("arrays with rows and columns exchanged", _SHAPE, "np.zeros({shape}[::-1])"),
    "flat": (
        "flat arrays, with the right number of entries in one dimension",
        _SHAPE,
        "np.zeros(parameters[key].size)",
    ),
    "square": (
        "square arrays: the first dimension stands for both",
        _SHAPE,
        "np.zeros(({shape}[0], {shape}[0]))",
    ),
    "shape-of-W": (
        "arrays of the shape of W for the biases too",
        _SHAPE,
        'np.zeros(parameters["W" + str(l)].shape)',
    ),
    "shape-of-layer-1": (
        "arrays of the shape of layer 1 for every layer",
        "Look at the key of `parameters` inside the loop: does it change with the layer?",
        "np.zeros(parameters[kind + '1'].shape)",
    ),
    "lists": ("lists, not arrays", _SHAPE, "np.zeros({shape}).tolist()"),
}
_KEY_FORMS: Mapping[str, tuple[str, str]] = {
    "keys-of-parameters": ("the keys of the parameters, W1 and b1", "key"),
    "keys-with-v": ("keys that begin with vd", '"vd" + key'),
    "keys-twice-d": ("keys that begin with dd", '"dd" + key'),
    "keys-small": ("keys in small letters", '"d" + key.lower()'),
    "keys-from-0": ("keys that count the layers from 0", '"d" + kind + str(l - 1)'),
    "keys-one": ("one key for all layers, so each replaces the last", '"d" + kind'),
}


def zero_entries(name: str, zeros: str) -> tuple[Misconception, ...]:
    """Return the entries for a solution that stores the array `zeros` in the dict `name`."""
    store = f'{name}["d" + key] = {zeros}'
    shape = "parameters[key].shape"
    return (
        *(
            Misconception(
                f"{name}-{id_}",
                f"Your {name} holds {what}.",
                look,
                {store: f'{name}["d" + key] = {new.format(shape=shape)}'},
            )
            for id_, (what, look, new) in _MADE.items()
        ),
        *(
            Misconception(
                f"{name}-{id_}",
                f"Your {name} has {what}.",
                _KEYS,
                {store: f"{name}[{new}] = {zeros}"},
            )
            for id_, (what, new) in _KEY_FORMS.items()
        ),
    )


SOLUTION = """
def initialize_velocity(parameters):
    L = len(parameters) // 2
    zero = None
    v = {}
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            key = kind + str(l)
            v["d" + key] = np.zeros(parameters[key].shape)
    return v
"""

VELOCITY = Catalogue(
    SOLUTION,
    (
        *zero_entries("v", "np.zeros(parameters[key].shape)"),
        *loop_entries("v"),
        *layers_from_zero("W0"),
        Misconception(
            "one-array-for-all",
            "All keys of your v hold one and the same array.",
            "Make a new array for each key, inside the loop, of that parameter's shape.",
            {
                "zero = None": 'zero = np.zeros(parameters["W1"].shape)',
                "= np.zeros(parameters[key].shape)": "= zero",
            },
        ),
        Misconception(
            "array-shared-by-shape",
            "Keys whose arrays are of one shape share the same array.",
            "Make a new array for each key: changing one must not change the other.",
            {
                "zero = None": "zero = {}",
                "= np.zeros(parameters[key].shape)": "= zero.setdefault("
                "parameters[key].shape, np.zeros(parameters[key].shape))",
            },
        ),
        Misconception(
            "dict-made-anew",
            "Your v holds the last layer only.",
            "Is `v = {}` inside the loop? Make the dict once, before it.",
            {
                "    v = {}\n": "",
                "            key =": "            v = v if kind == 'b' else {}\n            key =",
            },
        ),
        Misconception(
            "empty",
            "Your v is empty.",
            "Store an array under each key, and return the dict that you filled.",
            {"return v": "return {}"},
        ),
        Misconception(
            "list-returned",
            "You return a list of arrays, without their names.",
            "Return the dict itself: others look the arrays up by their keys.",
            {"return v": "return list(v.values())"},
        ),
        Misconception(
            "parameters-zeroed",
            "Your v holds the arrays of the parameters, and sets them to zero.",
            "Make new arrays: `v[...] = parameters[...]` gives one array a second name.",
            {
                "            key = kind": "            parameters[kind + str(l)][...] = 0\n"
                "            key = kind",
                "= np.zeros(parameters[key].shape)": "= parameters[key]",
            },
        ),
        Misconception(
            "parameters-returned",
            "You return the parameters.",
            "Look at the `return` line: v is wanted.",
            {"return v": "return parameters"},
        ),
    ),
)
