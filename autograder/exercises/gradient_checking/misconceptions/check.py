"""Misconceptions about the check of a single parameter."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .quotient import QUOTIENT_ENTRIES, for_one
from .ratio import NUMERATOR, RATIO_ENTRIES

SOLUTION = """
def gradient_check(x, theta, epsilon=1e-7):
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    return difference
"""

_PLUS, _MINUS = "forward_propagation(x, theta_plus)", "forward_propagation(x, theta_minus)"
_GRAD = "backward_propagation(x, theta)"
_CALL = "A check must find out about any function: call the one that it checks, by its name."
_ARGUMENTS = "Compare the arguments of your calls with the `def` lines: x first, then θ."

CHECK = Catalogue(
    SOLUTION,
    (
        *for_one(QUOTIENT_ENTRIES),
        *RATIO_ENTRIES,
        Misconception(
            "sign-kept",
            "Your difference may be negative.",
            "Look at the numerator: it is a length, which has no sign.",
            {NUMERATOR: "grad - gradapprox"},
        ),
        Misconception(
            "sign-kept-reversed",
            "Your difference may be negative.",
            "Look at the numerator: it is a length, which has no sign.",
            {NUMERATOR: "gradapprox - grad"},
        ),
        Misconception(
            "J-written-down",
            "You compute x·θ yourself, where forward_propagation should be called.",
            _CALL,
            {_PLUS: "x * theta_plus", _MINUS: "x * theta_minus"},
        ),
        Misconception(
            "grad-written-down",
            "You write down x for the gradient, where backward_propagation should be called.",
            _CALL,
            {_GRAD: "x"},
        ),
        Misconception(
            "all-written-down",
            "You compute x·θ and its slope yourself, so your check calls nothing that it could "
            "find a bug in.",
            _CALL,
            {_PLUS: "x * theta_plus", _MINUS: "x * theta_minus", _GRAD: "x"},
        ),
        Misconception(
            "grad-above",
            "You compute the gradient at θ + ε.",
            "Where is the gradient wanted that is checked?",
            {_GRAD: "backward_propagation(x, theta_plus)"},
        ),
        Misconception(
            "grad-below",
            "You compute the gradient at θ − ε.",
            "Where is the gradient wanted that is checked?",
            {_GRAD: "backward_propagation(x, theta_minus)"},
        ),
        Misconception(
            "forward-exchanged",
            "You exchange x and θ where you call forward_propagation.",
            _ARGUMENTS,
            {
                _PLUS: "forward_propagation(theta_plus, x)",
                _MINUS: "forward_propagation(theta_minus, x)",
            },
        ),
        Misconception(
            "backward-exchanged",
            "You exchange x and θ where you call backward_propagation.",
            _ARGUMENTS,
            {_GRAD: "backward_propagation(theta, x)"},
        ),
        Misconception(
            "x-moved",
            "You move x by ε, and θ stays.",
            "The slope along θ is checked: which of the two has to move?",
            {
                _PLUS: "forward_propagation(x + epsilon, theta)",
                _MINUS: "forward_propagation(x - epsilon, theta)",
            },
        ),
        Misconception(
            "slopes-in-quotient",
            "You make the quotient of two gradients, where two costs belong.",
            "Which of your two functions computes J?",
            {
                _PLUS: "backward_propagation(x, theta_plus)",
                _MINUS: "backward_propagation(x, theta_minus)",
            },
        ),
        Misconception(
            "grad-is-J",
            "Your grad is J itself: you call forward_propagation for it.",
            "Which of your two functions computes the gradient?",
            {_GRAD: "forward_propagation(x, theta)"},
        ),
        Misconception(
            "grad-is-gradapprox",
            "You compare the approximate slope with itself.",
            "One of the two gradients that you compare must come from backward_propagation.",
            {_GRAD: "gradapprox"},
        ),
    ),
)
