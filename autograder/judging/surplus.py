"""What was returned beyond what was asked for: the first values are judged all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from autograder.assignment.exercise import Answer, Exercise, Question


def without_surplus(exercise: Exercise, question: Question, answer: Answer) -> Answer:
    """Return the answer without what follows the values that are asked for.

    That there is more is named by the first case, and costs that one; the others judge the values.
    """
    value, expected = answer.value, question.expected
    if answer.status != "returned":
        return answer
    if not question.call.shows_arguments:
        kept = _first(exercise, value, expected)
    elif isinstance(value, list) and value:
        kept = [_first(exercise, value[0], expected[0]), *value[1:]]
    else:
        return answer
    return answer if kept is value else replace(answer, value=kept, digest=b"")


def _first(exercise: Exercise, value: Any, expected: Any) -> Any:
    """Return as many values as are asked for, if there are more."""
    count = len(exercise.returns)
    if not isinstance(value, tuple) or len(value) <= count:
        return value
    if count > 1:
        return value[:count]
    return value[0] if isinstance(expected, Mapping) and isinstance(value[0], Mapping) else value
