"""Misconceptions about a step with RMSprop."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .fraction import FRACTIONS, STEPS
from .loops import LOOP_ENTRIES

_SOLUTION = """
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            key = kind + str(l)
            gradient = grads["d" + key]
            old = s["d" + key]
            new = beta * old + (1 - beta) * gradient**2
            s["d" + key] = new
            root = np.sqrt(new)
            step = learning_rate * (gradient / (root + epsilon))
            parameters[key] = parameters[key] - step
    return parameters, s
"""

_UPDATE = "beta * old + (1 - beta) * gradient**2"
_FRACTION, _STEP = "gradient / (root + epsilon)", "learning_rate * (gradient / (root + epsilon))"
_STORE, _MOVE, _RETURN = 's["d" + key] = new', "parameters[key] - step", "return parameters, s"
_TERMS = "Look at the line that computes s and compare its two terms with the rule."
_BELOW = "Compare the fraction dW / (√s + ε) with yours, term by term."
_RATE = "Look at the step: the learning rate multiplies the fraction, once."
_LAST = "Look at the `return` line: the parameters, then s."

_UPDATES: Mapping[str, tuple[str, str]] = {
    "weights-exchanged": (
        "The two weights of your s are exchanged.",
        "(1 - beta) * old + beta * gradient**2",
    ),
    "weight-of-square-forgotten": (
        "The square enters your s with its full weight, without 1 − β.",
        "beta * old + gradient**2",
    ),
    "weight-of-s-forgotten": (
        "The old s enters your new one with its full weight, without β.",
        "old + (1 - beta) * gradient**2",
    ),
    "plain-sum": ("Your s is a plain sum of squares, without weights.", "old + gradient**2"),
    "beta-at-both": (
        "The weight β stands at both terms of your s.",
        "beta * old + beta * gradient**2",
    ),
    "one-minus-beta-at-both": (
        "The weight 1 − β stands at both terms of your s.",
        "(1 - beta) * old + (1 - beta) * gradient**2",
    ),
    "not-squared": (
        "Your s averages the gradients' sizes, not their squares.",
        "beta * old + (1 - beta) * abs(gradient)",
    ),
    "sign-kept": (
        "Your s averages the gradients themselves, not their squares.",
        "beta * old + (1 - beta) * gradient",
    ),
    "weight-squared": (
        "The weight 1 − β is squared together with the gradient.",
        "beta * old + ((1 - beta) * gradient) ** 2",
    ),
    "cubed": (
        "Your s averages the cubes of the gradients.",
        "beta * old + (1 - beta) * gradient**3",
    ),
    "square-doubled": (
        "Your gradient is multiplied by 2 where it should be squared.",
        "beta * old + (1 - beta) * 2 * gradient",
    ),
    "square-subtracted": (
        "The square is subtracted in your s.",
        "beta * old - (1 - beta) * gradient**2",
    ),
    "mean-square": (
        "Your s averages one number for a whole array: the mean of its squares.",
        "beta * old + (1 - beta) * np.mean(gradient**2)",
    ),
    "sum-square": (
        "Your s takes in one number for a whole array: the sum of its squares.",
        "beta * old + (1 - beta) * np.sum(gradient**2)",
    ),
    "old-forgotten": ("The old s has no part in your new one.", "(1 - beta) * gradient**2"),
    "no-average": ("Your s is just the square: it has no memory.", "gradient**2"),
    "frozen": ("Your s never takes in the gradient.", "old * 1.0"),
    "beta-fixed": (
        "Your β is always 0.9, whatever is asked for.",
        "0.9 * old + (1 - 0.9) * gradient**2",
    ),
    "bias-corrected": (
        "Your s is divided by 1 − β: RMSprop corrects nothing.",
        "(beta * old + (1 - beta) * gradient**2) / (1 - beta)",
    ),
}

_MOVES: Mapping[str, tuple[str, str, str]] = {
    "step-added": (
        "Your parameters move uphill: the step is added.",
        "parameters[key] + step",
        "Look at the sign in the line that changes the parameters: a descent subtracts.",
    ),
    "step-kept": (
        "Your parameters are replaced by the step itself.",
        "step",
        "A step starts somewhere: subtract it from the old parameter.",
    ),
    "step-kept-negative": (
        "Your parameters are replaced by the step itself, with a minus.",
        "-step",
        "A step starts somewhere: subtract it from the old parameter.",
    ),
    "difference-reversed": (
        "Your difference is the wrong way round: step minus parameter.",
        "step - parameters[key]",
        "Subtract the step from the parameter.",
    ),
    "step-multiplied": (
        "Your parameters are multiplied by the step.",
        "parameters[key] * step",
        "Subtract the step from the parameter.",
    ),
    "parameters-unchanged": (
        "The parameters you return have not moved.",
        "parameters[key] * 1.0",
        "Is the new value stored under its key, and in the dict that you return?",
    ),
}


def _replaced(
    text: str, table: Mapping[str, tuple[str, str]], look: str
) -> tuple[Misconception, ...]:
    return tuple(Misconception(id_, done, look, {text: new}) for id_, (done, new) in table.items())


RMSPROP = Catalogue(
    _SOLUTION,
    (
        *_replaced(_UPDATE, _UPDATES, _TERMS),
        *_replaced(_FRACTION, FRACTIONS, _BELOW),
        *_replaced(_STEP, STEPS, _RATE),
        *(
            Misconception(id_, done, look, {_MOVE: new})
            for id_, (done, new, look) in _MOVES.items()
        ),
        Misconception(
            "s-not-stored",
            "The s you return is the old one, though your step is right.",
            "Store the new s under its key, in the dict that you return.",
            {_STORE: "pass"},
        ),
        Misconception(
            "root-stored",
            "The s you return is its root.",
            "Store s itself; the root is for the step alone.",
            {_STORE: 's["d" + key] = np.sqrt(new)'},
        ),
        Misconception(
            "s-under-other-keys",
            "The new s is stored under the keys of the parameters.",
            "The keys of s are those of the gradients: dW1, db1, and so on.",
            {_STORE: "s[key] = new"},
        ),
        Misconception(
            "gradients-exchanged",
            "You use db for W and dW for b.",
            "Look at the keys: dW1 belongs to W1, and db1 to b1.",
            {'grads["d" + key]': 'grads["d" + ("b" if kind == "W" else "W") + str(l)]'},
        ),
        Misconception(
            "gradient-key-without-d",
            "You look up the gradients by the keys of the parameters: W1, not dW1.",
            "The keys of grads are dW1, db1, and so on.",
            {'grads["d" + key]': "grads[key]"},
        ),
        Misconception("s-alone", "You return s and leave out the parameters.", _LAST,
                      {_RETURN: "return s"}),
        Misconception("parameters-alone", "You return the parameters and leave out s.", _LAST,
                      {_RETURN: "return parameters"}),
        Misconception("results-exchanged", "You return s before the parameters.", _LAST,
                      {_RETURN: "return s, parameters"}),
        *LOOP_ENTRIES,
    ),
)  # fmt: skip
