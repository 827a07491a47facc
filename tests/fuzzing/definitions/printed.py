"""Whether an answer is what the documentation prints, in plain terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.fuzzing.definitions import Given


def is_as_printed(value: Any, printed: Any) -> bool:
    """Tell whether numbers would be printed alike, but for the rounding of the last digit."""
    if isinstance(printed, dict):
        return isinstance(value, dict) and all(
            key in value and is_as_printed(value[key], part) for key, part in printed.items()
        )
    if not isinstance(value, np.ndarray | np.generic | int | float):
        return False
    value, printed = np.asarray(value), np.asarray(printed)
    if value.dtype.kind not in "iuf" or value.shape != printed.shape:
        return False
    sizes = np.abs(printed[printed != 0])
    # NumPy turns to powers of ten where the numbers are small or of very different sizes.
    powers = sizes.size and (sizes.min() < 1e-4 or sizes.max() > 1e3 * sizes.min())
    digits = np.floor(np.log10(np.where(printed == 0, 1, abs(printed)))) if powers else 0
    return bool((abs(value - printed) <= 0.51 * 10.0 ** (digits - 8)).all())


def as_documented(outputs: Mapping[str, Any]) -> Callable[[Given], bool]:
    """Return what tells whether all that a function returned would be printed alike."""
    printed = [*outputs.values()]

    def is_as_documented(given: Given) -> bool:
        parts = [given.returned] if len(printed) == 1 else given.returned
        if not isinstance(parts, tuple | list) or len(parts) != len(printed):
            return False
        return all(map(is_as_printed, parts, printed))

    return is_as_documented
