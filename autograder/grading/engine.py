"""Grade one notebook: its cells run in the sandbox, its answers are judged here."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade

from autograder.assignment.exercise import UNGRADED, Answer, Assignment, Call, Exercise
from autograder.assignment.verdict import ExerciseVerdict, Pairs, Verdict
from autograder.grading.interview import Interview, interview
from autograder.grading.outputs import JUDGED_INSIDE, safe_outputs, verdict_outputs, with_notes
from autograder.grading.showing import Groups, beside, demonstrate
from autograder.handin.notebook import SubmittedCell, name_of, repair
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.marking import mark
from autograder.judging.questions import Questions, draw_questions
from autograder.sandbox.asking import Child, Request, make_request
from autograder.sandbox.client import Zygote

Zygotes = Callable[[], AbstractContextManager[Zygote]]

# Most of a class answer alike: so many verdicts on exercises are remembered.
REMEMBERED = 256


@dataclass(frozen=True)
class Budgets:
    """Seconds that a cell, a call and a whole submission may take."""

    cell: float = 20.0
    call: float = 5.0
    submission: float = 120.0


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
    """

    assignment: Assignment
    source: NotebookNode
    questions: Questions
    requests: Mapping[str, Sequence[Request]]
    seed: int
    budgets: Budgets = field(default_factory=Budgets)
    right: Groups = field(default_factory=dict)

    @cached_property
    def diagnosticians(self) -> Mapping[str, Diagnostician]:
        """What explains the wrong answers of each exercise; it costs nothing until one is wrong."""
        exercises = self.assignment.exercises
        return {one.id: Diagnostician(one, self.questions[one.id]) for one in exercises}

    @cached_property
    def judge(self) -> Callable[[str, tuple[Answer, ...]], ExerciseVerdict]:
        """Judge the answers to an exercise's questions; the same ones only once."""
        return lru_cache(REMEMBERED)(partial(_judge_exercise, self))


def make_plan(
    assignment: Assignment, source: NotebookNode, seed: int, zygote: Zygote, budgets: Budgets
) -> Plan:
    """Draw the questions and have the instructor's notebook answer them, in the sandbox.

    Raises
    ------
    UserError
        If the instructor's notebook fails one of its own cases.
    """
    source = without_outputs(source)
    with zygote.child() as child:
        for _ in child.run(_sources(cells_to_run(source, assignment), budgets)):
            pass

        numbers = itertools.count(1)
        requests: dict[str, list[Request]] = {}

        def ask(function: str, call: Call) -> Answer:
            request = make_request(next(numbers), function, call, budgets.call)
            requests.setdefault(function, []).append(request)
            return child.ask(request)

        questions = draw_questions(assignment, seed, ask)
        right = demonstrate(child, assignment.exercises)
    return Plan(assignment, source, questions, requests, seed, budgets, right)


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
        start = time.perf_counter()
        isolation = zygote.parts
        known, verdicts, own = _question(plan, zygote, cells, files)
        seconds = time.perf_counter() - start
    exercises = tuple(
        replace(verdicts[exercise.id], demonstration=beside(exercise, own, plan.right))
        for exercise in plan.assignment.exercises
    )
    verdict = Verdict(
        student=student,
        notebook=plan.assignment.name,
        exercises=exercises,
        seed=plan.seed,
        isolation=isolation,
        repairs=repaired.notes,
        flags=tuple(dict.fromkeys(known.flags)),
        seconds=seconds,
    )
    for place, run in known.runs.items():
        cells[place].execution_count = run.count or None
        cells[place].outputs = safe_outputs(run.outputs, run.count)
    _enter_verdicts(repaired.notebook, exercises)
    return verdict, with_notes(repaired)


def _question(
    plan: Plan,
    zygote: Zygote,
    cells: Sequence[NotebookNode],
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
    own: dict[str, tuple[Pairs, ...]] = {}

    def judge_one(exercise_id: str, answers: Sequence[Answer]) -> None:
        verdicts[exercise_id] = plan.judge(exercise_id, tuple(answers))

    def show(child: Child, known: Interview) -> None:
        own.update(demonstrate(child, _to_show(plan, known.answers, verdicts)))

    sources, seconds = _sources(cells, plan.budgets), plan.budgets.submission
    known = interview(zygote, sources, plan.requests, seconds, judge_one, show, files)
    for exercise_id in plan.questions.keys() - verdicts.keys():  # those that were never asked
        judge_one(exercise_id, known.answers[exercise_id])
    return known, verdicts, own


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without its outputs, which may be large; the rest is shared."""
    emptied = [{**cell, "outputs": []} if "outputs" in cell else cell for cell in notebook.cells]
    return NotebookNode({**notebook, "cells": [NotebookNode(cell) for cell in emptied]})


def _to_show(
    plan: Plan, answers: Mapping[str, Sequence[Answer]], verdicts: Mapping[str, ExerciseVerdict]
) -> list[Exercise]:
    """Return the exercises that were answered, but not all right."""
    return [
        exercise
        for exercise in plan.assignment.exercises
        if verdicts[exercise.id].score < exercise.points
        and any(answer.status == "returned" for answer in answers[exercise.id])
    ]


def _judge_exercise(plan: Plan, exercise_id: str, answers: tuple[Answer, ...]) -> ExerciseVerdict:
    return mark(plan.diagnosticians[exercise_id], answers)


def cells_to_run(notebook: NotebookNode, assignment: Assignment) -> list[NotebookNode]:
    """Return the code cells that grading runs.

    Not those that draw or train, nor the grade cells of the exercises: the cases ask what their
    instant checks ask, and more, and the verdict takes the place of their outputs.
    """
    judged = {exercise.id for exercise in assignment.exercises}
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code"
        and UNGRADED not in cell.metadata.get("tags", [])
        and name_of(cell) not in judged
    ]


def _sources(cells: Iterable[NotebookNode], budgets: Budgets) -> list[tuple[str, float]]:
    return [(cell.source, budgets.cell) for cell in cells]


def _enter_verdicts(notebook: NotebookNode, exercises: Iterable[ExerciseVerdict]) -> None:
    verdicts = {verdict.exercise_id: verdict for verdict in exercises}
    for cell in filter(is_grade, notebook.cells):
        if verdict := verdicts.get(name_of(cell)):
            cell.outputs = verdict_outputs(verdict)
        elif cell.cell_type == "code":
            cell.outputs.append(JUDGED_INSIDE)
