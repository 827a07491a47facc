"""Apply to marks that stand what has changed since, without running anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import nbformat

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.gradebook.kept import Kept, keep, recall
from autograder.gradebook.nbgrader_api import in_pieces
from autograder.gradebook.reapplying import apply_penalties, write_points
from autograder.gradebook.released import points_of
from autograder.grading.marks.basis import points_asked
from autograder.grading.marks.carrying import apply_points
from autograder.grading.marks.recording import write_notebook
from autograder.grading.marks.standing import Points, Standing, who
from autograder.grading.notebook.outputs import verdict_outputs
from autograder.handin.notebook import name_of


def apply_anew(course: Course, name: str, standing: Standing) -> Iterator[str]:
    """Apply points to the marks that stand, and the late policy; yield what was changed."""
    points = {notebook: points_asked(course, notebook) for notebook in course.notebooks(name)}
    rescored = [
        student for student, mark in standing.kept.items() if _has_others(mark.points, points)
    ]
    for students in in_pieces(rescored):
        _rescore(course, name, students, points)
    carried = apply_points(course, name, [*standing.kept, *standing.earned])
    changed = {*rescored, *carried}
    if concerned := [student for student in standing.kept if student in changed]:
        yield f"Other points, without running anything again: {who(concerned)}."
    handed_in = {student: mark.handed_in for student, mark in standing.kept.items()}
    if late := apply_penalties(course, name, handed_in):
        yield f"Another late penalty, without running anything again: {who(late)}."


def _has_others(carried: Points, points: Mapping[str, Mapping[str, int]]) -> bool:
    """Tell whether an exercise carries other points now than it carried."""
    return any(
        points.get(notebook, {}).get(exercise, worth) != worth
        for notebook, exercises in carried
        for exercise, worth in exercises
    )


def _rescore(
    course: Course, name: str, students: Sequence[str], points: Mapping[str, Mapping[str, int]]
) -> None:
    """Enter what marks are now, and let the graded notebooks and the kept verdicts say so."""
    found = {student: kept for student in students if (kept := recall(course, name, student))}
    again = {student: _with_points(kept.verdict, points) for student, kept in found.items()}
    write_points(course, name, {student: _scores(one) for student, one in again.items()})
    for student, verdict in again.items():
        _rewrite(course, name, verdict)
        keep(course, name, Kept(found[student].basis, verdict))


def _with_points(verdict: Verdict, points: Mapping[str, Mapping[str, int]]) -> Verdict:
    """Return the verdict with the points that its exercises carry now."""
    parts = tuple(_with_points(part, points) for part in verdict.parts)
    known = points.get(verdict.notebook, {})
    if parts:
        own = tuple(exercise for part in parts for exercise in part.exercises)
        return replace(verdict, parts=parts, exercises=own)
    own = tuple(
        replace(one, points=known.get(one.exercise_id, one.points)) for one in verdict.exercises
    )
    return replace(verdict, exercises=own)


def _scores(verdict: Verdict) -> dict[str, dict[str, float]]:
    """Return the points of each exercise, by notebook."""
    return {
        part.notebook: {one.exercise_id: one.score for one in part.exercises}
        for part in verdict.on_each
    }


def _rewrite(course: Course, name: str, verdict: Verdict) -> None:
    """Let the graded notebook say the points too."""
    for part in verdict.on_each:
        path = course.autograded() / verdict.student / name / f"{part.notebook}.ipynb"
        if part.refused or not path.is_file():
            continue
        notebook = nbformat.read(path, as_version=4)
        worth = points_of(course, name, part.notebook)
        judged = {one.exercise_id: one for one in part.exercises}
        for cell in notebook.cells:
            if name_of(cell) in judged and name_of(cell) in worth:
                cell.metadata.nbgrader.points = worth[name_of(cell)]
                cell.outputs = verdict_outputs(judged[name_of(cell)])
        write_notebook(path, notebook)
