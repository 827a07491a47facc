"""The cells of one notebook that are judged outside, and what an examiner is told of each."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from nbformat.notebooknode import NotebookNode

from autograder.grading.examining.grounds import Grounds, carried, is_test
from autograder.grading.examining.telling import told
from autograder.handin.notebook import name_of
from autograder.sandbox.asking import CellRun, Child
from autograder.sandbox.examining.client import Asked, Came, Examiner, ExaminerLost, Session
from autograder.sandbox.sharing import Task

# So many messages a cell may take: an honest loop over a student's object has thousands.
MOST_MESSAGES = 100_000
# What carrying them may take of this process's own processor time, for all cells of a hand-in.
CARRYING_SECONDS = 10.0
# The status of a cell that could not be tried because of one before it.
SKIPPED = "skipped"


@dataclass(frozen=True)
class Judged:
    """How the reference has decided that a cell is judged.

    Attributes
    ----------
    outside : bool
    reason : str
        Why it is judged inside.
    values_are_theirs : bool
        Whether given values are taken from the student's process, and values that the test sets
        are told to it, where the instructor's functions use them.
    needs : tuple of str or None
        What the reference needed; None while that is found out.
    seconds : float
        How long the reference took.
    """

    outside: bool = True
    reason: str = ""
    values_are_theirs: bool = False
    needs: tuple[str, ...] | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Examination:
    """How the grade cells of a notebook are judged, for everybody alike."""

    examiner: Examiner
    grounds: Grounds
    judged: Mapping[str, Judged]
    seconds: float
    outcomes: dict[str, Came] = field(default_factory=dict)

    def is_outside(self, cell: NotebookNode) -> bool:
        """Tell whether a cell is judged outside."""
        return is_test(cell) and self.judged[name_of(cell)].outside

    def tasks(self, cells: Sequence[NotebookNode], tasks: Sequence[Task]) -> list[Task]:
        """Return what the student's process runs: nothing of a cell that is judged outside.

        What a visible test defines and a later cell uses is defined there too.
        """
        made = []
        for place, (cell, task) in enumerate(zip(cells, tasks, strict=True)):
            if self.is_outside(cell):
                later = [one.source for one in cells[place + 1 :] if not is_test(one)]
                made.append(task._replace(source=carried(cell.source, later), pauses=True))
            else:
                made.append(task)
        return made

    @contextmanager
    def of(self, cells: Sequence[NotebookNode]) -> Iterator[Examining]:
        """Give what judges the cells of one notebook that runs in one child."""
        with self.examiner.session() as session:
            yield Examining(self, session, cells)


class Examining:
    """Has the cells of one notebook judged while a child runs the others."""

    def __init__(
        self, examination: Examination, session: Session, cells: Sequence[NotebookNode]
    ) -> None:
        self._plan, self._session, self._cells = examination, session, cells
        self._given: list[str] = []
        self._forget: list[str] = []
        self._next = 0
        self._lost = ""
        self._carried = 0.0
        self.found: dict[str, Came] = {}

    def judge(self, child: Child, place: int) -> CellRun:
        """Return what came of a cell, of which the child is asked what it needs.

        Raises
        ------
        ChildLost
            If the child is.
        """
        cell, start = self._cells[place], time.monotonic()
        if self._lost:
            return _lost(self._lost, SKIPPED)
        try:
            came = self._exchange(child, self._asked(place), start + self._plan.seconds)
        except ExaminerLost as lost:
            self._lost = f"the cell {name_of(cell)} {lost}"
            return _lost(self._lost)
        self.found[name_of(cell)] = came
        run = told(cell, came)
        return replace(run, budget=self._plan.seconds)

    def _asked(self, place: int) -> Asked:
        """Return what the examiner is asked, and told of what ran since it was asked last."""
        texts, grounds = [], self._plan.grounds
        for cell in self._cells[self._next : place + 1]:
            if is_test(cell):
                self._given += grounds.given[name_of(cell)]
                self._forget += grounds.forget[name_of(cell)]
            else:
                texts.append(cell.source)
        self._next = place + 1
        given, self._given = self._given, []
        forget, self._forget = self._forget, []
        cell = self._cells[place]
        judged = self._plan.judged[name_of(cell)]
        hide = sorted(grounds.values) if judged.values_are_theirs else []
        shared = grounds.shared[name_of(cell)] if judged.values_are_theirs else []
        allowed = None if judged.needs is None else [*judged.needs]
        shadowing = sorted(grounds.shadowing)
        seconds = self._plan.seconds
        return Asked(
            place, cell.source, seconds, given, forget, hide, shared, allowed, texts, shadowing
        )

    def _exchange(self, child: Child, asked: Asked, end: float) -> Came:
        """Carry what is asked and answered, each message read as plain data and written anew."""
        self._session.begin(asked)
        start = time.thread_time() - self._carried
        for count in range(MOST_MESSAGES):
            left = end - time.monotonic()
            message = self._session.receive(max(left, 0.0))
            self._carried = time.thread_time() - start
            if isinstance(message, Came):
                return message
            if left <= 0 or count == MOST_MESSAGES - 1:
                reply = ("stop", f"the cell ran past {asked.budget:g} s")
            elif self._carried > CARRYING_SECONDS:
                reply = ("stop", "the tests and the notebook had too much to say to each other")
            else:
                reply = child.relay(message, left)
            self._session.send(reply)
        raise ExaminerLost("asked too much")


def _lost(why: str, status: str = "lost") -> CellRun:
    error = {"ename": "NotJudged", "evalue": f"The examiner stopped: {why}.", "traceback": []}
    return CellRun(status, [{"output_type": "error", **error}], 0)
