"""Our own steps in nbgrader's pipelines, named in nbgrader_config.py."""

from __future__ import annotations

import atexit
import copy
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades, SaveCells

from autograder.assignment.verdict import Verdict
from autograder.authoring.strays import refuse_strays
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.added import note_added
from autograder.gradebook.cells import KINDS, Wanted, follow
from autograder.gradebook.kept import fingerprint, keep_on_notebook
from autograder.gradebook.late import check_late_policy
from autograder.grading.notebook.outputs import score_by_nbgrader, with_notes
from autograder.grading.opening import open_notebook
from autograder.grading.pool import Pool
from autograder.grading.settings import settings_of
from autograder.handin.notebook import UnreadableNotebook, name_of, submitted_cells
from autograder.handin.repairing import repair
from autograder.handin.submission import Submission
from autograder.names import printable
from autograder.nbgrader_reading import REFUSED

# Under which one step tells a later one which exercises could not be judged, and that the grader
# itself failed on the whole notebook.
UNJUDGED, FAILED = "autograder_unjudged", "autograder_failed"
# And which cells were added to the assignment after the hand-in.
ADDED = "autograder_added"


class RestoreCells(NbGraderPreprocessor):
    """Put the instructor's cells, with their points and tags, back around a student's answers."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the repaired submission."""
        names, course = resources["nbgrader"], Course.find()
        path = course.source(names["assignment"]) / f"{names['notebook']}.ipynb"
        source = _source(path, path.stat().st_mtime_ns)
        check_late_policy(course)
        # nbgrader's next steps change what lies deep in the metadata.
        restored = with_notes(repair(copy.deepcopy(source), submitted_cells(nb)))
        if REFUSED in resources:
            note = f"This hand-in could not be graded:\n\n    {printable(resources[REFUSED])}"
            restored.cells[0] = nbformat.v4.new_markdown_cell(note, id="grading-notes")
        return restored, resources


class JudgeOutside(NbGraderPreprocessor):
    """Run the cells in the sandbox and judge the answers here, in place of nbgrader's Execute."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with its outputs; those of a grade cell end with its points."""
        names, course = resources["nbgrader"], Course.find()
        pool = _pools().current(course, names["assignment"])
        try:
            verdict, graded = _graded(pool, course, names, nb)
        except (UserError, OSError):  # the machine's, which the others would meet too
            raise
        except Exception as fault:
            verdict = pool.unasked.unjudged(names["student"], fault, names["notebook"])
            graded = _with_no_points(nb)
            resources[FAILED] = True
        keep_on_notebook(course, names["assignment"], verdict)  # for the feedback page
        for flag in verdict.flags:
            self.log.warning("%s: %s", names["student"], flag)
        resources[REFUSED] = bool(verdict.refused)
        resources[UNJUDGED], resources[ADDED] = verdict.unjudged, frozenset(verdict.added)
        return graded, resources


class KeepMarks(SaveCells):
    """Enter the cells of a release in the gradebook; marks and comments that it has stay."""

    def _create_notebook(self, nb: NotebookNode) -> None:
        root = self.config.CourseDirectory.get("root")  # `autograder release` may run elsewhere
        course = Course.find(Path(root) if root else None)
        place = self.notebook_id, self.assignment_id
        refuse_strays(course, self.assignment_id)
        new = (
            self.new_grade_cells,
            self.new_solution_cells,
            self.new_task_cells,
            self.new_source_cells,
        )
        now = {*self.new_grade_cells, *self.new_solution_cells, *self.new_task_cells}
        try:
            known: Any = self.gradebook.find_notebook(*place)
        except MissingEntry:
            known = None
        before = now
        if known:
            cells = (*known.grade_cells, *known.solution_cells, *known.task_cells)
            before = {cell.name for cell in cells}
        if known and known.submissions:
            follow(course, self.gradebook, known, Wanted(dict(zip(KINDS, new, strict=True))))
        super()._create_notebook(nb)
        note_added(course, self.assignment_id, self.notebook_id, before, now)


class SaveMarks(SaveAutoGrades):
    """Enter the points as nbgrader does; where it would stop, or we have, ask for a person."""

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        names = self.notebook_id, self.assignment_id, self.student_id
        grade: Any = self.gradebook.find_grade(name_of(cell), *names)
        score = None if resources.get(FAILED) else score_by_nbgrader(cell)
        if resources.get(REFUSED) or name_of(cell) in resources.get(ADDED, ()):
            score = score or 0.0
        waits = score is None or name_of(cell) in resources.get(UNJUDGED, ())
        grade.auto_score = score
        grade.needs_manual_grade = waits or grade.manual_score is not None
        self.gradebook.db.commit()


def _graded(
    pool: Pool, course: Course, names: Mapping[str, str], nb: NotebookNode
) -> tuple[Verdict, NotebookNode]:
    submission = Submission(names["student"], names["assignment"], course.submitted())
    notebook = names["notebook"]
    try:
        # Not what the steps before have made of it: the fast door reads the hand-in too, and knows
        # by it what was repaired and which number a cell has there.
        opened = open_notebook(course, submission, pool.plans[notebook].assignment)
    except UnreadableNotebook as reason:
        verdict = pool.unasked.refused(submission.student, str(reason), notebook)
        return verdict, _with_no_points(nb)
    verdict, graded = pool.grade(submission.student, opened.cells, opened.files, notebook)
    verdict = opened.remarks.put_into(verdict, graded)
    # By the checksums that are in there by now, SaveAutoGrades tells what was not answered.
    known = {name_of(cell): cell.metadata.nbgrader for cell in nb.cells if name_of(cell)}
    for cell in graded.cells:
        if name_of(cell) in known:
            cell.metadata["nbgrader"] = known[name_of(cell)]
    return verdict, graded


def _with_no_points(notebook: NotebookNode) -> NotebookNode:
    """Give each test 0 points, as nbgrader reads them: a test without output earns all."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            points = nbformat.v4.new_output("execute_result", {"text/plain": "0"})
            cell.outputs = [points]
    return notebook


@lru_cache(maxsize=8)
def _source(path: Path, _changed_at: int) -> NotebookNode:
    """Return an instructor's notebook, read once as long as it does not change."""
    return nbformat.read(path, as_version=4)


class Pools:
    """A pool for each assignment, as long as nbgrader's process runs and its source is the same."""

    def __init__(self) -> None:
        self._pools: dict[tuple[Path, str], tuple[str, Pool]] = {}

    def current(self, course: Course, assignment: str) -> Pool:
        """Return the pool that grades by what the source is now; one of an older source ends."""
        place, known = (course.root, assignment), fingerprint(course, assignment)
        before, pool = self._pools.get(place, ("", None))
        if pool and before == known:
            return pool
        if pool:
            del self._pools[place]
            pool.close()
        pool = Pool(course, assignment, settings_of(course, workers=1))
        self._pools[place] = known, pool
        return pool

    def close(self) -> None:
        """End them all."""
        for _, pool in self._pools.values():
            pool.close()
        self._pools.clear()


@lru_cache
def _pools() -> Pools:
    pools = Pools()
    atexit.register(pools.close)
    return pools
