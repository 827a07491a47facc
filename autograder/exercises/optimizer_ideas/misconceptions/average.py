"""Misconceptions about exponentially weighted averages."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .correction import CORRECTIONS
from .returning import return_entries

_SOLUTION = """
def weighted_average(values, beta, corrected):
    averages = np.zeros(len(values))
    v = 0.0
    for t in range(1, len(values) + 1):
        v = beta * v + (1 - beta) * values[t - 1]
        averages[t - 1] = v
        if corrected:
            averages[t - 1] = v / (1 - beta**t)
    return averages
"""

_UPDATE, _START, _ARRAY = (
    "beta * v + (1 - beta) * values[t - 1]",
    "v = 0.0",
    "np.zeros(len(values))",
)
_CORRECTION, _IF = "v / (1 - beta**t)", "if corrected:"
_TERMS = "Compare the two weights in the line that updates v with the rule."
_KEPT = "Keep v itself for the next step: only what is stored is corrected."

# What stands in place of the update: done, new, where to look.
_UPDATES: Mapping[str, tuple[str, str, str]] = {
    "weights-exchanged": (
        "The two weights are exchanged: 1 − β stands at v, and β at the new value.",
        "(1 - beta) * v + beta * values[t - 1]",
        _TERMS,
    ),
    "weight-of-value-forgotten": (
        "The new value enters with its full weight, without 1 − β.",
        "beta * v + values[t - 1]",
        _TERMS,
    ),
    "weight-of-v-forgotten": (
        "The old average enters with its full weight, without β.",
        "v + (1 - beta) * values[t - 1]",
        _TERMS,
    ),
    "plain-sum": ("Your v is a plain sum, without weights.", "v + values[t - 1]", _TERMS),
    "beta-at-both": (
        "The weight β stands at both terms.",
        "beta * v + beta * values[t - 1]",
        _TERMS,
    ),
    "one-minus-beta-at-both": (
        "The weight 1 − β stands at both terms.",
        "(1 - beta) * v + (1 - beta) * values[t - 1]",
        _TERMS,
    ),
    "one-plus-beta": (
        "The weight of the new value is 1 + β.",
        "beta * v + (1 + beta) * values[t - 1]",
        _TERMS,
    ),
    "value-subtracted": (
        "The new value is subtracted.",
        "beta * v - (1 - beta) * values[t - 1]",
        "Look at the sign between the two terms: an average adds.",
    ),
    "no-memory": (
        "The old average has no part in the new one.",
        "(1 - beta) * values[t - 1]",
        "Look at the line that updates v: where does the old v come in?",
    ),
    "values-squared": (
        "You average the squares of the values.",
        "beta * v + (1 - beta) * values[t - 1] ** 2",
        "Here the values themselves are averaged; squares come with RMSprop.",
    ),
    "values-absolute": (
        "You average the values without their signs.",
        "beta * v + (1 - beta) * abs(values[t - 1])",
        "Use each value as it comes.",
    ),
    "previous-value": (
        "Your averages use the value before the current one.",
        "beta * v + (1 - beta) * (values[t - 2] if t > 1 else 0.0)",
        "Mind the index: the first value is `values[0]`, and it enters the first average.",
    ),
    "backwards": (
        "Your averages go through the values from the last to the first.",
        "beta * v + (1 - beta) * values[-t]",
        "Take in the values in their order.",
    ),
    "last-two-values": (
        "Your averages mix each value with the one before it, and forget all others.",
        "beta * (values[t - 2] if t > 1 else 0.0) + (1 - beta) * values[t - 1]",
        "The weight β belongs to the average so far, not to the value before.",
    ),
    "beta-fixed": (
        "Your β is always 0.9, whatever is asked for.",
        "0.9 * v + (1 - 0.9) * values[t - 1]",
        "Is a number, or a variable from outside, in the place of the argument beta?",
    ),
    "plain-mean": (
        "Your average is the plain mean of the values so far.",
        "v + (values[t - 1] - v) / t",
        "All values weigh the same in yours; the rule lets old ones fade by β at each step.",
    ),
}

AVERAGE = Catalogue(
    _SOLUTION,
    (
        *(Misconception(id_, done, look, {_UPDATE: new})
          for id_, (done, new, look) in _UPDATES.items()),
        *(Misconception(id_, done, look, {_CORRECTION: new})
          for id_, (done, new, look) in CORRECTIONS.items()),
        Misconception(
            "corrected-kept",
            "The corrected average is what your next step goes on with.",
            _KEPT,
            {"averages[t - 1] = v / (1 - beta**t)": "averages[t - 1] = v = v / (1 - beta**t)"},
        ),
        Misconception(
            "never-corrected",
            "Your averages are never corrected.",
            "Look at the argument corrected: when it is True, divide.",
            {_IF: "if False:"},
        ),
        Misconception(
            "always-corrected",
            "Your averages are corrected even where that was not asked for.",
            "Look at the argument corrected: when it is False, leave v as it is.",
            {_IF: "if True:"},
        ),
        Misconception(
            "correction-reversed",
            "You correct where you should not, and do not where you should.",
            "Look at the condition: correct if the argument corrected is True.",
            {_IF: "if not corrected:"},
        ),
        Misconception(
            "only-first-corrected",
            "Only your first average is corrected.",
            "The correction is for every step; it fades by itself as βᵗ does.",
            {_IF: "if corrected and t == 1:"},
        ),
        Misconception(
            "starts-at-first-value",
            "Your average starts at the first value, not at zero.",
            "Start v at zero: that it is too small at first is what the correction is for.",
            {_START: "v = values[0]"},
        ),
        Misconception(
            "starts-at-one",
            "Your average starts at one, not at zero.",
            "Start v at zero.",
            {_START: "v = 1.0"},
        ),
        Misconception(
            "cut-to-whole-numbers",
            "Where the values are whole numbers, so are your averages: the fraction is cut off.",
            "An array made like the values has their kind of number: ask for floats.",
            {_ARRAY: "np.zeros_like(values)"},
        ),
        Misconception(
            "start-included",
            "Your averages begin with the zero of the start: there is one too many.",
            "Return one average for each value.",
            {"    return averages": "    return np.append(0.0, averages)"},
        ),
        Misconception(
            "start-for-last",
            "Your averages begin with the zero of the start, and the last one is missing.",
            "Store the average after it has taken in its value.",
            {"    return averages": "    return np.append(0.0, averages[:-1])"},
        ),
        Misconception(
            "last-alone",
            "You return the last average alone.",
            "Store the average of every step, and return them all.",
            {"    return averages": "    return averages[-1]"},
        ),
        Misconception(
            "list",
            "You return a list, not an array.",
            "Make an array of it: `np.array(...)`.",
            {"    return averages": "    return list(averages)"},
        ),
        Misconception(
            "column",
            "You return a column of averages, of two dimensions.",
            "The averages have one dimension, as the values do.",
            {"    return averages": "    return averages.reshape(-1, 1)"},
        ),
        Misconception(
            "rounded",
            "Your averages are rounded.",
            "Return every digit: rounding is for printing.",
            {"    return averages": "    return np.round(averages, 2)"},
        ),
        Misconception(
            "last-value-left-out",
            "Your loop stops before the last value.",
            "Look at the loop's bounds: Python's range leaves out its end.",
            {"range(1, len(values) + 1)": "range(1, len(values))"},
        ),
        Misconception(
            "returned-in-the-loop",
            "Your function returns after the first value.",
            "Is the `return` inside the loop? It belongs behind it, with less indentation.",
            {"    return averages": "        return averages"},
        ),
        *return_entries("averages", "the array of averages"),
    ),
)  # fmt: skip
