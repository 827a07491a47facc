"""Record what was graded: the notebook with its outputs, the verdict, the marks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.utils import is_grade, is_solution, is_task

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.files import write_beside
from autograder.gradebook.kept import Kept, keep
from autograder.gradebook.released import grade_cells
from autograder.gradebook.rows import GradedNotebook, GradedSubmission
from autograder.gradebook.writer import write_grades
from autograder.grading.notebook.outputs import score_by_nbgrader
from autograder.handin.notebook import name_of, read_own
from autograder.handin.submission import TIMESTAMP, Submission, read_timestamp
from autograder.names import printable
from autograder.pages.markdown import harmless

# Marks are entered for so many students at once; or for so many where they come much faster.
BATCH, LARGE_BATCH = 50, 250


@dataclass(frozen=True)
class Graded:
    """A submission that was graded: the verdict, and the notebooks but those that could not be.

    With `is_same` it had been graded before, and was not handed in anew. `texts` has notebooks as
    they are to be written, where whoever graded them has made that already.
    """

    submission: Submission
    kept: Kept
    notebooks: Mapping[str, NotebookNode | None]
    is_same: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def handed_in(self) -> list[str]:
        """The notebooks that were handed in, readable or not; all where nothing was."""
        there = [
            name
            for name, notebook in self.notebooks.items()
            if notebook or os.path.lexists(self.submission.notebook(name))
        ]
        return there or list(self.notebooks)


@dataclass(frozen=True)
class Entry:
    """All that is recorded of a submission.

    Attributes
    ----------
    texts : mapping
        The graded notebooks, by name.
    timestamp : str
        What the file beside the hand-in says of when it came; empty where it says nothing.
    """

    row: GradedSubmission
    kept: Kept
    texts: Mapping[str, str]
    timestamp: str


class Recorder:
    """Writes notebooks as they come, and marks in batches.

    The verdict is written last: a submission whose verdict is missing is graded again.
    """

    def __init__(self, course: Course, name: str, batch: int = BATCH) -> None:
        self._course, self._name, self._batch = course, name, batch
        notebooks = course.notebooks(name)
        self._released = {
            notebook: _released_sources(course.release(name) / f"{notebook}.ipynb")
            for notebook in notebooks
        }
        self._grade_cells = {
            notebook: grade_cells(course, name, notebook) for notebook in notebooks
        }
        self._waiting: list[tuple[GradedSubmission, Kept]] = []

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_args: object) -> None:
        self.flush()

    def add(self, graded: Graded) -> None:
        """Record one submission; its marks may wait for others.

        All that is made of the hand-in is made before anything of it is recorded.
        """
        self.enter(self.entry(graded))

    def entry(self, graded: Graded) -> Entry:
        """Return all that is recorded of a submission."""
        timestamp = read_timestamp(graded.submission.folder)
        row = self._row(graded, timestamp.moment)
        texts = {
            name: graded.texts.get(name) or as_text(self._notebook(graded, name))
            for name in graded.handed_in
        }
        return Entry(row, graded.kept, texts, timestamp.text if timestamp.moment else "")

    def enter(self, entry: Entry) -> None:
        """Write the notebooks; the marks may wait for those of others."""
        self._write_notebooks(entry)
        self._waiting.append((entry.row, entry.kept))
        if len(self._waiting) >= self._batch:
            self.flush()

    def flush(self) -> None:
        """Enter the marks that are still waiting."""
        # Those whose marks cannot be entered are graded again by the next run.
        waiting, self._waiting = self._waiting, []
        if waiting:
            write_grades(self._course, self._name, [row for row, _ in waiting])
        for _, kept in waiting:
            keep(self._course, self._name, kept)

    def _write_notebooks(self, entry: Entry) -> None:
        folder = self._course.autograded() / entry.row.student / self._name
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in entry.texts.items():
            _write(folder / f"{name}.ipynb", text)
        if entry.timestamp:
            write_beside(folder / TIMESTAMP, entry.timestamp)

    def _notebook(self, graded: Graded, name: str) -> NotebookNode:
        return graded.notebooks[name] or _no_notebook(graded.kept.verdict.on(name))

    def _row(self, graded: Graded, moment: datetime | None) -> GradedSubmission:
        notebooks = tuple(self._grades(graded, name) for name in graded.handed_in)
        return GradedSubmission(graded.submission.student, moment, notebooks, graded.is_same)

    def _grades(self, graded: Graded, name: str) -> GradedNotebook:
        notebook = graded.notebooks[name]
        if notebook is None:
            # A person looks at it where the grader itself failed.
            points = 0.0 if graded.kept.verdict.on(name).refused else None
            return GradedNotebook(name, dict.fromkeys(self._grade_cells[name], points))
        released = self._released[name]
        unanswered = frozenset(
            cell_name
            for cell in notebook.cells
            if (cell_name := name_of(cell)) and released.get(cell_name) == cell.source
        )
        verdict = graded.kept.verdict.on(name)
        scores = _scores(verdict, notebook, unanswered)
        added = frozenset(verdict.added)
        scores |= {cell: 0.0 for cell in added if scores.get(cell, 0.0) is None}
        return GradedNotebook(name, scores, unanswered, verdict.unjudged - added, added)


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write a graded notebook in the place of one that is there."""
    _write(path, as_text(notebook))


def _write(path: Path, text: str) -> None:
    write_beside(path, text)
    os.chmod(path, 0o444)  # as nbgrader leaves it


def _scores(
    verdict: Verdict, notebook: NotebookNode, unanswered: frozenset[str]
) -> dict[str, float | None]:
    """Return the points of each grade cell; nbgrader's own rules where no exercise is known.

    None asks nbgrader for a person to look, where people grade.
    """
    scores: dict[str, float | None] = {
        exercise.exercise_id: exercise.score for exercise in verdict.exercises
    }
    for cell in filter(is_grade, notebook.cells):
        if is_solution(cell) and name_of(cell) in unanswered:
            scores[name_of(cell)] = 0.0
        elif name_of(cell) not in scores:
            scores[name_of(cell)] = score_by_nbgrader(cell)
    return scores


def as_text(notebook: NotebookNode) -> str:
    """Return what `nbformat.v4.writes` would, in a tenth of the time; it takes the notebook apart.

    What the engine made is valid; to validate it again takes longer than to grade it.
    """
    plain = split_lines(strip_transient(notebook))
    return msgspec.json.format(msgspec.json.encode(plain, order="sorted"), indent=1).decode()


def _released_sources(path: Path) -> dict[str, str]:
    """Return the source of each cell that students answer, as a graded notebook has it."""
    if not path.is_file():
        return {}
    cells = read_own(path).cells
    return {
        name_of(cell): cell.source if cell.cell_type == "code" else harmless(cell.source)
        for cell in cells
        if is_solution(cell) or is_task(cell)
    }


def _no_notebook(verdict: Verdict) -> NotebookNode:
    """Return what stands for a notebook that could not be graded: the reason."""
    # As code: the reason may hold names that the student chose, and markdown may hold HTML.
    reason = printable(verdict.refused or "; ".join(verdict.flags))
    text = f"This hand-in could not be graded:\n\n    {reason}"
    cell = nbformat.v4.new_markdown_cell(text, id="grading-notes")
    return nbformat.v4.new_notebook(cells=[cell])
