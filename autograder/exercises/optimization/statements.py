"""What may be said of a wrong answer as a whole, where neither a name nor a rule explains it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from autograder.assignment.statements import Seen, Statement, whenever_wrong, wrong_where

from .dealing import DEALING

_KEY = re.compile(r"stopped with KeyError: '(d?[Wb](\d+))'")
_ANY_KEY = re.compile(r"stopped with KeyError: '?([^']*)'?")


def _layers(seen: Seen) -> int:
    return len(seen.arguments["parameters"]) // 2


def _missed(seen: Seen) -> tuple[str, int] | None:
    """Return the key that was asked for in vain, and its layer."""
    match = _KEY.match(seen.reason) if seen.status == "raised" else None
    return (match[1], int(match[2])) if match else None


def _asks_for_layer_0(seen: Seen) -> bool:
    missed = _missed(seen)
    return missed is not None and missed[1] == 0


def _asks_past_the_last(seen: Seen) -> bool:
    missed = _missed(seen)
    return missed is not None and missed[1] > _layers(seen)


def _asks_for_gradient_key(seen: Seen) -> bool:
    missed = _missed(seen)
    return missed is not None and missed[0].startswith("d") and _is_there(missed[0][1:], seen)


def _asks_for_parameter_key(seen: Seen) -> bool:
    missed = _missed(seen)
    return missed is not None and _is_there(missed[0], seen)


def _is_there(key: str, seen: Seen) -> bool:
    return key in seen.arguments["parameters"]


def _asks_for_odd_key(seen: Seen) -> bool:
    match = _ANY_KEY.match(seen.reason) if seen.status == "raised" else None
    return match is not None and not _is_there(match[1].removeprefix("d"), seen)


_KEYS = (
    whenever_wrong(
        "key-of-layer-0",
        _asks_for_layer_0,
        "Your function asks a dict for a key of layer 0, and there is none.",
        "The layers count from 1 to L: use `l + 1` in the keys, or let the loop run from 1.",
    ),
    whenever_wrong(
        "key-past-the-last",
        _asks_past_the_last,
        "Your function asks a dict for a key of a layer behind the last one.",
        "Look at the loop's bounds and at each key that has `+ 1` in it: layer L is the last.",
    ),
    whenever_wrong(
        "gradient-key-in-parameters",
        _asks_for_gradient_key,
        "Your function asks a dict for a key such as dW1, and that dict does not have it.",
        "The parameters have W1, b1 and so on; dW1 and db1 are keys of gradients and moments.",
    ),
    whenever_wrong(
        "parameter-key-in-gradients",
        _asks_for_parameter_key,
        "Your function asks a dict for a key such as W1, and that dict does not have it.",
        "Gradients and moments have the keys dW1, db1 and so on; or is the dict still empty?",
    ),
    whenever_wrong(
        "no-such-key",
        _asks_for_odd_key,
        "Your function asks a dict for a key that none of those that come in has.",
        "Print the key: they are W1 and b1, and dW1 and db1 for gradients and moments.",
    ),
)
_LAYERS = (
    wrong_where(
        "right-with-one-layer",
        lambda seen: _layers(seen) > 1,
        "Your function is right with one layer and wrong with more.",
        "Is every layer treated, from 1 to L, and each with its own arrays?",
    ),
    wrong_where(
        "right-with-more-layers",
        lambda seen: _layers(seen) == 1,
        "Your function is right with several layers and wrong with one.",
        "Is there a number of layers that your loop takes for granted?",
    ),
)
_PRECISION = wrong_where(
    "right-in-double-precision",
    lambda seen: seen.arguments["parameters"]["W1"].dtype == np.float32,
    "Your function is right with float64 arrays and wrong with float32 ones.",
    "Does it make or convert an array of a fixed dtype?",
)


def _moves(seen: Seen) -> bool:
    """Tell whether a moment that comes in is not zero."""
    moments = [seen.arguments[name] for name in ("v", "s") if name in seen.arguments]
    return any(array.any() for moment in moments for array in moment.values())


def _from_rest(moments: str) -> Statement:
    return wrong_where(
        "right-from-rest",
        _moves,
        f"Your function is right where {moments} from zero, and wrong where not.",
        "Look at what the old value does in the new one.",
    )


def _returns_moments_first(seen: Seen) -> bool:
    """Tell whether what is returned first has the keys of the gradients."""
    is_tuple = isinstance(seen.value, tuple | list) and len(seen.value) > 1
    first = next(iter(seen.value)) if is_tuple else None
    return isinstance(first, Mapping) and first.keys() == seen.arguments["grads"].keys()


_ORDER = whenever_wrong(
    "moments-before-parameters",
    _returns_moments_first,
    "What you return first has the keys of the gradients, not those of the parameters.",
    "Look at the order of the `return` line: the parameters come first.",
)


def _of_default(name: str) -> Statement:
    return wrong_where(
        f"wrong-default-of-{name}",
        lambda seen: name in seen.omitted,
        f"Your function is wrong where `{name}` is left to its default, and right elsewhere.",
        f"Compare the default of `{name}` in your `def` line with the released one.",
    )


_UPDATES = (*_KEYS, *_LAYERS, _PRECISION)
STATEMENTS: Mapping[str, tuple[Statement, ...]] = {
    "update_parameters_with_gd": _UPDATES,
    "random_mini_batches": DEALING,
    "initialize_velocity": (*_KEYS, *_LAYERS),
    "update_parameters_with_momentum": (_ORDER, *_UPDATES, _from_rest("v starts")),
    "initialize_adam": (*_KEYS, *_LAYERS),
    "update_parameters_with_adam": (
        _ORDER,
        *_UPDATES,
        *map(_of_default, ("learning_rate", "beta1", "beta2", "epsilon")),
        _from_rest("v and s start"),
        wrong_where(
            "right-at-first-step",
            lambda seen: seen.arguments["t"] != 1,
            "Your function is right at t = 1 and wrong at later steps.",
            "Look at t in the denominators of v̂ and ŝ: it is an exponent.",
        ),
        wrong_where(
            "wrong-at-first-step",
            lambda seen: seen.arguments["t"] == 1,
            "Your function is right at later steps and wrong at t = 1.",
            "Look at the bias correction: at t = 1 it is largest.",
        ),
        wrong_where(
            "right-with-small-epsilon",
            lambda seen: seen.arguments["epsilon"] > 1e-6,
            "Your function is right while ε is tiny and wrong when it counts.",
            "Look at where ε is added: to the root, outside it.",
        ),
    ),
}
