"""What Gradescope shows a student, `results.json`: a test for each exercise."""

from __future__ import annotations

import json
from typing import Any

from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.course import Course
from autograder.feedback.writing import page_path
from autograder.files import write_private
from autograder.gradebook.released import column_of, maximal_points
from autograder.gradebook.status import Result, Status, read_results

NAME = "results.json"
# All of it is for the student: where anything is hidden, Gradescope hides the total too.
VISIBILITY = "visible"


def write_results(course: Course, name: str, student: str | None = None) -> int:
    """Write the file of each student who has a mark, or of one; return how many there are."""
    points, count = maximal_points(course, name), 0
    for result in read_results(course, name).values():
        if result.mark and student in (None, result.student):
            path = page_path(course, name, result.student).with_name(NAME)
            write_private(path, json.dumps(results(result, points), indent=2, ensure_ascii=False))
            count += 1
    return count


def results(result: Result, points: dict[str, float]) -> dict[str, Any]:
    """Return what Gradescope reads of one hand-in.

    Where a person has to look there is no score: Gradescope waits for one.
    """
    told: dict[str, Any] = {
        "visibility": VISIBILITY,
        "stdout_visibility": "hidden",
        "output": _head(result),
        "output_format": "text",
        "tests": [],
        "extra_data": {"status": str(result.status)},
    }
    if result.mark and result.status is Status.GRADED:
        told["score"] = round(result.mark.total, 5)
    exercises = _exercises(result, points)
    for number, cell in enumerate(points, start=1):
        told["tests"].append(_test(result, cell, points[cell], number, exercises.get(cell)))
    return told


def final(told: dict[str, Any]) -> dict[str, Any]:
    """Return results with a score, without which Gradescope takes the autograder for broken.

    One that a person has still to complete is hidden from the student, by a hidden test.
    """
    if "score" in told:
        return told
    earned = sum(test.get("score", 0.0) for test in told["tests"])
    if told["extra_data"]["status"] == Status.WAITING:
        waits = {"name": "A person has to look", "visibility": "hidden", "status": "failed"}
        told = told | {"tests": [*told["tests"], waits]}
    return told | {"score": round(earned, 5)}


def _head(result: Result) -> str:
    if result.status is Status.REFUSED:
        return f"Your hand-in could not be read: {result.refused}."
    if result.status is Status.WAITING:
        return "A person still has to look at your hand-in: it has no mark yet."
    taken = result.mark.penalty if result.mark else 0
    return f"It was late: {taken:g} points are taken off." if taken else ""


def _exercises(result: Result, points: dict[str, float]) -> dict[str, ExerciseVerdict]:
    if result.verdict is None:
        return {}
    parts = result.verdict.on_each
    count = len(parts)
    return {
        column_of(part.notebook, one.exercise_id, count): one
        for part in parts
        for one in part.exercises
    }


def _test(
    result: Result, cell: str, worth: float, number: int, verdict: ExerciseVerdict | None
) -> dict[str, Any]:
    assert result.mark is not None  # only who has a mark is told of
    test: dict[str, Any] = {
        "name": cell,
        "number": str(number),
        "max_score": worth,
        "visibility": VISIBILITY,
        "output": _output(verdict),
        "output_format": "text",
    }
    if cell in result.mark.waiting:
        test["output"] = "A person has to look at this exercise: it has no points yet."
        return test
    earned = result.mark.points.get(cell, 0.0)
    return test | {"score": round(earned, 5), "status": _status(earned, worth)}


def _status(earned: float, worth: float) -> str:
    return "passed" if earned >= worth - 1e-6 else "failed"


def _output(verdict: ExerciseVerdict | None) -> str:
    """Return what failed, in the words of the student's page, and how many cases passed."""
    if verdict is None:
        return ""
    lines = [f"{sum(map(_passed, verdict.cases))} of {len(verdict.cases)} cases passed."]
    if verdict.obstacle:
        lines += [verdict.obstacle.what, verdict.obstacle.next_step]
    lines += [f"{one.done} {one.look}" for one in verdict.diagnoses]
    lines += [_failed(case) for case in verdict.cases if case.outcome is Outcome.FAILED]
    return "\n".join(filter(None, lines))


def _passed(case: CaseVerdict) -> bool:
    return case.outcome is Outcome.PASSED


def _failed(case: CaseVerdict) -> str:
    return " ".join(filter(None, (f"{case.name}:", case.message, case.hint)))
