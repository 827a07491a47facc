"""Read what is compared: the answers of each hand-in, and what the template gives everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import recall_all
from autograder.handin.notebook import UnreadableNotebook, read_submission
from autograder.handin.submission import (
    Submission,
    find_submissions,
    other_notebooks,
    why_no_folder,
)

ANSWER = "-answer"
SUBMITTED = "submitted/"


@dataclass(frozen=True)
class Answers:
    """What one student wrote, by exercise; `year` names the folder of other years' hand-ins."""

    student: str
    sources: Mapping[str, str]
    wrong: frozenset[str] = field(default=frozenset())
    year: str = ""

    @property
    def label(self) -> str:
        """What the hand-in is called."""
        return f"{self.year}/{self.student}" if self.year else self.student


def answer_cells(course: Course, name: str) -> dict[str, list[str]]:
    """Return the cells that students write, by notebook."""
    found = {}
    for notebook in course.notebooks(name):
        text = (course.source(name) / f"{notebook}.ipynb").read_text(encoding="utf-8")
        cells = [cell["metadata"].get("nbgrader", {}) for cell in json.loads(text)["cells"]]
        found[notebook] = [cell["grade_id"] for cell in cells if cell.get("solution")]
    return found


def template(course: Course, name: str) -> list[str]:
    """Return all code that students are given.

    Raises
    ------
    UserError
        If the assignment is not released.
    """
    paths = [course.release(name) / f"{one}.ipynb" for one in course.notebooks(name)]
    try:
        return [cell.source for path in paths for cell in read_submission(path)]
    except UnreadableNotebook:
        raise UserError(f"{name} is not released: run `autograder release {name}` first.") from None


def read_answers(course: Course, name: str, others: Path | None) -> Iterator[Answers]:
    """Yield the answers of the class, and those in a folder of other hand-ins, as it lies there.

    Whose notebook cannot be read is left out: there is nothing to compare.
    """
    if others is not None:
        _require_others(course, others)
    cells = answer_cells(course, name)
    wrong = {verdict.student: _wrong(verdict) for verdict in recall_all(course, name)}
    for submission in find_submissions(course, name):
        if sources := _sources(submission, cells):
            yield Answers(submission.student, sources, wrong.get(submission.student, frozenset()))
    if others is not None:
        yield from _of_others(others, name, cells)


def _wrong(verdict: Verdict) -> frozenset[str]:
    """Return what is wrong in a hand-in, told alike for all who do the same."""
    return frozenset(
        f"{one.exercise_id}: {told}"
        for one in verdict.exercises
        for told in (
            *(diagnosis.done for diagnosis in one.diagnoses),
            *(f"{case.name}: {case.message}" for case in one.cases if case.message),
        )
    )


def _of_others(folder: Path, name: str, cells: Mapping[str, list[str]]) -> Iterator[Answers]:
    is_empty = True
    for path in sorted(folder.iterdir()):
        inner = name if (path / name).is_dir() else "."
        if not path.name.startswith(".") and (
            sources := _sources(Submission(path.name, inner, folder), cells)
        ):
            is_empty = False
            yield Answers(path.name, sources, year=folder.resolve().name)
    if is_empty:
        raise UserError(
            f"{folder} holds no notebook of {name} that can be read: name a folder with a folder "
            f"for each student in it, such as last year's {SUBMITTED}."
        )


def _require_others(course: Course, folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder: name one that holds a folder for each student.")
    if folder.resolve() == course.submitted().resolve():
        raise UserError(f"{folder} holds this class: name the folder of another, or leave it out.")


def _sources(submission: Submission, cells: Mapping[str, list[str]]) -> dict[str, str]:
    """Return what stands in the answer cells of a hand-in."""
    if why_no_folder(submission.folder):
        return {}
    found: dict[str, str] = {}
    for notebook, names in cells.items():
        path = submission.notebook(notebook)
        if not path.is_file():
            path = next(iter(other_notebooks(submission.folder)), path)
        try:
            given = {cell.name: cell.source for cell in read_submission(path)}
        except UnreadableNotebook:
            continue
        for cell in names:
            key = cell.removesuffix(ANSWER)
            key = key if len(cells) == 1 else f"{notebook}/{key}"
            if given.get(cell, "").strip():
                found[key] = given[cell]
    return found
