"""What stays in memory of a hand-in that has its mark: a class may be large."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.assignment.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Brief:
    """What there is to say of a verdict when the class is graded; the whole is kept in a file.

    Attributes
    ----------
    needs_person : bool
        Whether the grader itself failed at a part of it.
    is_judged : bool
        Whether it did not, and all that was to be handed in could be read.
    """

    student: str
    refused: str
    flags: tuple[str, ...]
    needs_person: bool
    is_judged: bool


def brief_of(student: str, verdict: Verdict) -> Brief:
    """Return what there is to say of a verdict; it bears the name that is in memory already."""
    is_judged = verdict.is_judged
    needs_person = not is_judged and bool(verdict.unjudged)
    return Brief(student, verdict.refused, verdict.flags, needs_person, is_judged)
