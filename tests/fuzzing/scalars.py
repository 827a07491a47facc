"""Ways to change a right answer that is one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tests.fuzzing.changes import Dice

# Of the tolerance, so that an error falls on either side of it.
NUDGES = (0.5, 0.99, 1.01, 1.5, 4.0, 1e3)
EXTREMES = (np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 1e-300, 1e308, 2**63, 10**400)


def _nudge(dice: Dice, number: float) -> Any:
    """Move it by about the tolerance."""
    bound = dice.tolerance.absolute + dice.tolerance.relative * abs(number)
    return number + dice.pick((-1, 1)) * dice.pick(NUDGES) * (bound or 1e-15)


def _extreme(dice: Dice, number: float) -> Any:
    return dice.pick(EXTREMES)


def _cast(dice: Dice, number: float) -> Any:
    kinds = (np.float64, np.float32, np.float16, np.longdouble, np.complex128, int, bool, complex)
    return dice.pick(kinds)(number)


def _wrap(dice: Dice, number: float) -> Any:
    shape = dice.pick(((), (1,), (1, 1), (2,), (0,)))
    array = np.full(shape, number)
    wraps = array, array.astype(np.float32), array.astype(object), array.astype("U30"), [number]
    return dice.pick((*wraps, (number,), {"J": number}, str(number), None, np.ma.array(number)))


def _compute(dice: Dice, number: float) -> Any:
    rules = (lambda x: -x, abs, lambda x: 2 * x, lambda x: x / 2, lambda x: x**2, round)
    return dice.pick(rules)(number)


OF_NUMBERS = (_nudge, _nudge, _extreme, _cast, _wrap, _compute)
