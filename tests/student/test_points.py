"""The points of the data sets are the same to the bit, with scikit-learn and without."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from workbook import points


@pytest.mark.parametrize("draw", [points.moons, points.circles], ids=["moons", "circles"])
@pytest.mark.parametrize(("m", "noise", "seed"), [(300, 0.2, 3), (300, 0.05, 1), (101, 0.05, 2)])
def test_points_without_scikit_learn_are_the_same_to_the_bit(draw, m, noise, seed, monkeypatch):
    with_it = draw(m, noise, seed)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    without = draw(m, noise, seed)
    for one, other in zip(with_it, without, strict=True):
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
        assert np.shape(one) == np.shape(other)


def test_a_validated_notebook_takes_the_points_without_the_library(monkeypatch):
    wanted = points.moons(30, 0.2, 3)
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    monkeypatch.setitem(sys.modules, "sklearn", None)
    for one, other in zip(wanted, points.moons(30, 0.2, 3), strict=True):
        assert one.tobytes() == other.tobytes()
