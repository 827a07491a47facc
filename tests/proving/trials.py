"""Put solutions to the hidden cases and to the diagnosis, each within limits of its own."""

from __future__ import annotations

import io
import resource
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from signal import ITIMER_PROF
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Case, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, Diagnosis, Outcome
from autograder.authoring.exercises import student_modules
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.judge import judge
from autograder.judging.marking import mark
from autograder.judging.questions import draw
from autograder.sandbox.timing import BudgetExceeded, time_limit
from tests.proving.mutants import Mutant
from tests.proving.targets import Target, targets
from tests.support.assignments import COURSE
from workbook.checks import Status, examine
from workbook.plain import plain

SECONDS = 2.0  # of the processor for one call; a right one takes a thousandth of it
MEMORY = 4 << 30
SEED, OTHER_SEED = 11, 1213
KINDS = ("name", "rule", "link", "statement", "reading")


@dataclass(frozen=True)
class Trial:
    """What came of one solution.

    Attributes
    ----------
    passed : tuple of bool
        For each hidden case whether the solution passes it.
    told : tuple of str
        What is told of it, by id.
    kind : str
        Of which kind that is, one of `KINDS`.
    runs : bool
        Whether it returned anything.
    holds : bool
        Whether the same is told of, or is true for, its answers to inputs drawn afresh.
    green : bool
        Whether the notebook's check says that it is right.
    """

    mutant: Mutant
    passed: tuple[bool, ...]
    told: tuple[str, ...] = ()
    kind: str = ""
    runs: bool = True
    holds: bool = True
    green: bool = False

    @property
    def survives(self) -> bool:
        """Whether no hidden case tells it from a right solution."""
        return all(self.passed)


class Bench:
    """The questions of one exercise, answered by the reference, and its diagnosticians."""

    def __init__(self, target: Target, seed: int) -> None:
        self.target = target
        self.exercise = exercise = target.exercise
        self.questions = answered(exercise, target.reference, seed)
        self.diagnostician = Diagnostician(exercise, self.questions)
        drawn = target.draws("FRESH") or ()
        more = tuple(Case(f"fresh {n}", "", make) for n, make in enumerate(drawn))
        fresh = replace(exercise, cases=(*exercise.cases, *more))
        self.fresh_questions = answered(fresh, target.reference, OTHER_SEED)
        self.fresh = Diagnostician(fresh, self.fresh_questions)

    def judged(self, answers: Sequence[Answer]) -> tuple[CaseVerdict, ...]:
        """Return the word on each case, before known answers are discounted."""
        pairs = zip(self.questions, answers, strict=True)
        return tuple(judge(self.exercise, question, answer) for question, answer in pairs)

    def try_out(self, mutant: Mutant, explain: bool) -> Trial:
        """Mark a solution as grading does; see whether what is told holds if `explain`."""
        function = function_of(mutant)
        answers = answers_of(function, self.questions)
        verdict = mark(self.diagnostician, answers)
        passed = tuple(case.outcome is Outcome.PASSED for case in verdict.cases)
        green = not all(passed) and is_green(self.target, function)
        told = verdict.diagnoses
        runs = any(answer.status == "returned" for answer in answers)
        if all(passed) or not explain or not told:
            return Trial(mutant, passed, runs=runs, green=green)
        ids = tuple(one.id for one in told)
        holds = self._holds(function, told)
        return Trial(mutant, passed, ids, self._kind_of(ids), runs, holds, green)

    def _kind_of(self, ids: tuple[str, ...]) -> str:
        exercise = self.exercise
        assert exercise.catalogue
        if {*ids} <= {entry.id for entry in exercise.catalogue.entries}:
            return "name"
        if any(one.endswith("-rule") for one in ids):
            return "rule"
        if any(one.endswith("-breaks") for one in ids):
            return "link"
        is_statement = ids[0] in {statement.id for statement in exercise.statements}
        return "statement" if is_statement else "reading"

    def _holds(self, function: Any, told: tuple[Diagnosis, ...]) -> bool:
        """Tell whether the same is told of inputs drawn afresh, or a claim is true of them."""
        answers = answers_of(function, self.fresh_questions)
        verdict = mark(self.fresh, answers)
        if verdict.diagnoses == told:
            return True
        pairs = zip(self.fresh_questions, answers, strict=True)
        judged = [judge(self.exercise, *pair) for pair in pairs]
        claims = [one for one in self.exercise.statements if one.diagnosis in told]
        return bool(claims) and claims[0].fits(self.fresh.seen(answers, judged))


def benches(assignment: str, seed: int = SEED) -> dict[str, Bench]:
    """Return the bench of each exercise."""
    return {target.id: Bench(target, seed) for target in targets(assignment)}


def answered(exercise: Exercise, function: Callable[..., Any], seed: int) -> tuple[Question, ...]:
    """Return the questions that are drawn from a seed, with the answers of a right solution."""
    return tuple(
        replace(question, expected=ask(function, question).value)
        for question in draw(exercise, seed)
    )


def run(mutants: Iterable[Mutant], explain: bool, workers: int) -> Iterator[Trial]:
    """Try out all mutants in processes of their own, and yield what came of each."""
    with get_context("fork").Pool(workers, limit_memory) as pool:
        yield from pool.imap(partial(_try_out, explain), mutants, chunksize=16)


def limit_memory() -> None:
    """Let no solution take more memory than a sandbox would."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _try_out(explain: bool, mutant: Mutant) -> Trial:
    return _bench(mutant.target).try_out(mutant, explain)


@cache
def _bench(target: Target) -> Bench:
    return Bench(target, SEED)


def function_of(mutant: Mutant) -> Callable[..., Any]:
    """Return the function that a solution's text defines, beside what the notebook does."""
    namespace = dict(mutant.target.reference.__globals__)
    with student_modules(COURSE, mutant.target.assignment), quiet():
        exec(compile(mutant.source, "<mutant>", "exec"), namespace)
    return namespace[mutant.style]


def is_green(target: Target, function: Callable[..., Any]) -> bool:
    """Return what the check in a student's notebook says of a function."""
    with student_modules(COURSE, target.assignment):
        return examine(target.id, {target.id: function}).status is Status.RIGHT


def answers_of(function: Any, questions: Sequence[Question]) -> list[Answer]:
    """Return the answers to all questions; after one that ran too long, the rest are skipped."""
    answers: list[Answer] = []
    for question in questions:
        if answers and answers[-1].status in {"late", "skipped"}:
            answers.append(Answer("skipped", reason="was not called again"))
        else:
            answers.append(ask(function, question))
    return answers


def ask(function: Any, question: Question) -> Answer:
    """Call a function as the sandbox does, on inputs of its own."""
    call = question.call.copy()
    np.random.seed(4)  # noqa: NPY002 - a run is to be repeatable, even where the seed is ignored
    try:
        with quiet(), time_limit(SECONDS, ITIMER_PROF):
            return Answer("returned", plain(call.put_to(function)))
    except BudgetExceeded:
        return Answer("late", reason="ran past its time")
    except Exception as error:
        message = f": {error}" if str(error) else ""
        return Answer("raised", reason=f"stopped with {type(error).__name__}{message}")


@contextmanager
def quiet() -> Iterator[None]:
    """Let neither prints nor warnings of a solution be seen."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
