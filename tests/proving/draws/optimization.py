"""Sizes, rates and steps that no hidden case of Optimization has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from autograder.assignment.exercise import Call
from tests.support.assignments import part_of

drawing = part_of("optimization", "drawing")
MOST_LAYERS, WIDEST, MOST_EXAMPLES = 6, 6, 80

Rng = np.random.Generator

FRESH: Mapping[str, tuple[Callable[[Rng], Call], ...]] = {
    "update_parameters_with_gd": (
        partial(drawing.draw_gd, sizes=(2, 5, 3, 2), learning_rate=0.3),
        partial(drawing.draw_gd, sizes=(1, 2, 2, 1, 3, 2), learning_rate=2.5),
    ),
    "random_mini_batches": (
        partial(drawing.draw_examples, m=37, mini_batch_size=5, n_x=4),
        partial(drawing.draw_examples, m=30, mini_batch_size=10, n_x=2),
        partial(drawing.draw_examples, m=8, mini_batch_size=20),
    ),
    "initialize_velocity": (partial(drawing.draw_velocity, sizes=(2, 5, 3, 2)),),
    "update_parameters_with_momentum": (
        partial(drawing.draw_momentum, sizes=(2, 5, 3, 2), beta=0.5, learning_rate=0.3),
    ),
    "initialize_adam": (partial(drawing.draw_velocity, sizes=(2, 5, 3, 2)),),
    "update_parameters_with_adam": (
        partial(drawing.draw_adam, sizes=(2, 5, 3, 2), t=7, beta1=0.5, beta2=0.6, epsilon=0.03),
        partial(drawing.draw_adam, sizes=(4, 1, 2, 2), t=2, learning_rate=0.6),
    ),
}

# Most real mistakes are in Adam and in the mini-batches.
SHARES = {
    "update_parameters_with_gd": 4,
    "random_mini_batches": 10,
    "initialize_velocity": 0,
    "update_parameters_with_momentum": 4,
    "initialize_adam": 0,
    "update_parameters_with_adam": 12,
}
RECALL, RECALL_OF_COMBINATIONS = 0.6, 50 / 60

RIVALS = {
    "beta1": ("beta2",), "beta2": ("beta1",), "beta": ("learning_rate",), "t": ("beta1",),
    "v": ("s", "grads"), "s": ("v",), "grads": ("parameters",), "parameters": ("grads",),
    "learning_rate": ("beta", "epsilon"), "epsilon": ("learning_rate",), "X": ("Y",),
    "Y": ("X",), "mini_batch_size": ("m",), "m": ("mini_batch_size",),
    "v_hat": ("s_hat",), "s_hat": ("v_hat",), "seed": ("mini_batch_size",),
}  # fmt: skip


def _sizes(rng: Rng) -> tuple[int, ...]:
    return tuple(map(int, rng.integers(1, WIDEST + 1, rng.integers(2, MOST_LAYERS + 2))))


def _rate(rng: Rng) -> float:
    return float(10 ** rng.uniform(-2, 0.5))


def _gd(rng: Rng) -> Call:
    return drawing.draw_gd(rng, _sizes(rng), _rate(rng))


def _mini_batches(rng: Rng) -> Call:
    m, n_x = int(rng.integers(1, MOST_EXAMPLES)), int(rng.integers(1, WIDEST))
    # Half of the sizes are smaller than a third of m, so that there are many mini-batches.
    most = max(1, m // 3) if rng.integers(2) else MOST_EXAMPLES
    return drawing.draw_examples(rng, m, int(rng.integers(1, most + 1)), n_x=n_x)


def _velocity(rng: Rng) -> Call:
    return drawing.draw_velocity(rng, _sizes(rng))


def _momentum(rng: Rng) -> Call:
    return drawing.draw_momentum(rng, _sizes(rng), float(rng.uniform(0, 0.99)), _rate(rng))


def _adam(rng: Rng) -> Call:
    settings = {
        "learning_rate": _rate(rng),
        "beta1": float(rng.uniform(0, 0.95)),
        "beta2": float(rng.uniform(0.5, 0.999)),
        "epsilon": float(10 ** rng.uniform(-8, -1)),
    }
    return drawing.draw_adam(rng, _sizes(rng), int(rng.integers(1, 200)), **settings)  # type: ignore


AT_RANDOM: Mapping[str, Callable[[Rng], Call]] = {
    "update_parameters_with_gd": _gd,
    "random_mini_batches": _mini_batches,
    "initialize_velocity": _velocity,
    "update_parameters_with_momentum": _momentum,
    "initialize_adam": _velocity,
    "update_parameters_with_adam": _adam,
}
