"""Misconceptions about a step of gradient descent."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .loops import layers_from_zero, loop_entries
from .steps import step_entries

SOLUTION = """
def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            key = kind + str(l)
            gradient = grads["d" + key]
            step = learning_rate * gradient
            parameters[key] = parameters[key] - step
    return parameters
"""

GRADIENT_DESCENT = Catalogue(
    SOLUTION,
    (
        *step_entries("gradient"),
        *loop_entries("parameters"),
        *layers_from_zero("W0", "dW0"),
        Misconception(
            "only-the-sign",
            "Only the sign of the gradient counts in your step, not its size.",
            "Use the gradient as it comes: a steeper slope makes a longer step.",
            {"learning_rate * gradient": "learning_rate * np.sign(gradient)"},
        ),
        Misconception(
            "gradients-returned",
            "You return the gradients.",
            "Look at the `return` line: the new parameters are wanted.",
            {"return parameters": "return grads"},
        ),
        Misconception(
            "list-returned",
            "You return a list of arrays, without their names.",
            "Return the dict itself: others look the arrays up by their keys.",
            {"return parameters": "return list(parameters.values())"},
        ),
    ),
)
