"""Misconceptions about the last lines of an update, which three functions share."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

SUBTRACTION = "= parameters[key] - step"
GRADIENT = 'grads["d" + key]'
_RULE = "Look at the line that changes the parameters and compare it with the rule, term by term."
# Stands for the name of what the learning rate is multiplied with.
DIRECTION = "<direction>"
STEP = f"learning_rate * {DIRECTION}"

_ENTRIES = (
    Misconception(
        "step-added",
        "Your parameters move uphill: the step is added.",
        "Look at the sign in the line that changes the parameters: a descent subtracts.",
        {SUBTRACTION: "= parameters[key] + step"},
    ),
    Misconception(
        "rate-forgotten",
        "Your step does not use the learning rate.",
        "Look at the step: how far it goes is for the learning rate to say.",
        {STEP: DIRECTION},
    ),
    Misconception(
        "rate-squared",
        "Your step uses the learning rate twice.",
        "Look for two places that multiply by the learning rate; one is enough.",
        {STEP: f"learning_rate**2 * {DIRECTION}"},
    ),
    Misconception(
        "rate-divides",
        "Your step is divided by the learning rate.",
        "A larger learning rate makes a larger step: multiply.",
        {STEP: f"{DIRECTION} / learning_rate"},
    ),
    Misconception(
        "rate-fixed",
        "Your step always uses a learning rate of 0.01, whatever is asked for.",
        "Is a number, or a variable from outside, in the place of the argument learning_rate?",
        {STEP: f"0.01 * {DIRECTION}"},
    ),
    Misconception(
        "rate-on-parameters",
        "The learning rate multiplies your parameters, not the step.",
        f"{_RULE} The learning rate belongs to the step.",
        {STEP: DIRECTION, SUBTRACTION: "= learning_rate * parameters[key] - step"},
    ),
    Misconception(
        "rate-on-both",
        "The learning rate multiplies the whole difference, parameters included.",
        f"{_RULE} Look at the brackets.",
        {STEP: DIRECTION, SUBTRACTION: "= learning_rate * (parameters[key] - step)"},
    ),
    Misconception(
        "rate-added",
        "The learning rate is added where it should multiply.",
        _RULE,
        {STEP: f"learning_rate + {DIRECTION}"},
    ),
    Misconception(
        "step-twice",
        "Your step is taken twice.",
        "Is there a second loop, or a second line, that changes the same parameters?",
        {SUBTRACTION: "= parameters[key] - 2 * step"},
    ),
    Misconception(
        "step-kept",
        "Your parameters are replaced by the step itself.",
        "A step starts somewhere: subtract it from the old parameter.",
        {SUBTRACTION: "= step"},
    ),
    Misconception(
        "step-kept-negative",
        "Your parameters are replaced by the step itself, with a minus.",
        "A step starts somewhere: subtract it from the old parameter.",
        {SUBTRACTION: "= -step"},
    ),
    Misconception(
        "difference-reversed",
        "Your difference is the wrong way round: step minus parameter.",
        _RULE,
        {SUBTRACTION: "= step - parameters[key]"},
    ),
    Misconception(
        "step-multiplied",
        "Your parameters are multiplied by the step.",
        _RULE,
        {SUBTRACTION: "= parameters[key] * step"},
    ),
    Misconception(
        "parameters-unchanged",
        "The parameters you return have not moved.",
        "Is the new value stored under its key, and in the dict that you return?",
        {SUBTRACTION: "= parameters[key]"},
    ),
    Misconception(
        "gradients-exchanged",
        "You use db for W and dW for b.",
        "Look at the keys: dW1 belongs to W1, and db1 to b1.",
        {GRADIENT: 'grads["d" + ("b" if kind == "W" else "W") + str(l)]'},
    ),
    Misconception(
        "db-for-both",
        "You use db for W as well; broadcasting hides that its shape is another.",
        "Look at the keys: dW1 belongs to W1.",
        {GRADIENT: 'grads["db" + str(l)]'},
    ),
    Misconception(
        "dW-for-both",
        "You use dW for b as well; broadcasting gives b a wrong shape.",
        "Look at the keys: db1 belongs to b1.",
        {GRADIENT: 'grads["dW" + str(l)]'},
    ),
    Misconception(
        "first-gradient-for-all",
        "You use the gradients of layer 1 for every layer.",
        "Look at the keys of grads inside the loop: do they change with the layer?",
        {GRADIENT: 'grads["d" + kind + "1"]'},
    ),
    Misconception(
        "gradient-key-without-d",
        "You look up the gradients by the keys of the parameters: W1, not dW1.",
        "The keys of grads are dW1, db1, and so on.",
        {GRADIENT: "grads[key]"},
    ),
    Misconception(
        "argument-renamed",
        "Your function uses a name `parameters` that is not one of its own.",
        "Use the arguments under the names of the `def` line, none from outside.",
        {"parameters, grads,": "params, grads,"},
    ),
)


def step_entries(direction: str) -> tuple[Misconception, ...]:
    """Return the entries for a solution whose step is the learning rate times `direction`."""
    return tuple(entry.with_name(DIRECTION, direction) for entry in _ENTRIES)
