"""Misconceptions about a step with momentum."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .loops import layers_from_zero, loop_entries
from .steps import step_entries

SOLUTION = """
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            key = kind + str(l)
            gradient = grads["d" + key]
            old = v["d" + key]
            new = beta * old + (1 - beta) * gradient
            v["d" + key] = new
            step = learning_rate * new
            parameters[key] = parameters[key] - step
    return parameters, v
"""

_AVERAGE = "beta * old + (1 - beta) * gradient"
_STORE = 'v["d" + key] = new'
_STEP = "learning_rate * new"
_TERMS = "Look at the line that computes v and compare its two weights with the rule."
_ORDER = "Mind the order: first the new v, then the step along it."


def _average(id_: str, done: str, new: str, look: str = _TERMS) -> Misconception:
    return Misconception(id_, done, look, {_AVERAGE: new})


_AVERAGES = (
    _average(
        "weights-exchanged",
        "The two weights of your average are exchanged: 1 − β stands at v, and β at the gradient.",
        "(1 - beta) * old + beta * gradient",
    ),
    _average(
        "weight-of-gradient-forgotten",
        "The gradient enters your v with its full weight, without 1 − β.",
        "beta * old + gradient",
    ),
    _average(
        "weight-of-velocity-forgotten",
        "The old v enters your new one with its full weight, without β.",
        "old + (1 - beta) * gradient",
    ),
    _average("both-weights-forgotten", "Your v is a plain sum, without weights.", "old + gradient"),
    _average(
        "beta-at-both",
        "The weight β stands at both terms of your v.",
        "beta * old + beta * gradient",
    ),
    _average(
        "one-minus-beta-at-both",
        "The weight 1 − β stands at both terms of your v.",
        "(1 - beta) * old + (1 - beta) * gradient",
    ),
    _average(
        "weight-at-wrong-term",
        "1 − β stands at the old v, and the gradient has no weight.",
        "(1 - beta) * old + gradient",
    ),
    _average(
        "gradient-subtracted-from-v",
        "The gradient is subtracted in your v.",
        "beta * old - (1 - beta) * gradient",
        "Look at the sign between the two terms of v: an average adds.",
    ),
    _average(
        "beta-minus-one",
        "Your weight of the gradient is β − 1, not 1 − β.",
        "(beta - 1) * gradient + beta * -old",
    ),
    _average(
        "one-plus-beta", "Your gradient's weight is 1 + β.", "beta * old + (1 + beta) * gradient"
    ),
    _average(
        "old-velocity-forgotten",
        "The old v has no part in your new one.",
        "(1 - beta) * gradient",
        "Look at the line that computes v: where does the memory come in?",
    ),
    _average(
        "no-average",
        "Your v is just the gradient: it has no memory.",
        "gradient",
        "Look at the line that computes v: where do the old v and β come in?",
    ),
    _average(
        "velocity-frozen",
        "Your v never takes in the gradient.",
        "old",
        "Look at the line that computes v: where does the gradient come in?",
    ),
    _average(
        "only-old-velocity",
        "Your v only shrinks by β: the gradient never enters.",
        "beta * old",
        "Look at the line that computes v: where does the gradient come in?",
    ),
    _average(
        "gradient-squared",
        "Your v averages the squares of the gradients.",
        "beta * old + (1 - beta) * gradient**2",
        "Squares are for Adam's s; momentum averages the gradients themselves.",
    ),
    _average(
        "average-of-parameters",
        "Your v averages the parameters, not the gradients.",
        "beta * old + (1 - beta) * parameters[key]",
        "Look at the line that computes v: which dict does the second term come from?",
    ),
    _average(
        "beta-fixed",
        "Your v always uses β = 0.9, whatever is asked for.",
        "0.9 * old + (1 - 0.9) * gradient",
        "Is a number, or a variable from outside, in the place of the argument beta?",
    ),
    Misconception(
        "rate-in-average",
        "The learning rate is inside your v, and the step is v itself.",
        "v averages the gradients; the learning rate belongs to the step only.",
        {_AVERAGE: "beta * old + (1 - beta) * learning_rate * gradient", _STEP: "new"},
    ),
    Misconception(
        "other-momentum",
        "You use another form of momentum: v = β·v − α·gradient, and the parameters add v.",
        "It is used elsewhere, but here v is a weighted average and the step is α·v.",
        {_AVERAGE: "beta * old - learning_rate * gradient", _STEP: "-new"},
    ),
    Misconception(
        "other-momentum-subtracted",
        "You use another form of momentum: v = β·v + α·gradient, and the parameters subtract v.",
        "It is used elsewhere, but here v is a weighted average and the step is α·v.",
        {_AVERAGE: "beta * old + learning_rate * gradient", _STEP: "new"},
    ),
)

_STEPS = (
    Misconception(
        "step-before-average",
        "Your step goes along the old v: the parameters move before v is updated.",
        _ORDER,
        {_STEP: "learning_rate * old"},
    ),
    Misconception(
        "step-along-gradient",
        "Your step goes along the gradient, and v is never used.",
        "Look at the line that changes the parameters: momentum steps along v.",
        {_STEP: "learning_rate * gradient"},
    ),
    Misconception(
        "weights-again",
        "Your step multiplies v by 1 − β once more.",
        "The weights are for the average only; the step is α·v.",
        {_STEP: "learning_rate * (1 - beta) * new"},
    ),
    Misconception(
        "look-ahead",
        "Your step looks ahead: it averages v and the gradient a second time.",
        "That is Nesterov's momentum; here the step is α·v.",
        {_STEP: "learning_rate * (beta * new + (1 - beta) * gradient)"},
    ),
    Misconception(
        "velocity-not-stored",
        "The v you return is the old one, though your step is right.",
        "Store the new v under its key, in the dict that you return.",
        {_STORE: "pass"},
    ),
    Misconception(
        "velocity-overwritten-by-step",
        "The v you return is the step: it has the learning rate in it.",
        "Keep the step in a variable of its own.",
        {_STORE: 'v["d" + key] = learning_rate * new'},
    ),
    Misconception(
        "velocity-overwritten-by-gradient",
        "The v you return is the gradient.",
        "Look at where v is stored: the new average belongs there.",
        {_STORE: 'v["d" + key] = gradient'},
    ),
    Misconception(
        "velocity-under-other-keys",
        "The new v is stored under the keys of the parameters.",
        "The keys of v are those of the gradients: dW1, db1, and so on.",
        {_STORE: "v[key] = new"},
    ),
    Misconception(
        "velocity-not-returned",
        "You return the parameters and leave out v.",
        "Look at the `return` line: the next step needs v too.",
        {"return parameters, v": "return parameters"},
    ),
    Misconception(
        "results-exchanged",
        "You return v before the parameters.",
        "Look at the order of the `return` line.",
        {"return parameters, v": "return v, parameters"},
    ),
)

MOMENTUM = Catalogue(
    SOLUTION,
    (
        *_AVERAGES,
        *_STEPS,
        *step_entries("new"),
        *loop_entries("parameters, v"),
        *layers_from_zero("W0", "dW0"),
    ),
)
