"""Grade a class through nbgrader's own autograde, one student at a time.

nbgrader stops a whole batch at the first notebook it cannot read; asked for each student by
itself, it cannot take the others down.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI

from autograder import exercises
from autograder.course import Course
from autograder.errors import UserError
from autograder.exercise import Assignment
from autograder.gradebook import Mark, is_released, read_marks
from autograder.nbgrader_api import open_api, why_failed
from autograder.submission import Submission, find_submissions, problem_with

Progress = Callable[[str], None]


def grade(course: Course, name: str, progress: Progress, *, force: bool = False) -> list[Mark]:
    """Grade every hand-in of an assignment that is new or has changed; return all marks.

    Parameters
    ----------
    progress : callable
        Told the student whose hand-in has just been dealt with.
    force : bool
        Grade again what is graded already.

    Raises
    ------
    UserError
        If the assignment is unknown, not released, or nobody has handed it in.
    """
    assignment = exercises.load(name)
    submissions = find_submissions(course, name)
    if not is_released(course, name):
        raise UserError(f"{name} is not released yet: run `autograder release {name}` first.")
    api = open_api(course)
    problems = {}
    for submission in submissions:
        problems[submission.student] = _grade_one(course, assignment, submission, api, force)
        progress(submission.student)
    marks = read_marks(course, assignment, list(problems))
    return [
        Mark(student, not_graded=problem) if problem else marks[student]
        for student, problem in problems.items()
    ]


def _grade_one(
    course: Course, assignment: Assignment, submission: Submission, api: NbGraderAPI, force: bool
) -> str:
    """Grade one hand-in unless that is done; return why it could not be graded, if so."""
    if problem := problem_with(submission, assignment):
        return problem
    graded = course.autograded() / submission.student / assignment.name / submission.notebook.name
    if not force and _is_newer(graded, submission.notebook):
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own queries make SQLAlchemy warn
        outcome = api.autograde(assignment.name, submission.student, force=True)
    return "" if outcome["success"] else f"nbgrader failed: {why_failed(outcome)}"


def _is_newer(graded: Path, submitted: Path) -> bool:
    return graded.is_file() and graded.stat().st_mtime >= submitted.stat().st_mtime
