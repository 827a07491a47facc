"""Our own steps in nbgrader's pipelines, named in nbgrader_config.py."""

from __future__ import annotations

import atexit
from functools import lru_cache
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course
from autograder.extra_files import read_extra_files
from autograder.notebook import name_of, repair, submitted_cells
from autograder.outputs import with_notes
from autograder.pool import Pool, settings_of
from autograder.verdicts import Kept, fingerprint, keep


class RestoreCells(NbGraderPreprocessor):
    """Put the instructor's cells, with their points and tags, back around a student's answers."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the repaired submission."""
        names = resources["nbgrader"]
        path = Course.find().source(names["assignment"]) / f"{names['notebook']}.ipynb"
        source = _source(path, path.stat().st_mtime_ns)
        return with_notes(repair(source, submitted_cells(nb))), resources


class JudgeOutside(NbGraderPreprocessor):
    """Run the cells in the sandbox and judge the answers here, in place of nbgrader's Execute."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with its outputs; those of a grade cell end with its points."""
        names = resources["nbgrader"]
        course = Course.find()
        pool = _pools().current(course, names["assignment"])
        extra = read_extra_files(course.submitted() / names["student"] / names["assignment"])
        verdict, graded = pool.grade(
            names["student"], submitted_cells(nb), extra.contents, names["notebook"]
        )
        if [*pool.plans] == [names["notebook"]]:
            # For the feedback page. Without a key, as the steps that follow may yet fail.
            keep(course, names["assignment"], Kept("", verdict))
        for flag in (*verdict.flags, *extra.problems):
            self.log.warning("%s: %s", names["student"], flag)
        # By the checksums that are in there by now, SaveAutoGrades tells what was not answered.
        known = {name_of(cell): cell.metadata.nbgrader for cell in nb.cells if name_of(cell)}
        for cell in graded.cells:
            if name_of(cell) in known:
                cell.metadata["nbgrader"] = known[name_of(cell)]
        return graded, resources


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
