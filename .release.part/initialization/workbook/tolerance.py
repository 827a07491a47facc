"""How near two numbers must be to count as the same, and by what factor they differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# A factor is told only if it holds to so much more than the numbers have to.
EXACTNESS = 1e-3
# To so many digits rounding errors leave a factor intact, whatever is asked for.
MOST_EXACT = 1e-10
# The documentation prints as NumPy does: so many digits after the point.
DIGITS = 8
# A printed number is up to half of its last digit off; the rest is for rounding in another order.
ROUNDING = 0.51


@dataclass(frozen=True)
class Tolerance:
    """How near is near enough: ``|answer - expected| <= absolute + relative * |expected|``."""

    relative: float = 1e-6
    absolute: float = 1e-6

    def near(self, answer: np.ndarray, expected: np.ndarray) -> np.ndarray:
        """Tell of each number whether it is near enough."""
        allowed = self.absolute + self.relative * np.abs(expected)
        return np.abs(answer - 1.0 * expected) <= allowed  # bools cannot be subtracted


@dataclass(frozen=True)
class Printed(Tolerance):
    """As near as the documentation prints: each number agrees to its last printed digit."""

    def near(self, answer: np.ndarray, expected: np.ndarray) -> np.ndarray:
        """Tell of each number whether it would be printed alike, but for the last rounding."""
        return np.abs(answer - 1.0 * expected) <= ROUNDING * _last_digit(expected)


AS_PRINTED = Printed()


def _last_digit(numbers: np.ndarray) -> np.ndarray:
    """Return what the last digit of each number counts, as NumPy prints the array.

    Examples
    --------
    >>> _last_digit(np.array([1.5, -0.25]))
    array([1.e-08, 1.e-08])
    >>> _last_digit(np.array([1.5, 2.5e-05]))
    array([1.e-08, 1.e-13])
    """
    if "e" not in np.array2string(numbers, precision=DIGITS, threshold=numbers.size + 1):
        return np.full(numbers.shape, 10.0**-DIGITS)
    size = np.abs(np.where(numbers == 0, 1.0, numbers))
    return 10.0 ** (np.floor(np.log10(size)) - DIGITS)


def common_factor(
    array: np.ndarray, expected: np.ndarray, tolerance: Tolerance | None = None
) -> float | None:
    """Return c where ``array == c * expected`` throughout, or None where there is no such c.

    It must hold to all digits that arithmetic keeps, and not just to those of `tolerance`: a
    factor that fits only nearly would be a false lead.
    """
    if array.dtype.kind == "c" or expected.dtype.kind == "c":
        return None
    asked = tolerance or Tolerance()
    with np.errstate(all="ignore"):
        norm = float(np.vdot(expected, expected))
        factor = float(np.vdot(expected, array)) / norm if norm > 0 else np.nan
        # What was rounded when it was printed is as much wrong as it is multiplied.
        absolute = min(asked.absolute, 10.0**-DIGITS) * max(1.0, abs(factor))
        relative = max(EXACTNESS * asked.relative, MOST_EXACT)
        near = np.allclose(array, factor * expected, rtol=relative, atol=absolute)
        fits = np.isfinite(factor) and near
    return factor if fits and expected.size > 1 else None
