"""Finding the rule that some numbers follow."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.statements import Link
from autograder.judging.expressions import evaluate, parse, written
from autograder.judging.variants import exactly, fitting_rule

LINK = Link(
    "new",
    "your new",
    "b * old + (1 - b) * g**2",
    ("old", "g"),
    ("b", "c"),
    {"b": ("0.9",)},
    ("c", "1 - b"),
)


@pytest.fixture
def numbers():
    rng = np.random.default_rng(4)
    return {name: rng.uniform(0.2, 3, 40) for name in LINK.names}


@pytest.mark.parametrize(
    "text",
    [
        "b * old + (1 - b) * g**2",
        "a - (b - c)",
        "a - b - c",
        "(a - b)**2 / (c * d)",
        "a / (b / c)",
        "np.sqrt(a + 1) * 2",
        "(a**b)**c",
        "a**b**c",
        "a**(1 - b)",
    ],
)
def test_what_is_written_is_what_was_read(text):
    assert written(parse(text)) == text


def test_what_has_no_place_in_a_rule_raises():
    with pytest.raises(ValueError, match="no place"):
        parse("[a]")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param("old + (1 - b) * g**2", "old + (1 - b) * g**2", id="a factor left out"),
        pytest.param("b * old + (1 - c) * g**2", "b * old + (1 - c) * g**2", id="another name"),
        pytest.param("b * old - (1 - b) * g**2", "b * old + (b - 1) * g**2", id="an equal rule"),
        pytest.param("0.9 * old + (1 - b) * g**2", "0.9 * old + (1 - b) * g**2", id="a number"),
        pytest.param("b * old + ((1 - b) * g)**2", "b * old + ((1 - b) * g)**2", id="brackets"),
        pytest.param("(1 - b) * old + (1 - c) * g**2", None, id="two edits"),
        pytest.param("old + g**2", "old + g**2", id="two operands left out"),
        pytest.param("np.sin(old)", "", id="nothing near"),
        pytest.param(LINK.rule, "", id="the right rule"),
    ],
)
def test_the_rule_is_found(rule, expected, numbers):
    own = np.sin(numbers["old"]) if "sin" in rule else evaluate(parse(rule), numbers)
    found = fitting_rule(LINK, numbers, own, exactly(own))
    if expected is None:
        assert np.allclose(evaluate(parse(found), numbers), own, rtol=1e-9)
    else:
        assert found == expected


def test_infinity_is_given_or_the_rule_does_not_fit(numbers):
    numbers["g"][3] = 0
    with np.errstate(divide="ignore", invalid="ignore"):
        own = numbers["b"] * numbers["old"] + (1 - numbers["b"]) / numbers["g"] ** 2
        assert fitting_rule(LINK, numbers, own, exactly(own)) == "b * old + (1 - b) / g**2"
        own[3] = 7
        assert fitting_rule(LINK, numbers, own, exactly(own)) == ""


def test_one_number_that_does_not_follow_refutes_a_rule(numbers):
    own = numbers["old"] + (1 - numbers["b"]) * numbers["g"] ** 2
    own[7] *= 1 + 1e-6
    assert fitting_rule(LINK, numbers, own, exactly(own)) == ""


def test_a_number_that_is_known_less_well_must_only_come_near(numbers):
    own = numbers["old"] + (1 - numbers["b"]) * numbers["g"] ** 2
    near = exactly(own)
    own[7], near[7] = own[7] * (1 + 1e-6), 1e-4
    assert fitting_rule(LINK, numbers, own, near) == "old + (1 - b) * g**2"
