"""Misconceptions about J = x θ and its slope: two functions of one line."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.assignment.misconception import Catalogue, Misconception

_FORWARD = """
def forward_propagation(x, theta):
    J = x * theta
    return J
"""
_BACKWARD = """
def backward_propagation(x, theta):
    dtheta = x
    return dtheta
"""

# (id, what is computed, what was done)
_OTHER_J = (
    ("theta-alone", "theta", "You return θ, without x."),
    ("x-alone", "x", "You return x, without θ."),
    ("sum", "x + theta", "You add x and θ."),
    ("difference", "x - theta", "You subtract θ from x."),
    ("difference-reversed", "theta - x", "You subtract x from θ."),
    ("quotient", "x / theta", "You divide x by θ."),
    ("quotient-reversed", "theta / x", "You divide θ by x."),
    ("sign", "-x * theta", "Your J has the wrong sign."),
    ("theta-squared", "x * theta**2", "You square θ."),
    ("x-squared", "x**2 * theta", "You square x."),
    ("product-squared", "(x * theta) ** 2", "You square the product."),
    ("half-square", "0.5 * x * theta**2", "You return half of x times the square of θ."),
    ("halved", "x * theta / 2", "Your J is half as large as it should be."),
    ("doubled", "2 * x * theta", "Your J is twice as large as it should be."),
    ("theta-twice", "theta * theta", "You multiply θ by itself, without x."),
    ("absolute", "abs(x * theta)", "Your J is never negative."),
    ("sigmoid", "1 / (1 + np.exp(-x * theta))", "You take the sigmoid of the product."),
    ("whole", "int(x * theta)", "Your J is cut to a whole number."),
    ("fixed-x", "2 * theta", "Your x is always 2, whatever is given."),
    ("fixed-theta", "4 * x", "Your θ is always 4, whatever is given."),
    ("example-alone", "8", "You return the example's answer, whatever is given."),
)
_OTHER_SLOPE = (
    ("theta", "theta", "You return θ: that is the slope along x."),
    ("J-returned", "x * theta", "You return J itself, not its slope."),
    ("sum", "x + theta", "You add x and θ."),
    ("one", "1", "Your slope is 1: x is lost."),
    ("zero", "0", "Your slope is 0."),
    ("sign", "-x", "Your slope has the wrong sign."),
    ("doubled", "2 * x", "Your slope is twice as large as it should be."),
    ("halved", "x / 2", "Your slope is half as large as it should be."),
    ("x-squared", "x**2", "You square x."),
    ("square-of-theta", "2 * x * theta", "You return the slope of x θ², which is another J."),
    (
        "square-of-product",
        "2 * x**2 * theta",
        "You return the slope of (x θ)², which is another J.",
    ),
    ("quotient", "x / theta", "You divide by θ."),
    ("absolute", "abs(x)", "Your slope is never negative."),
    ("whole", "int(x)", "Your slope is cut to a whole number."),
    ("step-taken", "theta - x", "You return θ after a step: the gradient alone is wanted."),
    ("example-alone", "2", "You return the example's answer, whatever is given."),
)


def _numbers(
    others: Iterable[tuple[str, str, str]], line: str, look: str
) -> tuple[Misconception, ...]:
    name = line.partition(" = ")[0]
    return tuple(
        Misconception(id_, done, look, {line: f"{name} = {wrong}"}) for id_, wrong, done in others
    )


def _returns(name: str) -> tuple[Misconception, ...]:
    """Return the entries about the last line of a function that returns `name`."""
    line, look = f"return {name}", f"Look at the `return` line: the number {name} alone is wanted."
    return (
        Misconception(
            "nothing-returned",
            "Your function returns nothing.",
            "Does it end with a `return`? Printing a result does not return it.",
            {line: "return None"},
        ),
        Misconception("text", "You return text.", look, {line: f"return str({name})"}),
        Misconception("list", "You return a list.", look, {line: f"return [{name}]"}),
        Misconception(
            "array",
            "You return an array that holds the number.",
            look,
            {line: f"return np.array([{name}])"},
        ),
        Misconception("pair", "You return two values.", look, {line: f"return {name}, (x, theta)"}),
    )


FORWARD = Catalogue(
    _FORWARD,
    (
        *_numbers(_OTHER_J, "J = x * theta", "Compare your line with the rule for J."),
        *_returns("J"),
    ),
)
BACKWARD = Catalogue(
    _BACKWARD,
    (
        *_numbers(
            _OTHER_SLOPE,
            "dtheta = x",
            "By how much does J grow when θ grows by 1 and x stays? Compare J at θ and at θ + 1.",
        ),
        *_returns("dtheta"),
    ),
)
