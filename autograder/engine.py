"""Grade one notebook: its cells run in the sandbox, its answers are judged here."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode

from autograder.exercise import (
    UNGRADED,
    Answer,
    Assignment,
    Call,
    CaseVerdict,
    Exercise,
    ExerciseVerdict,
    Outcome,
    Question,
    Verdict,
)
from autograder.interview import interview
from autograder.judge import judge
from autograder.notebook import HIDDEN, SubmittedCell, name_of, repair
from autograder.outputs import JUDGED_INSIDE, graded_outputs, safe_outputs, with_notes
from autograder.questions import Questions, draw_questions
from autograder.sandbox.client import CellRun, Request, Zygote, make_request


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
    """

    assignment: Assignment
    source: NotebookNode
    questions: Questions
    requests: Mapping[str, Sequence[Request]]
    seed: int
    budgets: Budgets = field(default_factory=Budgets)


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
        for _ in child.run(_runnable(source, assignment, budgets)):
            pass

        numbers = itertools.count(1)
        requests: dict[str, list[Request]] = {}

        def ask(function: str, call: Call) -> Answer:
            parts = function, call.arguments, call.keywords, budgets.call
            request = make_request(next(numbers), *parts)
            requests.setdefault(function, []).append(request)
            return child.ask(request)

        questions = draw_questions(assignment, seed, ask)
    return Plan(assignment, source, questions, requests, seed, budgets)


def grade_notebook(
    plan: Plan,
    zygote: Zygote,
    student: str,
    submitted: Iterable[SubmittedCell],
    files: Mapping[str, bytes] | None = None,
) -> tuple[Verdict, NotebookNode]:
    """Return the verdict on a hand-in with `files` beside it, and its notebook with outputs."""
    start = time.perf_counter()
    repaired = repair(plan.source, submitted)
    cells = _runnable(repaired.notebook, plan.assignment, plan.budgets)
    known = interview(zygote, cells, plan.requests, plan.budgets.submission, files)
    exercises = tuple(
        _judge_exercise(exercise, plan.questions[exercise.id], known.answers[exercise.id])
        for exercise in plan.assignment.exercises
    )
    verdict = Verdict(
        student=student,
        notebook=plan.assignment.name,
        exercises=exercises,
        seed=plan.seed,
        isolation=zygote.parts,
        repairs=repaired.notes,
        flags=tuple(dict.fromkeys(known.flags)),
        seconds=time.perf_counter() - start,
    )
    _fill_in_outputs(repaired.notebook, plan, known.runs, exercises)
    return verdict, with_notes(repaired)


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without its outputs, which may be large; the rest is shared."""
    emptied = [{**cell, "outputs": []} if "outputs" in cell else cell for cell in notebook.cells]
    return NotebookNode({**notebook, "cells": [NotebookNode(cell) for cell in emptied]})


def _judge_exercise(
    exercise: Exercise, questions: Sequence[Question], answers: Sequence[Answer]
) -> ExerciseVerdict:
    verdicts = tuple(
        _judge_safely(exercise, question, answer)
        for question, answer in zip(questions, answers, strict=True)
    )
    return ExerciseVerdict(exercise.id, exercise.points, verdicts)


def _judge_safely(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Judge one answer; a fault of the judge's own is never a student's zero."""
    try:
        return judge(exercise, question, answer)
    except Exception as error:
        reason = f"The grader itself failed here ({type(error).__name__}); tell your instructor."
        return CaseVerdict(question.case.name, Outcome.NOT_JUDGED, question.case.weight, reason)


def _runnable(
    notebook: NotebookNode, assignment: Assignment, budgets: Budgets
) -> list[tuple[str, float]]:
    """Return the sources to run; a registered exercise's hidden region is ours to judge."""
    registered = {exercise.id for exercise in assignment.exercises}
    return [
        (HIDDEN.sub("", cell.source) if name_of(cell) in registered else cell.source, budgets.cell)
        for cell in cells_to_run(notebook)
    ]


def cells_to_run(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells that grading runs: all but those that draw or train."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and UNGRADED not in cell.metadata.get("tags", [])
    ]


def _fill_in_outputs(
    notebook: NotebookNode,
    plan: Plan,
    runs: Mapping[int, CellRun],
    exercises: Sequence[ExerciseVerdict],
) -> None:
    cells = cells_to_run(notebook)
    for place, run in runs.items():
        cells[place].execution_count = run.count or None
        cells[place].outputs = safe_outputs(run.outputs, run.count)
    verdicts = {verdict.exercise_id: verdict for verdict in exercises}
    for cell in notebook.cells:
        if verdict := verdicts.get(name_of(cell)):
            cell.outputs = graded_outputs(cell.outputs, verdict)
        elif cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.outputs.append(JUDGED_INSIDE)
