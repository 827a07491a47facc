"""Laws that initial parameters obey, whatever numbers were drawn for them.

Each takes what a function returned and the layer sizes that it was given, and returns findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from workbook import laws
from workbook.comparison import LONGEST_NAME, RETURN_LINE, Finding, as_numbers, describe

Sizes = Sequence[int]
# Of the layer before: the standard deviation that its weights should have.
Scale = Callable[[int], float]

_SHAPE = "W has a row for each unit and a column for each unit of the layer before; b is a column."
# Of a thousand normal numbers the spread is known to 2 % and the mean to 3 % of the spread; the
# largest lies beyond three spreads, and the largest of a uniform distribution below 1.74.
_NEAR, _CENTRED, _TAIL = 0.12, 0.2, 2.2


def wanted_shapes(layers_dims: Sizes) -> dict[str, tuple[int, int]]:
    """Return the shape of each parameter by its key."""
    shapes = {}
    for layer, (before, units) in enumerate(pairwise(layers_dims), start=1):
        shapes[f"W{layer}"] = (units, before)
        shapes[f"b{layer}"] = (units, 1)
    return shapes


def right_shapes(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether each parameter is there, with its shape."""
    if not isinstance(answer, Mapping):
        return [
            Finding("parameters", f"is {describe(answer)} but should be a dict", look=RETURN_LINE)
        ]
    wanted = wanted_shapes(layers_dims)
    return [
        Finding(f'parameters["{key}"]', _shape_problem(answer, key, shape), look=_SHAPE)
        for key, shape in wanted.items()
    ]


def just_the_keys(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether there is a key for each parameter and no other."""
    extra = [key for key in answer if key not in wanted_shapes(layers_dims)]
    problem = f"has {_listed(extra)}, which no layer has" if extra else ""
    look = "Layers are numbered from 1 to L: each gives one W and one b, and there is no layer 0."
    return [Finding("parameters", problem, look=look)]


def zero_biases(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether all biases are zero and of their shapes."""
    shapes = [f for f in right_shapes(answer, layers_dims) if not _is_about_weights(f)]
    if wrong := [finding for finding in shapes if not finding.passed]:
        return wrong
    look = "Every start of this notebook has biases of zero: only weights are drawn."
    return [
        Finding(f'parameters["{key}"]', "" if not np.any(answer[key]) else "is not zero", look=look)
        for key in wanted_shapes(layers_dims)
        if key.startswith("b")
    ]


def real_numbers(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether all arrays can hold numbers with a fraction."""
    look = "Whole numbers cannot take a step of 0.01: let the array hold floats."
    return [
        Finding(
            f'parameters["{key}"]',
            "" if answer[key].dtype.kind == "f" else f"holds {answer[key].dtype}, not floats",
            look=look,
        )
        for key in wanted_shapes(layers_dims)
    ]


def own_arrays(answer: Any, _layers_dims: Sizes) -> list[Finding]:
    """Judge whether every array has memory of its own."""
    return laws.own_arrays(answer)


def spread(answer: Any, layers_dims: Sizes, scale: Scale) -> list[Finding]:
    """Judge whether the weights of large layers look normal, with the spread of their layer."""
    return [
        Finding(
            f'parameters["W{layer}"]',
            _spread_problem(np.asarray(answer[f"W{layer}"], dtype=float), scale(before)),
        )
        for layer, before in enumerate(layers_dims[:-1], start=1)
    ]


def fresh_numbers(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether each layer has numbers of its own, not those of the layer before."""
    look = "A seed starts the same row of numbers anew: how often is it set?"
    weights = [np.ravel(answer[f"W{layer}"]) for layer in range(1, len(layers_dims))]
    findings = []
    for layer, (first, second) in enumerate(pairwise(weights), start=2):
        again = _go_alike(first, second)
        problem = f"repeats the numbers of W{layer - 1}" if again else ""
        findings.append(Finding(f'parameters["W{layer}"]', problem, look=look))
    return findings


def drawn(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether weights were drawn at all: nonsense obeys many a law."""
    weights = {f"W{layer}": answer[f"W{layer}"] for layer in range(1, len(layers_dims))}
    return [
        Finding(
            f'parameters["{key}"]',
            "" if np.all(W) and np.isfinite(W).all() else "holds zeros, NaN or infinity",
        )
        for key, W in weights.items()
    ]


def zero_weights(answer: Any, layers_dims: Sizes) -> list[Finding]:
    """Judge whether all weights are zero."""
    return [
        Finding(f'parameters["W{layer}"]', "is not zero" if np.any(answer[f"W{layer}"]) else "")
        for layer in range(1, len(layers_dims))
    ]


def _shape_problem(answer: Mapping[str, Any], key: str, shape: tuple[int, int]) -> str:
    if key not in answer:
        return "is missing"
    array = as_numbers(answer[key])
    if array is None or not isinstance(answer[key], np.ndarray):
        return f"is {describe(answer[key])} but should be an array of numbers"
    return "" if array.shape == shape else f"has shape {array.shape} but should have {shape}"


def _is_about_weights(finding: Finding) -> bool:
    return finding.subject.startswith('parameters["W')


def _spread_problem(weights: np.ndarray, wanted: float) -> str:
    if not np.isfinite(weights).all():
        return "holds NaN or infinity"
    if np.unique(weights).size < 0.9 * weights.size:
        return "holds the same numbers again and again"
    found = weights.std()
    if abs(weights.mean()) > _CENTRED * found:
        return "has numbers that do not lie evenly around 0"
    if abs(found / wanted - 1) > _NEAR:
        return f"is spread {found / wanted:.2g} times as widely as it should be"
    is_flat = np.abs(weights).max() < _TAIL * found
    return "is spread evenly up to a bound, and not normally" if is_flat else ""


def _go_alike(first: np.ndarray, second: np.ndarray) -> bool:
    """Tell whether one row of numbers begins as a multiple of the other."""
    length = min(len(first), len(second))
    a, b = (np.asarray(row[:length], dtype=float) for row in (first, second))
    with np.errstate(all="ignore"):
        # The size of neither counts, and the square of a large number would be infinite.
        a, b = (row / np.abs(row).max(initial=0) for row in (a, b))
        likeness = a @ b / np.sqrt((a @ a) * (b @ b))
    return not abs(likeness) < 0.999  # also where it is not a number


def _listed(keys: Sequence[Any]) -> str:
    return ", ".join(_names(keys[:4])) + (", …" if len(keys) > 4 else "")


def _names(keys: Sequence[Any]) -> Iterator[str]:
    """Yield the keys as far as they are short names."""
    for key in map(str, keys):
        yield key if key.isidentifier() and len(key) <= LONGEST_NAME else "…"
