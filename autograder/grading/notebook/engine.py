"""Grade one notebook: its cells run in the sandbox, its answers are judged here."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import Answer, Assignment, Call, Exercise, Question
from autograder.assignment.verdict import ExerciseVerdict, Verdict
from autograder.grading.examining.examination import Examination
from autograder.grading.notebook.entering import enter_outputs, enter_verdicts
from autograder.grading.notebook.failures import cells_that_ran, missing_packages
from autograder.grading.notebook.interview import interview
from autograder.grading.notebook.judging import Judging
from autograder.grading.notebook.outputs import with_notes
from autograder.grading.notebook.progress import Interview
from autograder.grading.notebook.questioning import Listener
from autograder.grading.notebook.showing import (
    Early,
    Groups,
    Shown,
    beside,
    demonstrate,
    show_apart,
    to_show,
)
from autograder.grading.notebook.tasks import tasks_of
from autograder.grading.settings import Budgets
from autograder.handin.graded_cells import cells_to_run
from autograder.handin.notebook import SubmittedCell, name_of
from autograder.handin.repairing import repair
from autograder.judging.obstacles import RanCell, find_obstacle
from autograder.judging.questions import Questions, answer_questions, draw_questions
from autograder.judging.telling import Texts, located
from autograder.sandbox.asking import Request, make_request, most_beside
from autograder.sandbox.client import Zygote
from autograder.sandbox.sharing import Task

LOG = logging.getLogger(__name__)

Zygotes = Callable[[], AbstractContextManager[Zygote]]


@dataclass(frozen=True)
class Plan:
    """What is the same for all submissions of one notebook.

    Attributes
    ----------
    source : NotebookNode
        The instructor's notebook, without outputs.
    questions : mapping
        The questions of each exercise, with the reference's answers.
    requests : mapping
        The same questions as they are sent.
    right : mapping
        What the reference shows of each exercise that has a demonstration.
    examination : Examination, optional
        How an instructor's own test cells are judged, where there are no exercises.
    """

    assignment: Assignment
    source: NotebookNode
    questions: Questions
    requests: Mapping[str, Sequence[Request]]
    seed: int
    budgets: Budgets = field(default_factory=Budgets)
    right: Groups = field(default_factory=dict)
    examination: Examination | None = None

    @cached_property
    def judging(self) -> Judging:
        """What judges the answers to these questions."""
        return Judging(self.assignment, self.questions)

    def tasks(self, cells: Sequence[NotebookNode], numbers: Mapping[str, int]) -> list[Task]:
        """Return what the student's process runs of a notebook's cells."""
        tasks = tasks_of(cells, self.budgets.cell, numbers)
        return self.examination.tasks(cells, tasks) if self.examination else tasks

    def given(self, exercise: Exercise) -> str:
        """Return the answer cell of the instructor's notebook."""
        cells = (cell for cell in self.source.cells if name_of(cell) == exercise.answer_cell)
        return next((cell.source for cell in cells), "")


def make_plan(
    assignment: Assignment, source: NotebookNode, seed: int, zygotes: Zygotes, budgets: Budgets
) -> Plan:
    """Draw the questions and have the instructor's notebook answer them, in the sandbox.

    Raises
    ------
    UserError
        If the instructor's notebook fails one of its own cases.
    """
    source = without_outputs(source)
    if not assignment.exercises:
        return Plan(assignment, source, {}, {}, seed, budgets)
    drawn = draw_questions(assignment, seed)  # while the zygote gets warm
    with zygotes() as zygote, zygote.child() as child:
        cells = cells_to_run(source, assignment)
        for cell, run in zip(cells, child.run(tasks_of(cells, budgets.cell)), strict=False):
            if run.status == "timeout":
                LOG.warning("%s", too_long(cell, budgets.cell))
        numbers = itertools.count(1)
        requests: dict[str, list[Request]] = {}

        def ask(function: str, call: Call) -> Answer:
            request = make_request(next(numbers), function, call, budgets.call)
            requests.setdefault(function, []).append(request)
            return child.ask(request)

        questions = answer_questions(assignment, drawn, ask)
        right: Shown = {}
        demonstrate(child, assignment.exercises, right)
    told = {id: _told(asked, questions[id]) for id, asked in requests.items()}
    return Plan(assignment, source, questions, told, seed, budgets, right)


def _told(requests: Sequence[Request], questions: Sequence[Question]) -> list[Request]:
    """Return the requests, each told whether its inputs are known and how large answers may be."""
    pairs = zip(requests, questions, strict=True)
    return [
        replace(request, is_known=question.case.known, most=most_beside(question.expected))
        for request, question in pairs
    ]


