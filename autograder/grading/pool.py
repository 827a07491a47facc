"""The zygotes of this machine and the plan that they grade by."""

from __future__ import annotations

import logging
import math
import queue
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import version_of
from autograder.grading.agreement import assignment_of, require_agreement_of
from autograder.grading.examining.deciding import decide
from autograder.grading.examining.decisions import Decisions
from autograder.grading.examining.source import read_source
from autograder.grading.examining.starting import start_examiner
from autograder.grading.notebook.engine import Plan, grade_notebook, make_plan
from autograder.grading.settings import Settings, limits_of, workers_for
from autograder.grading.unasked import Unasked
from autograder.grading.zygotes import HeadStart, zygotes_of
from autograder.handin.graded_cells import cells_to_run
from autograder.handin.notebook import SubmittedCell
from autograder.processors import processors
from autograder.sandbox import levels
from autograder.sandbox.client import Zygote, ZygoteLost

LOG = logging.getLogger(__name__)
# To warm a zygote takes as long as about so many hand-ins.
WORTH_A_ZYGOTE = 6


class Pool:
    """Zygotes that are warm and a plan that is drawn; to be used in a ``with`` statement.

    Parameters
    ----------
    notebooks : sequence of str, optional
        Of the assignment; by default all.
    at_first : int, optional
        So many zygotes to begin with; by default as many as there may be.
    early : HeadStart, optional
        A zygote of this assignment that is under way already.
    """

    def __init__(
        self,
        course: Course,
        name: str,
        settings: Settings,
        notebooks: Sequence[str] | None = None,
        at_first: int | None = None,
        early: HeadStart | None = None,
    ) -> None:
        self.level = (early.choose if early else levels.choose)(settings.level)
        paths = _paths(course, name, notebooks)
        self._sources = {path: read_source(course, name, path) for path in paths}
        self._start = zygotes_of(course, name, settings.limits, self.level)
        self._examiner = start_examiner(
            course,
            self._sources,
            zygotes_of(course, name, limits_of(settings), self.level, is_warm=False),
        )
        self._decisions = Decisions(course, name, settings, self.level)
        self.course = course
        self.graded_by = version_of(course, name)
        self._is_closed = False
        self.workers = settings.workers or processors()
        self._idle: queue.SimpleQueue[Zygote] = queue.SimpleQueue()
        # A zygote dies with the thread that made it, so this one makes them all; they get warm
        # side by side, and the first that is begins with the work.
        begun = early.taken(self.level) if early else []
        others = range((at_first or self.workers) - len(begun))
        self._zygotes = [*begun, *(self._start() for _ in others)]
        for zygote in self._zygotes:
            self._idle.put(zygote)
        seed = secrets.randbits(63) if settings.seed is None else settings.seed
        self.plans = {path.stem: self._make_plan(course, path, seed, settings) for path in paths}
        asked = {notebook: plan.assignment for notebook, plan in self.plans.items()}
        self.unasked = Unasked(asked, seed, self.graded_by)

    @classmethod
    def for_class(
        cls,
        course: Course,
        name: str,
        settings: Settings,
        hand_ins: int,
        early: HeadStart | None = None,
    ) -> Pool:
        """Return a pool that begins with as few zygotes as so many hand-ins are worth.

        `enlarge` adds others where a hand-in takes long. What a course asked for is begun at once.
        """
        workers = workers_for(settings, hand_ins)
        at_first = workers if settings.workers else math.ceil(hand_ins / WORTH_A_ZYGOTE)
        chosen = replace(settings, workers=workers)
        return cls(course, name, chosen, at_first=min(at_first, workers), early=early)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_args: object) -> None:
        self.close()

    @property
    def plan(self) -> Plan:
        """The plan of the first notebook, which is the only one of most assignments."""
        return next(iter(self.plans.values()))

    def enlarge(self, wanted: int) -> None:
        """Start one more zygote where so many are wanted; by the thread that made the pool."""
        if len(self._zygotes) < min(wanted, self.workers):
            self._zygotes.append(zygote := self._start())
            self._idle.put(zygote)

    def close(self) -> None:
        """End all zygotes, and with them what is being graded."""
        self._is_closed = True
        for zygote in self._zygotes:
            zygote.close()
        self._zygotes.clear()
        if self._examiner:
            self._examiner.close()

    def grade(
        self,
        student: str,
        cells: Iterable[SubmittedCell],
        files: Mapping[str, bytes] | None = None,
        notebook: str | None = None,
    ) -> tuple[Verdict, NotebookNode]:
        """Grade one notebook on the next idle zygote; one that dies is replaced, once."""
        cells = list(cells)
        plan = self.plans[notebook] if notebook else self.plan
        try:
            verdict, graded = grade_notebook(plan, self._zygote, student, cells, files)
        except ZygoteLost:
            if self._is_closed:
                raise
            verdict, graded = grade_notebook(plan, self._zygote, student, cells, files)
        return replace(verdict, graded_by=self.graded_by), graded

    def _make_plan(self, course: Course, path: Path, seed: int, settings: Settings) -> Plan:
        assignment, source = assignment_of(course, path), self._sources[path]
        try:
            require_agreement_of(path, source, assignment)
            plan = make_plan(assignment, source, seed, self._zygote, settings.budgets)
            with self._zygote() as zygote:
                if zygote.cold:
                    LOG.warning("Grading goes on, each hand-in more slowly: %s.", zygote.cold)
                examination = None
                if self._examiner and not assignment.exercises:
                    cells = cells_to_run(plan.source, assignment)
                    find = partial(decide, cells, zygote, self._examiner, settings.budgets.cell)
                    examination = self._decisions.decided(path.stem, source, find)
                return replace(plan, examination=examination)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _zygote(self) -> Iterator[Zygote]:
        zygote = self._idle.get()
        try:
            yield zygote.wait()
        except ZygoteLost:
            if self._is_closed:
                raise
            self._zygotes.remove(zygote)
            zygote.close()
            zygote = self._start().wait()
            self._zygotes.append(zygote)
            raise
        finally:
            self._idle.put(zygote)


def _paths(course: Course, name: str, notebooks: Sequence[str] | None) -> list[Path]:
    """Return the instructor's notebooks, all of an assignment's if none are named."""
    named = notebooks or course.notebooks(name) or [name]
    paths = [course.source(name) / f"{notebook}.ipynb" for notebook in named]
    for path in paths:
        if not path.is_file():
            raise UserError(f"{path} is missing: run `autograder build {name}`.")
    return paths
