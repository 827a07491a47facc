"""What an exercise can show beside the right one, on fixed inputs that anyone may see."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Picture
from autograder.assignment.verdict import Demonstrated, Pairs

from .signal_figure import draw_signals

# Calls the function; returns None where it did not answer.
Ask = Callable[[Call], Any]


@dataclass(frozen=True)
class SignalByDepth:
    """How strong a signal still is, layer after layer, on its way through the initial weights.

    Attributes
    ----------
    sizes : tuple of int
        Inputs and units of the ReLU layers: ever fewer, so that the size of a wrong layer shows.
    examples : int
        So many random inputs go through it.
    """

    sizes: tuple[int, ...] = tuple(range(60, 9, -5))
    examples: int = 50

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return "signal"

    def play(self, ask: Ask) -> tuple[Pairs, ...]:
        """Return one group of pairs: the layer, and ten's logarithm of the signal's strength.

        The strength is the root of the mean square. It ends where the weights are no such array, or
        where nothing is left of it.
        """
        answer = ask(self._call)
        signal = np.random.default_rng(0).standard_normal((self.sizes[0], self.examples))
        pairs = [(0.0, _strength(signal))]
        for layer in range(1, len(self.sizes)):
            weights = self._weights(answer, layer)
            if weights is None:
                break
            with np.errstate(all="ignore"):
                signal = np.maximum(weights @ signal, 0.0)
            strength = _strength(signal)
            if not math.isfinite(strength):
                break
            pairs.append((float(layer), strength))
        return (tuple(pairs),)

    @cached_property
    def _call(self) -> Call:
        return Call((list(self.sizes),))

    def _weights(self, answer: Any, layer: int) -> np.ndarray | None:
        """Return the weights of a layer, unless they are something else."""
        weights = answer.get(f"W{layer}") if isinstance(answer, Mapping) else None
        if not isinstance(weights, np.ndarray) or weights.dtype.kind not in "fiu":
            return None
        if weights.shape != (self.sizes[layer], self.sizes[layer - 1]):
            return None
        return weights.astype(float)

    def picture(self, shown: Demonstrated, id: str) -> Picture | None:
        """Draw both signals by depth."""
        return draw_signals(shown, id)


def _strength(signal: np.ndarray) -> float:
    with np.errstate(all="ignore"):
        return round(float(np.log10(np.sqrt(np.mean(signal**2)))), 4)
