"""Misconceptions about the loop, the keys, the biases and the `return`, which all three share."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Misconception

# Their seed and the line that makes the weights differ.
SOLUTION = """
def {name}(layers_dims):
    {seed}
    L = len(layers_dims) - 1
    parameters = {{}}
    for l in range(1, L + 1):
        n, before = layers_dims[l], layers_dims[l - 1]
        W = {weights}
        b = np.zeros((n, 1))
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = b
    return parameters
"""

LOOP = "range(1, L + 1)"
SIZES = "n, before = layers_dims[l], layers_dims[l - 1]"
BIAS = "np.zeros((n, 1))"
STORE_W, STORE_B = 'parameters["W" + str(l)] = W', 'parameters["b" + str(l)] = b'
RETURN = "\n    return parameters"
_LAYERS = "Look at the loop's bounds: the layers are numbered from 1 to L, L included."
_INSIDE = "Is the `return` inside the loop? It belongs behind it, with less indentation."
_COLUMN = "The bias of a layer is one column, with a row for each of the layer's units."
_KEYS = "The keys are W1, b1, W2, b2, and so on up to layer L."

_LOOPS = (
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
        "layers-from-0",
        "Your loop counts the layers from 0 and stops before layer L.",
        "The inputs are no layer, and `layers_dims[-1]` is the last size, not the one before.",
        {LOOP: "range(L)"},
    ),
    Misconception(
        "layers-from-0-to-L",
        "Your loop counts the layers from 0: your parameters have a W0 and a b0.",
        "The inputs are no layer, and `layers_dims[-1]` is the last size, not the one before.",
        {LOOP: "range(L + 1)"},
    ),
    Misconception(
        "layers-past-the-last",
        "Your loop reads past the end of layers_dims.",
        f"{_LAYERS} The list has one size more than there are layers.",
        {LOOP: "range(1, L + 2)"},
    ),
    Misconception(
        "two-layers-only",
        "Your function fills two layers, however many there are.",
        "How many layers there are follows from the length of layers_dims.",
        {LOOP: "range(1, min(L, 2) + 1)"},
    ),
    Misconception(
        "always-two-layers",
        "Your function takes for granted that there are two layers.",
        "How many layers there are follows from the length of layers_dims.",
        {LOOP: "range(1, 3)"},
    ),
    Misconception(
        "only-first-layer",
        "Your function returns after the first layer.",
        _INSIDE,
        {RETURN: "\n        return parameters"},
    ),
    Misconception(
        "dict-made-anew",
        "Your parameters hold the last layer only.",
        "Is `parameters = {}` inside the loop? Make the dict once, before it.",
        {"    parameters = {}\n": "", SIZES: f"parameters = {{}}\n        {SIZES}"},
    ),
    Misconception(
        "layers-backwards",
        "Your loop goes from the last layer to the first.",
        "The numbers are drawn in the order of the layers, from 1 to L.",
        {LOOP: "range(L, 0, -1)"},
    ),
    Misconception(
        "sizes-of-the-next-layer",
        "Your W connects a layer with the one after it, not with the one before.",
        "W1 leads from the inputs, `layers_dims[0]`, to layer 1: which index is which?",
        {SIZES: "n, before = layers_dims[l], layers_dims[(l + 1) % (L + 1)]"},
    ),
    Misconception(
        "inputs-for-every-layer",
        "Every W of yours has as many columns as there are inputs.",
        "Layer 2 takes the outputs of layer 1, not the inputs: which size comes before?",
        {SIZES: "n, before = layers_dims[l], layers_dims[0]"},
    ),
    Misconception(
        "sizes-exchanged",
        "Your W has a row for each unit of the layer before, and your b too.",
        "Rows belong to the layer's own units: which of the two sizes comes first?",
        {SIZES: "before, n = layers_dims[l], layers_dims[l - 1]"},
    ),
    Misconception(
        "list-used-up",
        "Your function takes the sizes out of layers_dims.",
        "Read the sizes by their index; `pop` changes the list of the caller.",
        {RETURN: "\n    layers_dims.clear()\n    return parameters"},
    ),
    Misconception(
        "first-size-taken-out",
        "Your function takes the first size out of layers_dims.",
        "Read the sizes by their index; `pop` and `del` change the list of the caller.",
        {RETURN: "\n    layers_dims.pop(0)\n    return parameters"},
    ),
)

_RETURNS = (
    Misconception(
        "nothing-returned",
        "Your function returns nothing.",
        "Does it end with a `return`? Printing or filling a dict does not return it.",
        {RETURN: "\n    return None"},
    ),
    Misconception(
        "empty",
        "Your parameters are empty.",
        "Store an array under each key, and return the dict that you filled.",
        {RETURN: "\n    return {}"},
    ),
    Misconception(
        "list-returned",
        "You return a list of arrays, without their names.",
        "Return the dict itself: others look the arrays up by their keys.",
        {RETURN: "\n    return list(parameters.values())"},
    ),
    Misconception(
        "W-and-b-returned",
        "You return the last W and b, not the dict.",
        "Look at the `return` line: it should give all parameters.",
        {RETURN: "\n    return W, b"},
    ),
    Misconception(
        "only-W",
        "Your parameters hold the weights W and no biases b.",
        "Store a b for each layer too.",
        {STORE_B: "pass"},
    ),
    Misconception(
        "only-b",
        "Your parameters hold the biases b and no weights W.",
        "Store a W for each layer too.",
        {STORE_W: "pass"},
    ),
    Misconception(
        "b-stored-as-W",
        "You store b under the key of W.",
        _KEYS,
        {STORE_B: 'parameters["W" + str(l)] = b'},
    ),
    Misconception(
        "W-and-b-exchanged",
        "You store W under the key of b, and b under the key of W.",
        "Look at the two lines that store: which array goes under which key?",
        {STORE_W: 'parameters["b" + str(l)] = W', STORE_B: 'parameters["W" + str(l)] = b'},
    ),
)

_KEY_FORMS: Mapping[str, tuple[str, str]] = {
    "keys-from-0": ("keys that count the layers from 0", '"{}" + str(l - 1)'),
    "keys-from-2": ("keys that begin with layer 2", '"{}" + str(l + 1)'),
    "keys-one": ("one key for all layers, so each replaces the last", '"{}"'),
    "keys-of-gradients": ("the keys of gradients, dW1 and db1", '"d{}" + str(l)'),
    "keys-with-underscore": ("keys with an underscore, W_1 and b_1", '"{}_" + str(l)'),
    "keys-with-l": ("keys that end with the letter l, not its number", '"{}l"'),
}

_BIASES: Mapping[str, tuple[str, str, str]] = {
    "row": ("are rows", _COLUMN, "np.zeros((1, n))"),
    "flat": ("have one dimension", _COLUMN, "np.zeros(n)"),
    "number": ("are single numbers", _COLUMN, "0.0"),
    "one-by-one": ("are arrays of a single number", _COLUMN, "np.zeros((1, 1))"),
    "of-layer-before": ("have a row for each unit of the layer before", _COLUMN,
                        "np.zeros((before, 1))"),
    "shape-of-W": ("have the shape of W", _COLUMN, "np.zeros((n, before))"),
    "list": ("are lists, not arrays", _COLUMN, "[[0.0]] * n"),
    "ones": ("are ones", "A bias starts at zero.", "np.ones((n, 1))"),
    "two-numbers": (
        "are made by a call that fails: the shape is not one argument there",
        "`np.zeros` takes the shape as one tuple: count the brackets.",
        "np.zeros(n, 1)",
    ),
}  # fmt: skip


def _key_entries() -> tuple[Misconception, ...]:
    stores = {STORE_W: ("W", "W"), STORE_B: ("b", "b")}
    return tuple(
        Misconception(
            id_,
            f"Your parameters have {what}.",
            _KEYS,
            {
                store: f"parameters[{form.format(kind)}] = {value}"
                for store, (kind, value) in stores.items()
            },
        )
        for id_, (what, form) in _KEY_FORMS.items()
    )


def _bias_entries() -> tuple[Misconception, ...]:
    return tuple(
        Misconception(f"b-{id_}", f"Your biases {what}.", look, {BIAS: new})
        for id_, (what, look, new) in _BIASES.items()
    )


def shared_entries(*without: str) -> tuple[Misconception, ...]:
    """Return the entries that any of the solutions has, without those of some ids."""
    entries = (*_LOOPS, *_RETURNS, *_key_entries(), *_bias_entries())
    return tuple(entry for entry in entries if entry.id not in without)
