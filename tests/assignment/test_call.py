"""A call is put to a function in the same way wherever it is put."""

from __future__ import annotations

from autograder.assignment.exercise import Call
from autograder.sandbox.inside.programs import play

TWICE = "def play(function, *arguments):\n    return [function(*arguments), function(*arguments)]\n"


def add(x, y):
    return x + y


def test_a_program_calls_the_function_as_it_likes():
    call = Call((1, 2), program=TWICE)
    assert call.put_to(add) == [3, 3] == play(call.program, add, call.arguments)


def test_arguments_are_shown_as_they_were_afterwards():
    call = Call(([2, 1],), shows_arguments=True)
    assert call.put_to(list.sort) == [None, ([1, 2],), []]
