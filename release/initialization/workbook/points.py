"""Points of two classes, the very same that scikit-learn gives, also where that is not installed.

In a browser scikit-learn and SciPy would be 26 MB to fetch for a few lines of NumPy.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np

Array = np.ndarray


def moons(m: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Return two half circles: X of shape (2, m) and Y (1, m), as `make_moons` draws them."""
    return _library_or("make_moons", _half_circles, m, noise, seed)


def circles(m: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Return a circle in a circle: X of shape (2, m) and Y (1, m), as `make_circles` draws them."""
    return _library_or("make_circles", _rings, m, noise, seed)


def _library_or(
    name: str, own: Callable[[int, int], list[Array]], m: int, noise: float, seed: int
) -> tuple[Array, Array]:
    if os.environ.get("NBGRADER_VALIDATING"):  # to load the library takes longer than all checks
        return drawn(own, m, noise, seed)
    try:
        from sklearn import datasets
    except ImportError:
        return drawn(own, m, noise, seed)
    points, labels = getattr(datasets, name)(n_samples=m, noise=noise, random_state=seed)
    return np.asarray(points).T, np.asarray(labels).reshape(1, -1)


def drawn(
    shape: Callable[[int, int], list[Array]], m: int, noise: float, seed: int
) -> tuple[Array, Array]:
    """Shuffle the points of a shape and blur them, in the order in which scikit-learn does."""
    random = np.random.RandomState(seed)
    outer, inner = m // 2, m - m // 2
    outer_x, outer_y, inner_x, inner_y = shape(outer, inner)
    points = np.vstack([np.append(outer_x, inner_x), np.append(outer_y, inner_y)]).T
    labels = np.append(np.zeros(outer, dtype=np.int64), np.ones(inner, dtype=np.int64))
    order = np.arange(m)
    random.shuffle(order)
    points = points[order]
    points += random.normal(scale=noise, size=points.shape)
    return points.T, labels[order].reshape(1, -1)


def _half_circles(outer: int, inner: int) -> list[Array]:
    out, into = np.linspace(0, np.pi, outer), np.linspace(0, np.pi, inner)
    return [np.cos(out), np.sin(out), 1 - np.cos(into), 1 - np.sin(into) - 0.5]


def _rings(outer: int, inner: int) -> list[Array]:
    out = np.linspace(0, 2 * np.pi, outer, endpoint=False)
    into = np.linspace(0, 2 * np.pi, inner, endpoint=False)
    return [np.cos(out), np.sin(out), np.cos(into) * 0.8, np.sin(into) * 0.8]
