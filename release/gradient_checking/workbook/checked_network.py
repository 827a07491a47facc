"""The network of the notebook, with the backward pass as it is given there: bugs and all.

The documented example is about these gradients, whatever a student repairs in the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gc_utils import relu, sigmoid

Array = np.ndarray


def given_gradients(X: Array, Y: Array, parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Return what the notebook's two given functions make of these inputs."""
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    m = X.shape[1]
    A1 = relu(W1 @ X + b1)
    A2 = relu(W2 @ A1 + b2)
    dZ3 = sigmoid(W3 @ A2 + b3) - Y
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    return {
        "dZ3": dZ3, "dW3": dZ3 @ A2.T / m, "db3": np.sum(dZ3, axis=1, keepdims=True) / m,
        "dA2": dA2, "dZ2": dZ2,
        "dW2": dZ2 @ A1.T / m * 2, "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
        "dA1": dA1, "dZ1": dZ1,
        "dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) * 4 / m,
    }  # fmt: skip
