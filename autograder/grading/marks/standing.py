"""Which marks still stand, and what is applied to them anew without running anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import nbformat

from autograder.assignment.verdict import ExerciseVerdict, Verdict
from autograder.course import Course
from autograder.gradebook.kept import Kept, is_kept, keep, recall
from autograder.gradebook.reapplying import apply_penalties, write_points
from autograder.gradebook.released import points_of, students_entered
from autograder.grading.marks.basis import (
    HAND_IN,
    OF_ANOTHER_VERSION,
    changed,
    points_asked,
    with_hand_in,
)
from autograder.grading.marks.carrying import apply_points
from autograder.grading.marks.recording import write_notebook
from autograder.grading.notebook.outputs import verdict_outputs
from autograder.handin.notebook import name_of
from autograder.handin.submission import Submission

# So many students are named in one sentence.
MOST_NAMED = 8


@dataclass
class Standing:
    """What is known of a class before it is graded: marks that stand, and why others do not."""

    kept: dict[str, Kept] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, Verdict] = field(default_factory=dict)

    def is_same(self, student: str) -> bool:
        """Tell whether a hand-in is surely the one that was graded before."""
        why = self.why.get(student, [HAND_IN])
        return HAND_IN not in why and OF_ANOTHER_VERSION not in why

    def compare(self, verdict: Verdict) -> str:
        """Say how the mark differs from the one that the same hand-in had; nothing if it does not.

        Shares are compared: what an exercise carries may be another, and new ones are no matter.
        """
        old = self.before.get(verdict.student)
        if old is None or HAND_IN in self.why.get(verdict.student, ()):
            return ""
        earned = {one.exercise_id: _share(one) for one in old.exercises}
        differs = [
            f"{one.exercise_id} {earned[one.exercise_id]:.0%}, now {_share(one):.0%}"
            for one in verdict.exercises
            if one.exercise_id in earned and earned[one.exercise_id] != _share(one)
        ]
        if not differs:
            return ""
        return f"{verdict.student} has another mark for the same hand-in: {'; '.join(differs)}."


def find_standing(
    course: Course,
    name: str,
    submissions: Sequence[Submission],
    basis: Mapping[str, str],
    *,
    force: bool,
) -> Standing:
    """Return which verdicts still hold, and why the others do not."""
    notebooks, standing = course.notebooks(name), Standing()
    entered = students_entered(course, name)  # a gradebook may be lost, or begun anew
    for submission in submissions:
        student = submission.student
        kept = recall(course, name, student)
        if kept is None:
            if is_kept(course, name, student):
                standing.why[student] = ["a verdict that cannot be read"]
            continue
        reasons = changed(kept.basis, with_hand_in(basis, submission, notebooks))
        if student not in entered:
            reasons.append("the gradebook")
        if force and not reasons:
            reasons = ["--force"]
        if not reasons:
            standing.kept[student] = kept
        else:
            standing.why[student], standing.before[student] = reasons, kept.verdict
    return standing


def told(standing: Standing) -> Iterator[str]:
    """Say why hand-ins are graded again."""
    students = defaultdict(list)
    for student, reasons in standing.why.items():
        students[", ".join(reasons)].append(student)
    for reasons, named in students.items():
        yield f"Graded again, because of {reasons}: {who(named)}."


def who(students: Sequence[str]) -> str:
    """Name a few students, or count them.

    >>> who(["ada", "ben"])
    'ada, ben'
    """
    return ", ".join(students) if len(students) <= MOST_NAMED else f"{len(students)} hand-ins"


def apply_anew(course: Course, name: str, standing: Standing) -> Iterator[str]:
    """Apply points to the marks that stand, and the late policy; yield what was changed."""
    verdicts = {student: kept.verdict for student, kept in standing.kept.items()}
    points = {notebook: points_asked(course, notebook) for notebook in course.notebooks(name)}
    rescored = {
        student: new
        for student, verdict in verdicts.items()
        if (new := _with_points(verdict, points)) != verdict
    }
    if rescored:
        write_points(course, name, {one.student: _scores(one) for one in rescored.values()})
        for student, verdict in rescored.items():
            _rewrite(course, name, verdict)
            keep(course, name, Kept(standing.kept[student].basis, verdict))
    carried = apply_points(course, name, [*standing.kept, *standing.before])
    if concerned := [student for student in standing.kept if student in {*rescored, *carried}]:
        yield f"Other points, without running anything again: {who(concerned)}."
    if late := apply_penalties(course, name, _handed_in(course, name, verdicts.values())):
        yield f"Another late penalty, without running anything again: {who(late)}."


def _share(verdict: ExerciseVerdict) -> float:
    return round(verdict.score / verdict.points, 4) if verdict.points else 0.0


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
        for part in verdict.parts or (verdict,)
    }


def _handed_in(course: Course, name: str, verdicts: Iterable[Verdict]) -> dict[str, list[str]]:
    """Return the notebooks of each student; what was judged may have had another file name."""
    submitted = course.submitted()
    return {
        verdict.student: [
            part.notebook
            for part in verdict.parts or (verdict,)
            if not part.refused
            or (submitted / verdict.student / name / f"{part.notebook}.ipynb").exists()
        ]
        for verdict in verdicts
    }


def _rewrite(course: Course, name: str, verdict: Verdict) -> None:
    """Let the graded notebook say the points too."""
    for part in verdict.parts or (verdict,):
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
