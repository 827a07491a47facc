"""How the cells of an assignment are judged: what an instructor is told before anybody hands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.examining.decisions import Decisions
from autograder.grading.examining.examination import Judged
from autograder.grading.examining.source import read_source
from autograder.grading.notebook.engine import Plan
from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.sandbox import levels

ADVICE = {
    "FileNotFoundError": "have the test call a function that returns what the file holds",
    "Unanswered": "have the test ask for numbers, text, lists or arrays",
    "NotJudged": "have the test ask for numbers, text, lists or arrays",
    "AssertionError": "compare values, not identities, figures or files",
    "NameError": "define what the test uses in a given cell or in the test itself",
    "UsageError": "leave the magic out of the test",
}


@dataclass(frozen=True)
class Line:
    """What is said of one grade cell."""

    notebook: str
    cell: str
    is_outside: bool
    milliseconds: float
    reason: str = ""
    advice: str = ""

    def __str__(self) -> str:
        if self.is_outside:
            return f"{self.notebook}/{self.cell}: outside, {self.milliseconds:.0f} ms"
        advice = f" To move it outside, {self.advice}." if self.advice else ""
        return f"{self.notebook}/{self.cell}: inside: {self.reason}.{advice}"


def check(course: Course, name: str, settings: Settings, *, anew: bool = True) -> list[Line]:
    """Return a line for every grade cell of the assignment's notebooks.

    Parameters
    ----------
    anew : bool
        Whether each cell is tried, also where it is known how it is judged.

    Raises
    ------
    UserError
        If the assignment is unknown, or its notebooks cannot be run here.
    """
    if not course.notebooks(name):
        raise UserError(f"{course.source(name)} holds no notebook: there is nothing to check.")
    decisions = Decisions(course, name, settings, levels.choose(settings.level))
    if anew:
        decisions.forget()
    elif (known := _known(course, name, decisions)) is not None:
        return known
    with Pool(course, name, settings) as pool:
        return [line for notebook, plan in pool.plans.items() for line in _of_plan(notebook, plan)]


def _of_plan(notebook: str, plan: Plan) -> Iterator[Line]:
    for exercise in plan.assignment.exercises:
        yield Line(notebook, exercise.id, True, 0.0)
    yield from _lines(notebook, plan.examination.judged if plan.examination else {})


def _lines(notebook: str, judged: Mapping[str, Judged]) -> Iterator[Line]:
    for cell, how in judged.items():
        advice = next((text for sign, text in ADVICE.items() if sign in how.reason), "")
        yield Line(notebook, cell, how.outside, 1000 * how.seconds, how.reason, advice)


def _known(course: Course, name: str, decisions: Decisions) -> list[Line] | None:
    """Return the lines if all is known of all notebooks; None if one is to be tried."""
    lines: list[Line] = []
    for notebook in course.notebooks(name):
        source = read_source(course, name, course.source(name) / f"{notebook}.ipynb")
        judged = decisions.recall(notebook, source)
        if judged is None:
            return None
        lines += _lines(notebook, judged)
    return lines


def summed(lines: list[Line]) -> str:
    """Return how many cells are judged outside, in a sentence."""
    outside = sum(line.is_outside for line in lines)
    return f"{outside} of {len(lines)} grade cells are judged outside the student's process."


def require(course: Course, lines: list[Line]) -> None:
    """Refuse cells that are judged inside, where the course does not want any.

    Raises
    ------
    UserError
        If ``c.Grading.judge_outside`` is "require" and there is one.
    """
    inside = [line for line in lines if not line.is_outside]
    if inside and course.config.Grading.get("judge_outside") == "require":
        raise UserError(
            f'c.Grading.judge_outside is "require", but {inside[0].notebook}/{inside[0].cell} is '
            f"judged inside: {inside[0].reason}. `autograder check` tells all of them."
        )
