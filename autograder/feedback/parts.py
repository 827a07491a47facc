"""The parts of a student's page."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.assignment.exercise import Picture
from autograder.feedback import advice


@dataclass(frozen=True)
class FailedCase:
    """A case that did not pass; reason and hint are empty where an earlier case gave them."""

    name: str
    reason: str
    hint: str


@dataclass(frozen=True)
class Lesson:
    """A known misconception: what was done, where to look; empty where that is said already."""

    done: str
    look: str


@dataclass(frozen=True)
class Section:
    """One exercise, or another cell that carries points.

    Attributes
    ----------
    standing : str
        One of the words of `advice`.
    failed, also : tuple of FailedCase
        What failed; apart from it what failed too, and says nothing new.
    picture : optional
        What its function did beside the right one.
    marks : frozenset of int
        The lines of the code that the findings speak of, counted from 1.
    said : str
        What an instructor's own test said when it stopped.
    in_words : bool
        Whether the answer is a text, no code.
    by_hand : str
        What a person did to the points.
    """

    number: int
    id: str
    earned: float
    points: float
    standing: str
    summary: str = ""
    next_step: str = ""
    obstacle: str = ""
    lessons: tuple[Lesson, ...] = ()
    failed: tuple[FailedCase, ...] = ()
    also: tuple[FailedCase, ...] = ()
    unjudged: tuple[FailedCase, ...] = ()
    passed: tuple[str, ...] = ()
    picture: Picture | None = None
    code: str = ""
    marks: frozenset[int] = frozenset()
    said: str = ""
    in_words: bool = False
    by_hand: str = ""
    comment: str = ""

    @property
    def about_marks(self) -> str:
        """What the marks in the code mean; empty where there are none."""
        if not self.marks:
            return ""
        if len(self.marks) == 1:
            return "Marked with → is the line that the finding is about."
        return "Marked with → are the lines that the finding is about."

    @property
    def share(self) -> float:
        """Of the points, in per cent."""
        return round(100 * min(1.0, self.earned / self.points), 1) if self.points else 0.0


@dataclass(frozen=True)
class Page:
    """All of one student's page."""

    assignment: str
    student: str
    total: float
    points: float
    penalty: float
    sections: tuple[Section, ...]
    refused: str
    repairs: tuple[str, ...]
    flags: tuple[str, ...]
    graded_by: str
    late: str = ""
    has_cases: bool = True

    @property
    def share(self) -> float:
        """Of all points, in per cent."""
        return round(100 * min(1.0, self.total / self.points), 1) if self.points else 0.0

    @property
    def figure_styles(self) -> list[str]:
        """The styles of its figures, each once."""
        pictures = (part.picture for part in self.sections)
        return list(dict.fromkeys(picture.style for picture in pictures if picture))

    @property
    def first_open(self) -> Section | None:
        """Where the student goes on: the first exercise that is not right."""
        undone = {advice.PARTLY, advice.WRONG, advice.OPEN}
        return next((part for part in self.sections if part.standing in undone), None)
