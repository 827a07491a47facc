"""Misconceptions about He's scale."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .draws import DRAW, SEED, drawn_entries
from .layers import SOLUTION, shared_entries

SCALE = "np.sqrt(2 / before)"
_RULE = "Compare your factor with the rule, sign by sign: what is under the root, and what is not?"
_WHICH = "How many numbers does a unit add up? That is the size that counts."
_ORDER = "Look at the brackets of your factor: what is divided by what?"

_SCALES: Mapping[str, tuple[str, str, str]] = {
    "no-root": ("have a factor without its root", _RULE, "(2 / before)"),
    "root-of-1-over-n": ("have the factor for units without ReLU", "ReLU drops half of the signal: "
                         "what makes up for it?", "np.sqrt(1 / before)"),
    "1-over-n": ("are divided by the size of the layer before", _RULE, "(1 / before)"),
    "root-of-2": ("have the root of the 2 only", _ORDER, "np.sqrt(2) / before"),
    "2-over-root": ("have the root of the size only", _ORDER, "2 / np.sqrt(before)"),
    "half-root": ("have half the root of the factor", _ORDER, "np.sqrt(2 / before) / 2"),
    "inverse": ("are divided by the factor, or multiplied with its inverse", _ORDER,
                "np.sqrt(before / 2)"),
    "multiplied": ("grow with the size of the layer before", _ORDER, "np.sqrt(2 * before)"),
    "squared": ("have the square of the factor under the root", _RULE, "(2 / before) ** 2"),
    "none": ("are not scaled", "Where does the size of the layer before come in?", "1"),
    "10": ("are scaled by 10, as in the exercise before",
           "Here the scale depends on the layer before.", "10"),
    "hundredth": ("are scaled by 0.01", "Here the scale depends on the layer before.", "0.01"),
    "10-too": ("are scaled by 10 as well, as in the exercise before",
               "He's factor takes the place of the 10.", "np.sqrt(2 / before) * 10"),
    "own-size": ("are scaled by the size of the layer itself", _WHICH, "np.sqrt(2 / n)"),
    "first-size": ("are scaled by the number of inputs in every layer", _WHICH,
                   "np.sqrt(2 / layers_dims[0])"),
    "last-size": ("are scaled by the last size in every layer", _WHICH,
                  "np.sqrt(2 / layers_dims[-1])"),
    "next-size": ("are scaled by the size of the layer after", _WHICH,
                  "np.sqrt(2 / layers_dims[(l + 1) % (L + 1)])"),
    "both-sizes": ("are scaled by the sizes of both layers", "That is the rule of Glorot and "
                   f"Bengio. {_WHICH}", "np.sqrt(2 / (n + before))"),
    "both-sizes-6": ("have the bound of Glorot and Bengio as their factor", "That is made for "
                     f"numbers drawn evenly. {_WHICH}", "np.sqrt(6 / (n + before))"),
    "both-sizes-1": ("are scaled by the sizes of both layers, without the 2", _WHICH,
                     "np.sqrt(1 / (n + before))"),
    "both-sizes-4": ("are scaled by the mean of both sizes", _WHICH, "np.sqrt(4 / (n + before))"),
    "product": ("are scaled by the number of all weights", _WHICH, "np.sqrt(2 / (n * before))"),
    "layers": ("are scaled by the number of layers", _WHICH, "np.sqrt(2 / L)"),
    "layer-number": ("are scaled by the layer's number", _WHICH, "np.sqrt(2 / l)"),
    "index-for-size": ("are scaled by an index, not by a size",
                       "`l - 1` is a place in layers_dims: what stands there?",
                       "np.sqrt(2 / max(l - 1, 1))"),
    "whole-division": ("are zero, as `//` cuts the factor", "Divide with `/`, not with `//`.",
                       "np.sqrt(2 // before)"),
    "six": ("have the bound for numbers drawn evenly as their factor", _RULE,
            "np.sqrt(6 / before)"),
    "minus-one": ("are scaled by one unit too few", "Look at `- 1`: does it stand inside the "
                  "brackets of the index?", "np.sqrt(2 / (layers_dims[l] - 1))"),
    "plus-one": ("are scaled by one unit too many", _RULE, "np.sqrt(2 / (before + 1))"),
    "wrong-brackets": ("have a 1 under the root that belongs elsewhere", _ORDER,
                       "np.sqrt(2 / before + 1)"),
}  # fmt: skip

HE = Catalogue(
    SOLUTION.format(name="initialize_parameters_he", seed=SEED, weights=f"{DRAW} * {SCALE}"),
    (
        *(
            Misconception(f"scale-{id_}", f"Your weights {what}.", look, {SCALE: scale})
            for id_, (what, look, scale) in _SCALES.items()
        ),
        *drawn_entries(),
        *shared_entries(),
        Misconception(
            "factor-added",
            "Your factor is added to the numbers, not multiplied with them.",
            "A scale is a factor: which sign stands between the numbers and it?",
            {f" * {SCALE}": f" + {SCALE}"},
        ),
    ),
)
