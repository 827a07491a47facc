"""What a child says is taken for an answer, or the child for lost: nothing it sends raises here."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.assignment.exercise import Answer, Call
from autograder.sandbox import wire
from autograder.sandbox.asking import CellRun, Child, ChildLost, make_request, most_beside
from autograder.sandbox.inside.noticing import NETWORK

# How long it takes to draw a message is the machine's business.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


@contextmanager
def child_that_says(messages):
    """Give a child that goes on sending: not all of it goes into the socket at once."""
    ours, theirs = socket.socketpair()

    def say():
        with suppress(wire.WireError, OSError):
            for message in messages:
                wire.send(theirs, message, deadline=None, bounds=wire.JOB)

    saying = threading.Thread(target=say)
    with theirs:
        with ours:
            saying.start()
            yield Child(ours)
        saying.join()


@unhurried
@given(anything | replies)
def test_any_reply_is_an_answer_or_a_lost_child(message):
    with suppress(ChildLost), child_that_said(message) as child:
        assert isinstance(child._answer(REQUEST), Answer)


@unhurried
@given(anything | cells)
def test_any_reply_to_a_cell_is_an_outcome_or_a_lost_child(message):
    with suppress(ChildLost), child_that_said(message) as child:
        assert all(isinstance(run, CellRun) for run in child.run([("1", 1.0)]))


def test_only_our_own_sentences_are_noticed():
    with child_that_said((1, "returned", "", 3, ["he is a cheat", NETWORK])) as child:
        assert child._answer(REQUEST).value == 3
    assert list(child.noticed) == [NETWORK]


def test_an_answer_of_far_more_parts_than_the_right_one_is_not_read():
    asked = replace(REQUEST, most=most_beside({"W1": np.zeros(3)}))
    with child_that_said((1, "returned", "", [[n] for n in range(900)], [])) as child:
        assert child._answer(asked).status == "unsendable"
    with child_that_said((1, "returned", "", [[n] for n in range(90)], [])) as child:
        assert len(child._answer(asked).value) == 90


ODD = {
    "a status of another kind": (1, "passed", "", 3, []),
    "a status that is none": (1, None, "", 3, []),
    "a status in a list": (1, ["returned"], "", 3, []),
    "a reason of references": (1, "raised", [np.zeros(1000)] * 300, None, []),
    "a reason that is none": (1, "returned", None, 3, []),
    "a value beside an error": (1, "raised", "stopped", 3, []),
    "noticed in a tuple": (1, "returned", "", 3, ()),
    "noticed a number": (1, "returned", "", 3, [1]),
    "noticed too much": (1, "returned", "", 3, [NETWORK] * 100),
    "too few fields": (1, "returned", "", 3),
    "too many fields": (1, "returned", "", 3, [], None),
    "a list": [1, "returned", "", 3, []],
    "a number of another kind": (1.0, "returned", "", 3, []),
}


@pytest.mark.parametrize("reply", ODD.values(), ids=ODD)
def test_a_reply_with_an_odd_field_loses_the_child(reply):
    with pytest.raises(ChildLost, match="is no answer"), child_that_said(reply) as child:
        child._answer(REQUEST)


STREAM = {"output_type": "stream", "name": "stdout", "text": "1"}
ERROR = {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["1"]}
SHOWN = {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}}
ODD_OUTPUTS = {
    "no dict": ["1"],
    "no list": STREAM,
    "a type that cannot be hashed": [STREAM | {"output_type": ["stream"]}],
    "a type of another kind": [STREAM | {"output_type": "update_display_data"}],
    "no type": [{"name": "stdout", "text": "1"}],
    "a text of references": [STREAM | {"text": [np.zeros(9)] * 300}],
    "a field too many": [STREAM | {"data": {}}],
    "a traceback in one text": [ERROR | {"traceback": "1"}],
    "a traceback of numbers": [ERROR | {"traceback": [1]}],
    "data in a list": [SHOWN | {"data": []}],
    "a form that holds code": [SHOWN | {"data": {"text/html": "1"}}],
    "a form that is a number": [SHOWN | {"data": {1: "1"}}],
    "data that is no text": [SHOWN | {"data": {"text/plain": 1}}],
    "metadata that say something": [SHOWN | {"metadata": {"x": 1}}],
}


@pytest.mark.parametrize("outputs", ODD_OUTPUTS.values(), ids=ODD_OUTPUTS)
def test_an_odd_output_loses_the_child(outputs):
    reply = (0, "ok", outputs, 1, 0, [])
    with pytest.raises(ChildLost, match="is no answer"), child_that_said(reply) as child:
        list(child.run([("1", 1.0)]))


def test_the_outputs_of_our_shell_are_outputs():
    with child_that_said((0, "error", [STREAM, ERROR, SHOWN], 1, 2, [])) as child:
        (run,) = child.run([("1", 1.0)])
    assert run == CellRun("error", [STREAM, ERROR, SHOWN], 1, line=2, budget=1.0)


def test_more_outputs_than_the_shell_keeps_lose_the_child():
    replies = [(n, "ok", [STREAM | {"text": "x" * 3_000_000}], 1, 0, []) for n in range(2)]
    with pytest.raises(ChildLost, match="is no answer"), child_that_says(replies) as child:
        list(child.run([("1", 60.0)] * 2))


def test_answers_that_are_too_large_together_lose_the_child():
    requests = [make_request(n, "f", Call(()), 60.0) for n in range(1, 20)]
    replies = [(n, "returned", "", np.zeros(1 << 20), []) for n in range(1, 20)]
    with pytest.raises(ChildLost, match="too large together"), child_that_says(replies) as child:
        for _answer in child.ask_all(requests):
            pass


def test_answers_that_come_together_are_told_apart():
    first, second = ((1, "returned", "", value, []) for value in (3, np.arange(4.0)))
    with child_that_said(first, second) as child:
        assert child._answer(REQUEST).value == 3
        np.testing.assert_array_equal(child._answer(REQUEST).value, np.arange(4.0))


@pytest.mark.parametrize("number", [0, 2, -1, 2**40], ids=repr)
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
    ("size", "remembered"), [(1 << 10, True), (1 << 15, True), (1 << 17, False)], ids=str
)
def test_an_answer_is_remembered_if_it_is_not_too_large(size, remembered):
    answers = []
    for _student in range(2):
        with child_that_says([(1, "returned", "", np.zeros(size), [])]) as child:
            answers.append(child._answer(REQUEST))
    assert (answers[0] is answers[1]) is remembered


@pytest.mark.parametrize(("value", "same"), [(3, True), (4, False)], ids=str)
def test_a_digest_tells_answers_apart_that_are_not_remembered(value, same):
    digests = set()
    for last in (3, value):
        reply = (1, "returned", "", {"W1": np.zeros(1 << 17), "more": last}, [])
        with child_that_says([reply]) as child:
            digests.add(child._answer(REQUEST).identity)
    assert (len(digests) == 1) is same


def test_what_is_remembered_is_no_answer_to_another_question():
    reply = (1, "returned", "", 3, [NETWORK])
    with child_that_said(reply) as child:
        child._answer(REQUEST)
    other = make_request(2, "initialize_adam", Call(()), 1.0)
    with pytest.raises(ChildLost, match="nobody asked for"), child_that_said(reply) as child:
        child._answer(other)
    assert list(child.noticed) == [NETWORK]
