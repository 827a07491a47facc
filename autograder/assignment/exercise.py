"""What an assignment asks: plain data that every other module shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from autograder.assignment.misconception import Catalogue, Pattern
from autograder.assignment.verdict import Demonstrated, Pairs
from workbook.comparison import Finding, Tolerance

# The tag of given cells that grading does not run: they draw, train or only show.
UNGRADED = "ungraded"


@dataclass(frozen=True, eq=False)
class Call:
    """The arguments of one call of a graded function; a call equals only itself.

    With `shows_arguments` the answer is what the function returned, and then its arguments as they
    were afterwards: that shows what it did to them. With `program`, the text of a module that is no
    secret, the answer is what its ``play(function, *arguments)`` returns: it may call the function
    as often as it likes, without asking anyone in between.
    """

    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    shows_arguments: bool = False
    program: str = ""

    def put_to(self, function: Callable[..., Any]) -> Any:
        """Call `function` and return its answer; it may change the arguments."""
        if self.program:
            namespace: dict[str, Any] = {"__name__": "program"}
            exec(compile(self.program, "<program>", "exec"), namespace)
            return namespace["play"](function, *self.arguments)
        returned = function(*self.arguments, **self.keywords)
        return [returned, self.arguments] if self.shows_arguments else returned


@dataclass(frozen=True)
class Case:
    """One hidden case.

    Attributes
    ----------
    name, help : str
        What a student may read when the case fails: what it tries, and what to think about. Never
        its inputs or the expected values.
    draw : callable
        Makes the inputs afresh from a random generator.
    weight : float
        Its share of the exercise's points, relative to the other cases.
    tolerance : Tolerance
        How near the numbers must be.
    law : callable, optional
        Judges the answer, given with the arguments of the call. Without one the answer is compared
        with the reference's.
    known : bool
        Whether students know the right answer. It earns points only beside a case that passes and
        is not known, or it could be written down instead of computed.
    """

    name: str
    help: str
    draw: Callable[[np.random.Generator], Call]
    weight: float = 1.0
    tolerance: Tolerance = field(default_factory=Tolerance)
    law: Callable[..., list[Finding]] | None = None
    known: bool = False


@dataclass(frozen=True)
class Picture:
    """What a student's function did beside the right one, as a page shows it.

    Attributes
    ----------
    caption : str
        Says in words what is to be seen: a terminal shows nothing else.
    html, style : str
        A figure, and the style that it needs; empty where there is no difference to be seen.
    """

    caption: str
    html: str = ""
    style: str = ""


class Demonstration(Protocol):
    """What a student's function can be asked to show, on fixed inputs that anyone may see."""

    @property
    def kind(self) -> str:
        """What the numbers mean, in a word: those of another kind are not drawn."""
        ...

    def play(self, ask: Callable[[Call], Any]) -> tuple[Pairs, ...]:
        """Return the groups to draw, asking for as many answers as it takes."""
        ...

    def picture(self, shown: Demonstrated, id: str) -> Picture | None:
        """Draw what was shown; `id` begins the ids of its elements, which a page needs unique."""
        ...


@dataclass(frozen=True)
class Exercise:
    """One graded function. Its id is the function's name, and the grade_id of its grade cell."""

    id: str
    points: int
    returns: tuple[str, ...]
    cases: tuple[Case, ...]
    catalogue: Catalogue | None = None
    patterns: tuple[Pattern, ...] = ()
    demonstration: Demonstration | None = None

    @property
    def answer_cell(self) -> str:
        """The name of the cell that holds a student's answer."""
        return f"{self.id}-answer"


@dataclass(frozen=True)
class Assignment:
    """The exercises of one notebook, in order."""

    name: str
    exercises: tuple[Exercise, ...]

    @property
    def points(self) -> int:
        """All points together."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise of that id; raise KeyError where there is none."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(f"assignment {self.name!r} has no exercise {exercise_id!r}")


@dataclass(frozen=True, eq=False)
class Answer:
    """What came of one call: ``returned`` with a value, or another status with a reason.

    An answer equals only itself, so that what is known of it can be kept in a dict.
    """

    status: str
    value: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Question:
    """One case with its inputs drawn and the reference's answer to them."""

    case: Case
    call: Call
    expected: Any = None
