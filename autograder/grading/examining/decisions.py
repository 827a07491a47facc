"""How grade cells are judged, kept from one run to the next.

What was decided holds as long as the notebook, the files beside it, the limits, the environment,
the grader and the level of isolation are as they were.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from autograder.files import digest_of
from autograder.gradebook.kept import private_folder, write_data
from autograder.grading.examining.examination import Examination, Judged
from autograder.grading.examining.grounds import is_test
from autograder.grading.marks.basis import basis_of

if TYPE_CHECKING:
    from autograder.grading.settings import Settings
    from autograder.sandbox.isolation import Level

# No student's verdicts are there: no assignment's name begins with a dot.
PLACE = ".judged"


@dataclass(frozen=True)
class _File:
    digest: str
    judged: Mapping[str, Judged]


class Decisions:
    """What was decided of the notebooks of one assignment."""

    def __init__(self, course: Course, name: str, settings: Settings, level: Level) -> None:
        self._course, self._name, self._settings, self._level = course, name, settings, level

    @cached_property
    def _basis(self) -> list[Any]:
        return [basis_of(self._course, self._name, self._settings), str(self._level)]

    def decided(
        self,
        notebook: str,
        source: NotebookNode,
        find: Callable[[Mapping[str, Judged] | None], Examination],
    ) -> Examination:
        """Return how the cells of a notebook are judged, found out only if it is not known."""
        judged = self.recall(notebook, source)
        found = find(judged)
        if judged is None:
            self.keep(notebook, source, found.judged)
        return found

    def keep(self, notebook: str, source: NotebookNode, judged: Mapping[str, Judged]) -> None:
        """Keep what was decided of a notebook."""
        private_folder(self._course)
        write_data(self._path(notebook), _File(self._digest(source), judged))

    def forget(self) -> None:
        """Have everything decided anew."""
        shutil.rmtree(self._path("").parent, ignore_errors=True)

    def recall(self, notebook: str, source: NotebookNode) -> Mapping[str, Judged] | None:
        """Return what was decided of a notebook; None if that does not hold any more."""
        try:
            kept = msgspec.json.decode(self._path(notebook).read_bytes(), type=_File)
        except (OSError, msgspec.MsgspecError):
            return None
        return kept.judged if kept.digest == self._digest(source) else None

    def _path(self, notebook: str) -> Path:
        return self._course.private / PLACE / self._name / f"{notebook}.json"

    def _digest(self, source: NotebookNode) -> str:
        cells: list[Any] = [
            (cell.source, is_test(cell) and cell.metadata.nbgrader.get("points"))
            for cell in source.cells
            if cell.cell_type == "code"
        ]
        return digest_of([("", json.dumps([self._basis, cells], sort_keys=True).encode())])
