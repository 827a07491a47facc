"""What an assignment asks: plain data that every other module shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

import numpy as np

# comparison and its siblings live in source_utils, because the students' instant checks use them
# too; the package's installation puts that folder on the path.
from autograder.assignment.misconception import Catalogue, Pattern
from autograder.assignment.verdict import Pairs
from comparison import Finding, Tolerance

# The tag of given cells that grading does not run: they draw, train or only show.
UNGRADED = "ungraded"


class Walk(NamedTuple):
    """A path that an update rule takes from `start` down a bowl, ½ (a W1² + c b1²).

    Attributes
    ----------
    curvatures : tuple of two floats
        a and c.
    moments : int
        How many moments the rule takes and returns after the parameters.
    counts_steps : bool
        Whether the step's number t is an argument, after the moments.
    """

    start: tuple[float, float]
    curvatures: tuple[float, float]
    moments: int
    counts_steps: bool
    steps: int


@dataclass(frozen=True, eq=False)
class Call:
    """The arguments of one call of a graded function; a call equals only itself.

    With `shows_arguments` the answer is what the function returned, and then its arguments as they
    were afterwards: that shows what it did to them. With `walk` the function is called step after
    step, its arguments are what follows those that change, and the answer is the path.
    """

    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    shows_arguments: bool = False
    walk: Walk | None = None

    def copy(self) -> Call:
        """Return the same call with arguments of its own, which may be changed."""
        arguments, keywords = _copy(self.arguments), _copy(self.keywords)
        return replace(self, arguments=arguments, keywords=keywords)

    def put_to(self, function: Callable[..., Any]) -> Any:
        """Call `function` and return its answer; it may change the arguments."""
        returned = function(*self.arguments, **self.keywords)
        return [returned, self.arguments] if self.shows_arguments else returned


def _copy(value: Any) -> Any:
    """Return a copy of plain data; `copy.deepcopy` takes six times as long."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Mapping):
        return {key: _copy(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(map(_copy, value))
    return value


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


# A group of pairs of numbers: the points of a path, or the examples of a mini-batch.
class Demonstration(Protocol):
    """What a student's function can be asked to show, on fixed inputs that anyone may see."""

    @property
    def kind(self) -> str:
        """How it is drawn."""
        ...

    def play(self, ask: Callable[[Call], Any]) -> tuple[Pairs, ...]:
        """Return the groups to draw, asking for as many answers as it takes."""
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
