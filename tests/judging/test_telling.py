"""What is told of an answer holds nothing that the answer could have written itself."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.exercise import Answer, Call
from autograder.authoring.reference import load_reference
from autograder.judging.judge import judge
from autograder.judging.questions import Questions, answer_questions, draw_questions
from autograder.judging.telling import Line, Texts, located, why_not
from tests.conftest import NAME
from tests.support.assignments import load
from workbook.plain import Opaque

CARRIED = "Carried81237"
GD, VELOCITY = "update_parameters_with_gd", "initialize_velocity"
SOURCES = ["import numpy as np", "def f(x):\n    raise ValueError(str(x))"]


@pytest.fixture(scope="module")
def questions(repo) -> Questions:
    assignment = load(NAME)
    reference = load_reference(repo, assignment)

    def ask(name: str, call: Call) -> Answer:
        return Answer("returned", call.put_to(reference[name]))

    return answer_questions(assignment, draw_questions(assignment, 1), ask)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        pytest.param(f"stopped with ValueError: {CARRIED}", "stopped with ValueError", id="text"),
        pytest.param(f"stopped with {CARRIED}: x", "stopped with an error", id="the type"),
        pytest.param("stopped with LinAlgError: 81237", "stopped with LinAlgError", id="numpy's"),
        pytest.param(f"stopped with KeyError {CARRIED}", "stopped with KeyError", id="no colon"),
        pytest.param(CARRIED, "stopped with an error", id="anything"),
    ],
)
def test_an_error_is_told_by_its_type(reason, told):
    assert why_not(Answer("raised", reason=reason)) == told


@pytest.mark.parametrize("status", ["todo", "missing", "unsendable", "raised", "81237", ""])
def test_no_status_has_words_of_its_own(status):
    for value in (None, CARRIED, (CARRIED, 1), [1, 2]):
        assert "81237" not in why_not(located(Answer(status, value, CARRIED), Texts(SOURCES)))


def test_the_line_is_the_notebooks_own():
    answer = located(
        Answer("raised", (1, 2), f"stopped with ValueError: {CARRIED}"), Texts(SOURCES)
    )
    assert why_not(answer) == "stopped with ValueError in `raise ValueError(str(x))`"
    assert answer is located(Answer("raised", (1, 2), answer.reason), Texts(SOURCES))


@pytest.mark.parametrize(
    "place",
    [None, (5, 1), (0, 7), (-1, 1), (0, 0), (1, -1), (True, 1), ("x", 1), (0,), Line(CARRIED)],
)
def test_a_place_that_is_none_is_no_line(place):
    answer = located(Answer("raised", place, "stopped with KeyError"), Texts(SOURCES))
    assert why_not(answer) == "stopped with KeyError"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({CARRIED: np.zeros(1)}, id="a key"),
        pytest.param({"W1": np.zeros((2, 2)), 81237: {CARRIED: 1}}, id="a whole number as a key"),
        pytest.param({"W1": {CARRIED: 1}}, id="a key further in"),
        pytest.param([{CARRIED: 1}] * 3, id="keys in a list"),
        pytest.param(Opaque(CARRIED), id="a type"),
        pytest.param({"W1": Opaque(CARRIED)}, id="a type in a dict"),
        pytest.param({"W1": np.zeros((0, 81237))}, id="a size"),
        pytest.param(np.zeros((0, 81237, 3)), id="a size alone"),
        pytest.param(tuple([0] * 81237), id="how many"),
        pytest.param(CARRIED, id="a text"),
    ],
)
@pytest.mark.parametrize("exercise_id", [GD, VELOCITY, "random_mini_batches", "initialize_adam"])
def test_a_wrong_answer_tells_nothing_that_it_chose(exercise_id, value, questions):
    exercise = load(NAME).exercise(exercise_id)
    for question in questions[exercise_id]:
        if question.case.known:
            continue
        message = judge(exercise, question, Answer("returned", value)).message
        assert message
        assert "81237" not in message and CARRIED not in message, message
        assert not {"81", "237"} & set(message.split()), message


def test_keys_that_anyone_would_expect_are_named(questions):
    answer = Answer("returned", {"b1": np.zeros(1), "W0": np.zeros(1), "W9": np.zeros(1)})
    exercise = load(NAME).exercise(GD)
    documented, hidden = questions[GD][:2]
    assert "The keys you have: W0, b1, …." in judge(exercise, hidden, answer).message
    assert "The keys you have: b1, W0, W9." in judge(exercise, documented, answer).message


ERROR = Answer("raised", Line("x = y"), "stopped with Odd: first\n  second")


def test_an_error_of_the_documented_call_is_told_with_all_that_it_says(questions):
    exercise = load(NAME).exercise(GD)
    documented, hidden = (judge(exercise, q, ERROR).message for q in questions[GD][:2])
    assert documented == "Your function stopped with Odd in `x = y`: first second."
    assert hidden == "Your function stopped with an error in `x = y`."


@pytest.mark.parametrize(
    "answer",
    [
        Answer("raised", None, f"stopped with ValueError: {'x' * 100_000}"),
        Answer("returned", Opaque("x" * 100_000)),
    ],
    ids=["an error", "a type"],
)
def test_what_is_told_in_full_has_a_length(answer, questions):
    message = judge(load(NAME).exercise(GD), questions[GD][0], answer).message
    assert "x" * 9 in message and len(message) < 600


def test_a_cell_is_taken_apart_once_for_all_its_lines():
    class Counting(str):
        splits = 0

        def split(self, *given):
            Counting.splits += 1
            return super().split(*given)

        def __str__(self):
            return self

    texts = Texts([Counting("a = 1\nb = 2")])
    assert [texts.line(0, number) for number in (0, 1, 2, 3)] == ["", "a = 1", "b = 2", ""]
    assert Counting.splits == 1
