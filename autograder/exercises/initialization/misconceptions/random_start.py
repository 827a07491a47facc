"""Misconceptions about a start with large random weights."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .draws import BIAS, DRAW, SEED, drawn_entries
from .layers import SOLUTION, shared_entries

_TEN = "Compare what you do with the drawn numbers with the rule of the task."

_SCALES: Mapping[str, tuple[str, str]] = {
    "1": ("are not scaled", ""),
    "hundredth": ("are scaled by 0.01", " * 0.01"),
    "tenth": ("are divided by 10", " / 10"),
    "plus": ("lie around 10 instead of being scaled by it", " + 10"),
    "power": ("are raised to the power of 10", " ** 10"),
    "hundred": ("are scaled by 100", " * 100"),
    "root": ("are scaled by the root of 10", " * np.sqrt(10)"),
    "tenth-as-factor": ("are scaled by 1 and a tenth", " * 1.1"),
    "sign": ("have the wrong sign", " * -10"),
    "he": ("have the scale of the next exercise", " * np.sqrt(2 / before)"),
    "he-too": ("have the scale of the next exercise and the factor 10", " * 10 * "
               "np.sqrt(2 / before)"),
    "by-size": ("are scaled by the size of the layer before", " * before"),
    "by-layer": ("are scaled more in each layer", " * 10 * l"),
    "whole": ("are cut to whole numbers", " * 10 // 1"),
}  # fmt: skip

RANDOM = Catalogue(
    SOLUTION.format(name="initialize_parameters_random", seed=SEED, weights=f"{DRAW} * 10"),
    (
        *(
            Misconception(f"scale-{id_}", f"Your weights {what}.", _TEN, {" * 10": scale})
            for id_, (what, scale) in _SCALES.items()
        ),
        *drawn_entries(),
        *shared_entries(),
        Misconception(
            "whole-range",
            "Your weights are whole numbers between -10 and 9.",
            "Standard normal numbers are wanted: which of NumPy's functions draws them?",
            {f"{DRAW} * 10": "np.random.randint(-10, 10, (n, before)).astype(float)"},
        ),
        Misconception(
            "b-times-10",
            "Your biases are tens.",
            "A bias starts at zero.",
            {BIAS: "np.full((n, 1), 10.0)"},
        ),
    ),
)
