"""Put other functions behind the names that a check calls, and run it on them.

This text runs where the check was defined: in the student's process too, so nothing in it is
secret. A check must find out about *any* function, and its marks must depend neither on what else a
student wrote nor on whether the bugs of the given network were repaired.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Function = Callable[..., Any]


def play(
    check: Function,
    stand_in: tuple[Any, ...],
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    """Return what the check says of a stand-in.

    Parameters
    ----------
    stand_in : tuple
        ``("curve", a, b, scale)`` or ``("network", activation)``, as described below.
    """
    kind, *settings = stand_in
    ours = {"curve": curve, "network": network}[kind](*settings)
    names = namespace_of(check)
    before = {name: names[name] for name in ours if name in names}
    names.update(ours)
    try:
        return check(*arguments, **keywords)
    finally:
        for name in ours:
            names.pop(name, None)
        names.update(before)


def curve(a: float, b: float, scale: float) -> dict[str, Function]:
    """Return J = x θ (1 + a θ + b θ²), and its slope times `scale`: 1 is right.

    With a = b = 0 this is the J of the notebook, to the last bit.
    """

    def forward_propagation(x: Any, theta: Any) -> Any:
        return np.polyval([b * x, a * x, x, 0], theta)

    def backward_propagation(x: Any, theta: Any) -> Any:
        return scale * np.polyval([3 * b * x, 2 * a * x, x], theta)

    return {
        "forward_propagation": forward_propagation,
        "backward_propagation": backward_propagation,
    }


def network(activation: str) -> dict[str, Function]:
    """Return a network of three layers whose hidden units are of that kind."""
    bend = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}[activation]

    def forward_propagation_n(X: Any, Y: Any, parameters: Any) -> Any:
        W1, b1 = parameters["W1"], parameters["b1"]
        W2, b2 = parameters["W2"], parameters["b2"]
        W3, b3 = parameters["W3"], parameters["b3"]
        Z1 = np.dot(W1, X) + b1
        A1 = bend(Z1)
        Z2 = np.dot(W2, A1) + b2
        A2 = bend(Z2)
        Z3 = np.dot(W3, A2) + b3
        A3 = 1 / (1 + np.exp(-Z3))
        losses = -np.log(A3) * Y - np.log(1 - A3) * (1 - Y)
        cost = 1.0 / X.shape[1] * np.sum(losses)
        return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)

    return {"forward_propagation_n": forward_propagation_n}


def namespace_of(check: Function) -> dict[str, Any]:
    """Return the names that a function looks up outside itself; none of a callable without any."""
    plain: Any = inspect.unwrap(check)
    while isinstance(plain, functools.partial):
        plain = inspect.unwrap(plain.func)
    if not hasattr(plain, "__globals__"):
        plain = type(plain).__call__
    return getattr(plain, "__globals__", {})
