"""The comparison of an answer with the expected one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from workbook.comparison import Tolerance, common_factor, compare, compare_returned, describe

numbers = st.floats(-1e6, 1e6)
some_arrays = arrays(np.float64, array_shapes(min_dims=1, max_dims=2), elements=numbers)
answers = st.recursive(
    some_arrays,
    lambda parts: st.one_of(
        st.dictionaries(st.sampled_from(["W1", "b1", "dW2"]), parts, min_size=1),
        st.lists(parts, min_size=1, max_size=3),
        st.tuples(parts, parts),
    ),
    max_leaves=6,
)
EXPECTED = {"W1": np.array([[1.0, 2.0], [3.0, 4.0]]), "b1": np.array([[1.0], [2.0]])}


class Rude:
    """An object that raises whatever is asked of it, and claims to equal everything."""

    def __eq__(self, other):
        return True

    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __array__(self, *_args, **_kwargs):
        raise RuntimeError("no array")


def problems(answer, expected=EXPECTED, **tolerance):
    findings = compare(answer, expected, "parameters", Tolerance(**tolerance))
    return [finding for finding in findings if not finding.passed]


@given(answers)
def test_every_answer_is_right_when_it_is_expected(answer):
    assert not problems(answer, answer)


@given(some_arrays, st.data())
def test_one_changed_number_is_found(array, data):
    index = data.draw(st.integers(0, array.size - 1))
    changed = array.copy()
    changed.flat[index] += 1 + abs(changed.flat[index])
    (problem,) = problems(changed, array)
    assert problem.problem


@given(answers, answers)
def test_no_pair_of_answers_makes_it_raise(answer, expected):
    for finding in compare(answer, expected, "answer"):
        assert finding.subject.startswith("answer")


@pytest.mark.parametrize(
    ("answer", "subject", "words"),
    [
        pytest.param(None, "parameters", "is None", id="nothing"),
        pytest.param([1, 2], "parameters", "is a list of 2 but should be a dict", id="a list"),
        pytest.param({"W1": EXPECTED["W1"]}, 'parameters["b1"]', "is missing", id="a key missing"),
        pytest.param(
            EXPECTED | {"b1": np.array([1.0, 2.0])},
            'parameters["b1"]',
            "has shape (2,) but should have (2, 1)",
            id="a lost dimension",
        ),
        pytest.param(
            EXPECTED | {"W1": EXPECTED["W1"] * np.nan},
            'parameters["W1"]',
            "holds NaN",
            id="NaN",
        ),
        pytest.param(
            EXPECTED | {"W1": -EXPECTED["W1"]},
            'parameters["W1"]',
            "has every sign the wrong way round",
            id="the other sign",
        ),
        pytest.param(
            EXPECTED | {"W1": 10 * EXPECTED["W1"]},
            'parameters["W1"]',
            "is 10 times what it should be, in every number",
            id="a factor",
        ),
        pytest.param(
            EXPECTED | {"b1": np.array([[1.0], [5.0]])},
            'parameters["b1"]',
            "differs in 1 of its 2 numbers",
            id="one wrong number",
        ),
        pytest.param(
            EXPECTED | {"b1": np.array([[True], [False]])},
            'parameters["b1"]',
            "holds bool values but should hold real numbers",
            id="truth values",
        ),
        pytest.param(
            EXPECTED | {"b1": np.array([["1"], ["2"]])},
            'parameters["b1"]',
            "is an array of shape (2, 1) but should be an array of numbers",
            id="text",
        ),
        pytest.param(
            EXPECTED | {"b1": Rude()},
            'parameters["b1"]',
            "is a Rude but should be an array of numbers",
            id="an object that lies",
        ),
    ],
)
def test_what_is_wrong_is_named(answer, subject, words):
    (problem,) = problems(answer)
    assert (problem.subject, problem.problem) == (subject, words)


def looks(answer, expected=EXPECTED, **tolerance):
    return [finding.look for finding in problems(answer, expected, **tolerance)]


@pytest.mark.parametrize("part", ["parameters", "W1"])
def test_what_is_left_none_is_not_filled_in(part):
    answer = None if part == "parameters" else EXPECTED | {part: None}
    assert looks(answer) == ["You have not filled this in: it still has the value None."]


def test_a_placeholder_is_told_in_what_was_returned():
    (problem,) = [f for f in compare_returned({"v": None}, {"v": {"v": EXPECTED["W1"]}}) if f.look]
    assert (problem.subject, problem.problem) == ('v["v"]', "is None")


@pytest.mark.parametrize(
    ("values", "problem", "words"),
    [
        pytest.param([np.nan, 1], "holds NaN", "root of a negative number", id="a root"),
        pytest.param([np.inf, 1], "holds infinity", "divided by 0?", id="divided by 0"),
        pytest.param([np.inf, np.nan], "holds NaN and infinity", "root of a", id="both"),
    ],
)
def test_what_is_not_finite_is_told_apart(values, problem, words):
    (found,) = problems(EXPECTED | {"b1": np.array(values).reshape(2, 1)})
    assert found.problem == problem
    assert words in found.look


@pytest.mark.parametrize("digit", [4, 5, 6])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_factor_that_rounds_to_1_is_told_as_a_digit(digit, sign):
    factor = 1 + sign * 3 * 10.0 ** (1 - digit) / 10
    (problem,) = problems(EXPECTED | {"W1": factor * EXPECTED["W1"]}, relative=1e-7)
    assert problem.problem == f"differs in 4 of its 4 numbers, from digit {digit} on"


@given(st.floats(1e-7, 0.3), st.integers(0, 3))
def test_no_factor_is_told_that_is_not_exact(away, place):
    array = 3 * EXPECTED["W1"]
    array.flat[place] *= 1 + away
    (problem,) = problems(EXPECTED | {"W1": array})
    assert "times" not in problem.problem


@given(st.floats(0.5, 1.5).filter(lambda factor: abs(factor - 1) > 1e-5))
def test_a_number_is_never_called_1_times_what_it_should_be(factor):
    (problem,) = problems(EXPECTED | {"W1": factor * EXPECTED["W1"]})
    assert "is 1 times" not in problem.problem


class Opaque:
    """Stands for what could not be sent, as on the wire."""

    def __init__(self, kind):
        self.kind = kind


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Opaque("Tensor"), "a Tensor"),
        (Opaque("OrderedDict"), "an OrderedDict"),
        (Opaque("UserDict"), "a UserDict"),
        (Opaque("Index"), "an Index"),
        (Opaque("dict"), "a dict whose keys are no texts"),
        (Opaque("ndarray"), "an array of something else than numbers"),
        (object(), "an object"),
        (1.5, "a float"),
        (3, "an int"),
    ],
)
def test_a_type_is_told_by_its_own_name_and_the_right_article(value, words):
    assert describe(value) == words


def test_extra_keys_are_allowed():
    assert not problems(EXPECTED | {"cache": "mine"})


def test_nan_is_never_right_even_where_nan_is_expected():
    nothing = np.array([[np.nan]])
    assert problems(nothing, nothing)


def test_the_tolerance_decides():
    almost = EXPECTED | {"W1": EXPECTED["W1"] * (1 + 1e-5)}
    assert problems(almost)
    assert not problems(almost, relative=1e-4)


@pytest.mark.parametrize("returned", [None, {}, (1, 2, 3), Rude()], ids=type)
def test_a_wrong_number_of_results_is_one_finding(returned):
    (finding,) = compare_returned(returned, {"parameters": EXPECTED, "v": EXPECTED})
    assert not finding.passed


@given(some_arrays.filter(lambda array: array.size > 1 and np.abs(array).max() > 1), numbers)
def test_a_common_factor_is_recognised(array, factor):
    assert common_factor(factor * array, array) == pytest.approx(factor, rel=1e-4, abs=1e-9)


def test_shown_numbers_stay_out_of_the_problem():
    (problem,) = problems(EXPECTED | {"b1": np.array([[1.0], [5.0]])})
    assert problem.came is not None and 5 in problem.came
    assert "5" not in problem.problem + problem.look


def test_of_a_single_number_no_factor_is_told():
    (problem,) = problems({"J": 8.0}, {"J": 4.0})
    assert problem.problem == "is another number than it should be"
