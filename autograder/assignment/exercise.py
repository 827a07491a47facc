"""What an assignment asks: plain data that every other module shares."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from autograder.assignment.misconception import Catalogue
from autograder.assignment.statements import Chain, Group, Statement
from autograder.assignment.verdict import CaseVerdict, Demonstrated, Pairs
from autograder.sandbox.overlap import with_overlaps
from workbook.comparison import Finding, Tolerance
from workbook.documented import Example, judge
from workbook.practice import copied

# The tag of given cells that grading does not run: they draw, train or only show.
UNGRADED = "ungraded"
# The tag of given cells that students may change, to try something; nobody grades them.
EXPERIMENT = "experiment"
# The name of the case that makes the documented call.
DOCUMENTED = "the documented example"
# Two wrong answers to the documented example are the same if they are in more digits than it
# prints. Whether one is right is what the instant check says.
ALIKE = Tolerance(relative=1e-9, absolute=1e-12)


@dataclass(frozen=True, eq=False)
class Call:
    """The arguments of one call of a graded function; a call equals only itself.

    With `shows_arguments` the answer is what the function returned, then its arguments as they were
    afterwards, and the pairs of arrays in both that lie in the same memory. With `program`, the
    text of a module that is no secret, the answer is what its ``play(function, *arguments)``
    returns: it may call the function as often as it likes, without asking anyone in between.
    """

    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    shows_arguments: bool = False
    program: str = ""

    def copy(self) -> Call:
        """Return the same call with arguments of its own, which may be changed."""
        arguments, keywords = copied(self.arguments), copied(self.keywords)
        return replace(self, arguments=arguments, keywords=keywords)

    def put_to(self, function: Callable[..., Any]) -> Any:
        """Call `function` and return its answer; it may change the arguments."""
        if self.program:
            namespace: dict[str, Any] = {"__name__": "program"}
            exec(compile(self.program, "<program>", "exec"), namespace)
            return namespace["play"](function, *self.arguments)
        returned = function(*self.arguments, **self.keywords)
        return with_overlaps(returned, self.arguments) if self.shows_arguments else returned


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
        Whether students know the right answer, so that it could be written down.
    proves : bool, optional
        Whether only a function that computes with its arguments passes. What proves nothing earns
        points beside a case that does: see `judging.earning`. Unless it is said, a case does that
        is not known and has no law.
    asks : tuple of str
        What the notebook's check asks besides the right numbers, of a case whose law it does not
        have: the names stand in `workbook.practice`.
    """

    name: str
    help: str
    draw: Callable[[np.random.Generator], Call]
    weight: float = 1.0
    tolerance: Tolerance = field(default_factory=Tolerance)
    law: Callable[..., list[Finding]] | None = None
    known: bool = False
    proves: bool | None = None
    asks: tuple[str, ...] = ()

    @property
    def is_proof(self) -> bool:
        """Whether passing it shows that the function computes with its arguments."""
        return not self.known and (self.law is None if self.proves is None else self.proves)


def documented_case(example: Example, outputs: Mapping[str, Any], weight: float = 1.0) -> Case:
    """Return the case that makes the documented call; students know its answer.

    Parameters
    ----------
    outputs : dict
        What the documentation prints: the instant check and this case judge by it alike.
    """

    def draw(_rng: np.random.Generator) -> Call:
        return Call(*example.call())

    def law(answer: Any, *arguments: Any, **_keywords: Any) -> list[Finding]:
        return judge(example, outputs, answer, *arguments)

    help_ = "Run the example cell above: it shows your output beside the documented one."
    return Case(DOCUMENTED, help_, draw, weight, ALIKE, law, known=True)


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
    demonstration: Demonstration | None = None
    groups: tuple[Group, ...] = ()
    chain: Chain | None = None
    statements: tuple[Statement, ...] = ()

    @property
    def answer_cell(self) -> str:
        """The name of the cell that holds a student's answer."""
        return f"{self.id}-answer"


@dataclass(frozen=True)
class Assignment:
    """The exercises of one notebook, in order, and cases for its checks alone, by exercise."""

    name: str
    exercises: tuple[Exercise, ...]
    rehearsals: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)

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

    An answer equals only itself.

    Attributes
    ----------
    digest : bytes
        The same for two answers only if they say the same; empty where no child said it.
    weight : int
        How many bytes of memory it takes, at most about.
    verdict : CaseVerdict, optional
        What came of it, where it was too large to be kept until the other answers were there.
    """

    status: str
    value: Any = None
    reason: str = ""
    digest: bytes = b""
    weight: int = 0
    verdict: CaseVerdict | None = None

    @property
    def identity(self) -> Hashable:
        """What tells whether another answer says the same."""
        if self.status == "raised":  # with a line of the notebook, which is each student's own
            return self.status, self.reason, str(self.value)
        return self.digest or (self.status, self.reason)


@dataclass(frozen=True)
class Question:
    """One case with its inputs drawn and the reference's answer to them."""

    case: Case
    call: Call
    expected: Any = None
