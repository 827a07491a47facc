"""What a child says is taken for an answer, or the child for lost: nothing it sends raises here."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.assignment.exercise import Answer, Call
from autograder.sandbox import wire
from autograder.sandbox.asking import CellRun, Child, ChildLost, make_request
from autograder.sandbox.noticing import NETWORK

REQUEST = make_request(1, "initialize_adam", Call(({"W1": np.ones(2)},)), 1.0)

leaves = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.just(np.zeros(2))
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.lists(inner, max_size=6).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
# The right number of parts, so that the parts themselves are looked at.
replies = st.tuples(st.just(1) | anything, *[anything] * 4)
cells = st.tuples(st.just(0) | anything, *[anything] * 4)


@contextmanager
def child_that_said(*messages):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for message in messages:
            wire.send(theirs, message, deadline=None)
        yield Child(ours)


@given(anything | replies)
def test_any_reply_is_an_answer_or_a_lost_child(message):
    with suppress(ChildLost), child_that_said(message) as child:
        assert isinstance(child._answer(REQUEST), Answer)


@given(anything | cells)
def test_any_reply_to_a_cell_is_an_outcome_or_a_lost_child(message):
    with suppress(ChildLost), child_that_said(message) as child:
        assert all(isinstance(run, CellRun) for run in child.run([("1", 1.0)]))


def test_only_our_own_sentences_are_noticed():
    odd = [[], {}, None, 1, np.zeros(2), "he is a cheat", NETWORK]
    with child_that_said((1, "returned", "", 3, odd)) as child:
        assert child._answer(REQUEST).value == 3
    assert list(child.noticed) == [NETWORK]


def test_answers_that_come_together_are_told_apart():
    first, second = ((1, "returned", "", value, []) for value in (3, np.arange(4.0)))
    with child_that_said(first, second) as child:
        assert child._answer(REQUEST).value == 3
        np.testing.assert_array_equal(child._answer(REQUEST).value, np.arange(4.0))


@pytest.mark.parametrize("number", [0, 2, None, "1", np.ones(2)], ids=repr)
def test_an_answer_to_another_question_loses_the_child(number):
    reply = (number, "returned", "", 3, [])
    with pytest.raises(ChildLost, match="nobody asked for"), child_that_said(reply) as child:
        child._answer(REQUEST)


def test_the_same_answer_is_the_same_object_and_nobody_may_change_it():
    reply = (1, "returned", "", {"W1": np.arange(4.0)}, [])
    answers = []
    for _student in range(2):
        with child_that_said(reply) as child:
            answers.append(child._answer(REQUEST))
    assert answers[0] is answers[1]
    with pytest.raises(ValueError, match="read-only"):
        answers[0].value["W1"] += 1


@pytest.mark.parametrize(
    ("size", "remembered"), [(1 << 10, True), (1 << 13, True), (1 << 14, False)], ids=str
)
def test_an_answer_is_remembered_if_it_is_not_too_large(size, remembered):
    answers = []
    for _student in range(2):
        with child_that_said((1, "returned", "", np.zeros(size), [])) as child:
            answers.append(child._answer(REQUEST))
    assert (answers[0] is answers[1]) is remembered


def test_what_is_remembered_is_no_answer_to_another_question():
    reply = (1, "returned", "", 3, [NETWORK])
    with child_that_said(reply) as child:
        child._answer(REQUEST)
    other = make_request(2, "initialize_adam", Call(()), 1.0)
    with pytest.raises(ChildLost, match="nobody asked for"), child_that_said(reply) as child:
        child._answer(other)
    assert list(child.noticed) == [NETWORK]
