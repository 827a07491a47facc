"""Misconceptions about the approximate slope, which both checks share.

They are written for one of many parameters; `for_one` takes the index away.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.assignment.misconception import Misconception

QUOTIENT = "(J_plus[i] - J_minus[i]) / (2 * epsilon)"
UP, DOWN = "theta[i] + epsilon", "theta[i] - epsilon"
_RULE = "Compare the line of gradapprox with the rule, term by term and bracket by bracket."
_SIDES = "Look at the two places where J is computed: they lie to both sides, ε from θ each."
_CENTRAL = f"{_SIDES} What is between them, and what do you divide by?"

QUOTIENT_ENTRIES = (
    Misconception(
        "one-sided-up",
        "Your slope goes to one side: from J(θ) up to J(θ + ε).",
        _CENTRAL,
        {DOWN: "theta[i]", QUOTIENT: "(J_plus[i] - J_minus[i]) / epsilon"},
    ),
    Misconception(
        "one-sided-down",
        "Your slope goes to one side: from J(θ − ε) up to J(θ).",
        _CENTRAL,
        {UP: "theta[i]", QUOTIENT: "(J_plus[i] - J_minus[i]) / epsilon"},
    ),
    Misconception(
        "one-sided-up-halved",
        "Only θ + ε has moved: your J_minus is J(θ).",
        f"{_SIDES} Are θ + ε and θ − ε each made from θ, as values of their own?",
        {DOWN: "theta[i]"},
    ),
    Misconception(
        "one-sided-down-halved",
        "Only θ − ε has moved: your J_plus is J(θ).",
        _SIDES,
        {UP: "theta[i]"},
    ),
    Misconception(
        "epsilon-once",
        "Your approximate slope is twice too steep: you divide by ε.",
        "How far apart are θ + ε and θ − ε?",
        {QUOTIENT: "(J_plus[i] - J_minus[i]) / epsilon"},
    ),
    Misconception(
        "brackets-below",
        "You divide by 2 and then multiply by ε.",
        f"{_RULE} In `a / 2 * b` the b stands above the bar.",
        {QUOTIENT: "(J_plus[i] - J_minus[i]) / 2 * epsilon"},
    ),
    Misconception(
        "brackets-above",
        "Only J_minus is divided; the brackets around the difference are missing.",
        _RULE,
        {QUOTIENT: "J_plus[i] - J_minus[i] / (2 * epsilon)"},
    ),
    Misconception(
        "not-divided",
        "Your approximate slope is a difference of costs: nothing divides it.",
        _RULE,
        {QUOTIENT: "J_plus[i] - J_minus[i]"},
    ),
    Misconception(
        "divided-by-two",
        "You divide by 2, and ε is left out.",
        _RULE,
        {QUOTIENT: "(J_plus[i] - J_minus[i]) / 2"},
    ),
    Misconception(
        "multiplied",
        "You multiply by 2ε where you should divide.",
        _RULE,
        {QUOTIENT: "(J_plus[i] - J_minus[i]) * (2 * epsilon)"},
    ),
    Misconception(
        "four-epsilon",
        "Your approximate slope is half as steep as it should be.",
        "How far apart are θ + ε and θ − ε? Is something divided by 2 a second time?",
        {QUOTIENT: "(J_plus[i] - J_minus[i]) / (4 * epsilon)"},
    ),
    Misconception(
        "epsilon-squared",
        "You divide by ε twice.",
        _RULE,
        {QUOTIENT: "(J_plus[i] - J_minus[i]) / (2 * epsilon**2)"},
    ),
    Misconception(
        "costs-added",
        "You add the two costs.",
        f"{_RULE} A slope is made of a difference.",
        {QUOTIENT: "(J_plus[i] + J_minus[i]) / (2 * epsilon)"},
    ),
    Misconception(
        "costs-exchanged",
        "Your difference is that of a gradapprox with the wrong sign.",
        "Look at two signs: J_plus less J_minus, and grad less gradapprox.",
        {QUOTIENT: "(J_minus[i] - J_plus[i]) / (2 * epsilon)"},
    ),
    Misconception(
        "both-up",
        "Your J_plus and J_minus are computed at one and the same place.",
        _SIDES,
        {DOWN: "theta[i] + epsilon"},
    ),
    Misconception(
        "half-steps",
        "Your places lie ε/2 from θ.",
        f"{_SIDES} Then 2ε is between them.",
        {
            UP: "theta[i] + epsilon / 2",
            DOWN: "theta[i] - epsilon / 2",
            QUOTIENT: "(J_plus[i] - J_minus[i]) / epsilon",
        },
    ),
    Misconception(
        "double-steps",
        "Your places lie 2ε from θ.",
        _SIDES,
        {UP: "theta[i] + 2 * epsilon", DOWN: "theta[i] - 2 * epsilon"},
    ),
    Misconception(
        "relative-steps",
        "Your steps are ε times θ: they grow with θ.",
        f"{_SIDES} ε is added, not multiplied.",
        {UP: "theta[i] * (1 + epsilon)", DOWN: "theta[i] * (1 - epsilon)"},
    ),
    Misconception(
        "epsilon-fixed",
        "Your check always uses ε = 1e-7, whatever is asked for.",
        "Is a number, or a variable from outside, in the place of the argument epsilon?",
        {"epsilon=1e-7):": "epsilon=1e-7):\n    epsilon = 1e-7"},
    ),
    Misconception(
        "epsilon-without-default",
        "Your function no longer has a default for epsilon.",
        "Keep the `def` line as it was given.",
        {"epsilon=1e-7": "epsilon"},
    ),
)


def for_one(entries: Iterable[Misconception]) -> tuple[Misconception, ...]:
    """Return the entries for a check of a single parameter, which has no index."""
    return tuple(entry.with_name("[i]", "") for entry in entries)
