"""How the parts of an update follow from what comes in, and from each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from autograder.assignment.statements import Chain, Group, Link, Rows
from workbook.comparison import as_numbers, label_parts


def _layer(key: str) -> str:
    return key.lstrip("dWb")


def _last(keys: Collection[str]) -> str:
    return str(len(keys) // 2)


GROUPS = (
    Group("for W", "for b", lambda key, _keys: "W" in key),
    Group("for b", "for W", lambda key, _keys: "b" in key),
    Group("in the first layer", "in all others", lambda key, _keys: _layer(key) == "1"),
    Group("in the last layer", "in all others", lambda key, keys: _layer(key) == _last(keys)),
    Group("in all layers but the first", "in the first", lambda key, _keys: _layer(key) != "1"),
    Group(
        "in all layers but the last", "in the last", lambda key, keys: _layer(key) != _last(keys)
    ),
)

_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "learning_rate": ("0.01", "0.001", "0.0007", "0.1"),
    "beta": ("0.9",),
    "beta1": ("0.9",),
    "beta2": ("0.999",),
    "epsilon": ("1e-8", "1e-7", "1e-6"),
    "t": ("1", "2"),
}


def _chain(moments: tuple[str, ...], scalars: tuple[str, ...], *links: Link) -> Chain:
    def read(arguments: Mapping[str, Any], value: Any) -> Rows | None:
        names = ("parameters", *moments)
        came = label_parts(value, names)
        if not isinstance(came, Mapping) or came.keys() != set(names):
            return None
        given = {name: arguments[name] for name in scalars}
        return _rows(arguments, came, moments, given)

    return Chain(links, read)


def _rows(
    arguments: Mapping[str, Any],
    came: Mapping[str, Any],
    moments: tuple[str, ...],
    given: Mapping[str, Any],
) -> Rows | None:
    rows: dict[str, dict[str, Any]] = {}
    for key, parameter in arguments["parameters"].items():
        own = {"new_parameters": _part(came["parameters"], key, parameter)}
        own |= {f"new_{name}": _part(came[name], f"d{key}", parameter) for name in moments}
        if any(part is None for part in own.values()):
            return None
        old = {f"old_{name}": arguments[name][f"d{key}"] for name in moments}
        gradient = arguments["grads"][f"d{key}"]
        rows[key] = {"parameter": parameter, "gradient": gradient, **old, **given, **own}
    return rows


def _part(came: Any, key: str, like: np.ndarray) -> np.ndarray | None:
    array = as_numbers(came[key]) if isinstance(came, Mapping) and key in came else None
    return array if array is not None and array.shape == like.shape else None


def _link(
    part: str,
    words: str,
    rule: str,
    arrays: tuple[str, ...],
    scalars: tuple[str, ...],
    *factors: str,
    source: str = "",
) -> Link:
    constants = {name: _DEFAULTS[name] for name in scalars}
    return Link(part, words, rule, arrays, scalars, constants, (*scalars, *factors), source)


_GD = ("learning_rate",)
_MOMENTUM = ("beta", "learning_rate")
_ADAM = ("learning_rate", "beta1", "beta2", "epsilon", "t")

CHAINS: Mapping[str, Chain] = {
    "update_parameters_with_gd": _chain(
        (),
        _GD,
        _link(
            "new_parameters",
            "your parameters",
            "parameter - learning_rate * gradient",
            ("parameter", "gradient"),
            _GD,
        ),
    ),
    "update_parameters_with_momentum": _chain(
        ("v",),
        _MOMENTUM,
        _link(
            "new_v",
            "your v",
            "beta * old_v + (1 - beta) * gradient",
            ("old_v", "gradient", "parameter"),
            _MOMENTUM,
            "1 - beta",
        ),
        _link(
            "new_parameters",
            "your parameters",
            "parameter - learning_rate * new_v",
            ("parameter", "gradient", "old_v", "new_v"),
            _MOMENTUM,
            "1 - beta",
            source=" from your own v",
        ),
    ),
    "update_parameters_with_adam": _chain(
        ("v", "s"),
        _ADAM,
        _link(
            "new_v",
            "your v",
            "beta1 * old_v + (1 - beta1) * gradient",
            ("old_v", "gradient", "old_s", "parameter"),
            _ADAM,
            "1 - beta1",
            "1 - beta1**t",
        ),
        _link(
            "new_s",
            "your s",
            "beta2 * old_s + (1 - beta2) * gradient**2",
            ("old_s", "gradient", "new_v", "old_v", "parameter"),
            _ADAM,
            "1 - beta2",
            "1 - beta2**t",
        ),
        _link(
            "new_parameters",
            "your parameters",
            "parameter - learning_rate * (new_v / (1 - beta1**t))"
            " / (np.sqrt(new_s / (1 - beta2**t)) + epsilon)",
            ("parameter", "gradient", "old_v", "old_s", "new_v", "new_s"),
            _ADAM,
            "1 - beta1",
            "1 - beta2",
            "1 - beta1**t",
            source=" from your own v and s",
        ),
    ),
}
