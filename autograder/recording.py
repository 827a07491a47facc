"""Record what was graded: the notebook with its outputs, the verdict, the marks."""

from __future__ import annotations

import os
from dataclasses import dataclass

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import determine_grade, is_grade, is_solution, is_task

from autograder.course import Course
from autograder.exercise import Verdict
from autograder.files import write_beside
from autograder.gradebook import maximal_points
from autograder.gradebook_writer import write_grades
from autograder.graded import GradedNotebook, GradedSubmission
from autograder.names import printable
from autograder.notebook import name_of
from autograder.submission import TIMESTAMP, Submission, read_timestamp
from autograder.verdicts import Kept, keep

# Marks are entered for so many students at once.
BATCH = 50


@dataclass(frozen=True)
class Graded:
    """A submission that was graded: the verdict, and the notebook unless it was refused."""

    submission: Submission
    kept: Kept
    notebook: NotebookNode | None


class Recorder:
    """Writes notebooks as they come, and marks in batches.

    The verdict is written last: a submission whose verdict is missing is graded again.
    """

    def __init__(self, course: Course, name: str) -> None:
        self._course, self._name = course, name
        self._released = _released_sources(course, name)
        self._grade_cells = list(maximal_points(course, name))
        self._waiting: list[Graded] = []

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_args: object) -> None:
        self.flush()

    def add(self, graded: Graded) -> None:
        """Record one submission; its marks may wait for others."""
        self._write_notebook(graded)
        self._waiting.append(graded)
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Enter the marks that are still waiting."""
        # Those whose marks cannot be entered are graded again by the next run.
        waiting, self._waiting = self._waiting, []
        if waiting:
            write_grades(self._course, self._name, [self._row(graded) for graded in waiting])
        for graded in waiting:
            keep(self._course, self._name, graded.kept)

    def _write_notebook(self, graded: Graded) -> None:
        folder = self._course.autograded() / graded.submission.student / self._name
        folder.mkdir(parents=True, exist_ok=True)
        notebook = graded.notebook or _refusal(graded.kept.verdict)
        path = folder / f"{self._name}.ipynb"
        # What the engine made is valid; to validate it again would take longer than to grade it.
        write_beside(path, nbformat.v4.writes(notebook))
        os.chmod(path, 0o444)  # as nbgrader leaves it
        timestamp = read_timestamp(graded.submission)
        if timestamp.moment:
            write_beside(folder / TIMESTAMP, timestamp.text)

    def _row(self, graded: Graded) -> GradedSubmission:
        submission = graded.submission
        moment = read_timestamp(submission).moment
        return GradedSubmission(submission.student, moment, (self._grades(graded),))

    def _grades(self, graded: Graded) -> GradedNotebook:
        if graded.notebook is None:
            nothing = dict.fromkeys(self._grade_cells, 0.0)
            return GradedNotebook(self._name, nothing)
        scores = _scores(graded.kept.verdict, graded.notebook)
        unanswered = frozenset(
            name
            for cell in graded.notebook.cells
            if (name := name_of(cell)) and self._released.get(name) == cell.source
        )
        return GradedNotebook(self._name, scores, unanswered)


def _scores(verdict: Verdict, notebook: NotebookNode) -> dict[str, float | None]:
    """Return the points of each grade cell; nbgrader's own rules where no exercise is known.

    None asks nbgrader for a person to look: where the grader itself failed.
    """
    ours = {
        exercise.exercise_id: exercise.score if exercise.is_judged else None
        for exercise in verdict.exercises
    }
    graded = {name_of(cell): cell for cell in notebook.cells if is_grade(cell)}
    return {
        name: ours[name] if name in ours else determine_grade(cell)[0]
        for name, cell in graded.items()
    }


def _released_sources(course: Course, name: str) -> dict[str, str]:
    """Return the source of each cell that students answer, as it was released."""
    path = course.release(name) / f"{name}.ipynb"
    if not path.is_file():
        return {}
    cells = nbformat.read(path, as_version=4).cells
    return {name_of(cell): cell.source for cell in cells if is_solution(cell) or is_task(cell)}


def _refusal(verdict: Verdict) -> NotebookNode:
    # As code: the reason may hold names that the student chose, and markdown may hold HTML.
    text = f"This hand-in could not be graded:\n\n    {printable(verdict.refused)}"
    cell = nbformat.v4.new_markdown_cell(text, id="grading-notes")
    return nbformat.v4.new_notebook(cells=[cell])