def too_long(cell: NotebookNode, seconds: float) -> str:
    """Say that a given cell was ended after so many seconds."""
    first = cell.source.strip().partition("\n")[0][:80]
    return (
        f"The given cell that begins with `{first}` was ended after {seconds:g} s, and will "
        "be in every hand-in. Tag it `ungraded` if no solution needs it."
    )


def grade_notebook(
    plan: Plan,
    zygotes: Zygotes,
    student: str,
    submitted: Iterable[SubmittedCell],
    files: Mapping[str, bytes] | None = None,
) -> tuple[Verdict, NotebookNode]:
    """Return the verdict on a hand-in with `files` beside it, and its notebook with outputs.

    Parameters
    ----------
    zygotes : callable
        Lends a zygote, which is held no longer than the child takes.
    """
    repaired = repair(plan.source, submitted)
    cells = cells_to_run(repaired.notebook, plan.assignment)
    with zygotes() as zygote:
        start, isolation = time.perf_counter(), zygote.parts
        tasks = plan.tasks(cells, repaired.numbers)
        known, verdicts, own = _question(plan, zygote, cells, tasks, files)
        seconds = time.perf_counter() - start
    ran = cells_that_ran(cells, known.runs)
    missing = missing_packages(ran, itertools.chain.from_iterable(known.answers.values()))
    exercises = tuple(
        replace(one, demonstration=beside(exercise, own, plan.right))
        for exercise, one in _with_obstacles(plan, known, ran, verdicts)
    )
    verdict = Verdict(
        student=student,
        notebook=plan.assignment.name,
        exercises=exercises,
        seed=plan.seed,
        isolation=isolation,
        repairs=repaired.notes,
        flags=tuple(dict.fromkeys([*repaired.flags, *known.flags, *missing])),
        seconds=seconds,
    )
    enter_outputs(cells, known)
    refused = enter_verdicts(repaired.notebook, exercises, plan.examination)
    return replace(verdict, flags=(*verdict.flags, *refused)), with_notes(repaired)


def _with_obstacles(
    plan: Plan,
    known: Interview,
    ran: Sequence[RanCell],
    verdicts: Mapping[str, ExerciseVerdict],
) -> Iterator[tuple[Exercise, ExerciseVerdict]]:
    """Yield each exercise with its verdict, and with what kept it from being judged."""
    for exercise in plan.assignment.exercises:
        obstacle = find_obstacle(exercise, known.answers[exercise.id], ran, plan.given(exercise))
        yield exercise, replace(verdicts[exercise.id], obstacle=obstacle)


def _question(
    plan: Plan,
    zygote: Zygote,
    cells: Sequence[NotebookNode],
    tasks: Sequence[Task],
    files: Mapping[str, bytes] | None,
) -> tuple[Interview, dict[str, ExerciseVerdict], Groups]:
    """Have the cells run and the questions answered; judge each exercise while the next is asked.

    Returns
    -------
    known : Interview
    verdicts : dict
        By exercise.
    own : mapping
        What the student's functions show, of the exercises that are not all right.
    """
    verdicts: dict[str, ExerciseVerdict] = {}
    texts = Texts([cell.source for cell in cells])

    def judge_one(exercise_id: str, answers: Sequence[Answer]) -> None:
        found = tuple(located(answer, texts) for answer in answers)
        verdicts[exercise_id] = plan.judging.judge(exercise_id, found)

    seconds = plan.budgets.submission
    end = time.monotonic() + seconds
    early = Early(plan.assignment, plan.judging, plan.requests)
    listener = Listener(judge_one, early.lighten, early.show)
    examine = partial(plan.examination.of, cells) if plan.examination else nullcontext
    known = interview(zygote, tasks, plan.requests, seconds, listener, files, examine)
    for exercise_id in plan.questions.keys() - verdicts.keys():  # those that were never asked
        judge_one(exercise_id, known.answers[exercise_id])
    wanted = to_show(plan.assignment, known.answers, verdicts)
    own = {one.id: early.shown[one.id] for one in wanted if one.id in early.shown}
    left = [exercise for exercise in wanted if exercise.id not in own]
    return known, verdicts, own | show_apart(zygote, tasks, files, known, end, left)


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without its outputs, which may be large; the rest is shared."""
    emptied = [{**cell, "outputs": []} if "outputs" in cell else cell for cell in notebook.cells]
    return NotebookNode({**notebook, "cells": [NotebookNode(cell) for cell in emptied]})
