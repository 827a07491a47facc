"""A class that is to be graded, and what came of it: what those who do the work agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict, combined
from autograder.course import Course
from autograder.gradebook.kept import Kept
from autograder.grading.marks.recording import Graded
from autograder.handin.submission import Submission

if TYPE_CHECKING:
    from autograder.grading.settings import Settings
    from autograder.grading.unasked import Unasked


@dataclass(frozen=True)
class Job:
    """What a grader is given: whose hand-ins are to be graded, and how.

    Attributes
    ----------
    basis : mapping
        Digests of what all their marks depend on.
    tell : callable
        Told in a sentence what there is to say about where it is done.
    """

    course: Course
    name: str
    settings: Settings
    submissions: Sequence[Submission]
    basis: Mapping[str, str]
    tell: Callable[[str], None]


@dataclass(frozen=True)
class UnderWay:
    """A class that is being graded: results as they come, in any order."""

    unasked: Unasked
    results: Iterator[Graded]


Grader = Callable[[Job], AbstractContextManager[UnderWay]]


class Records(Protocol):
    """What takes in what came of each submission."""

    def add(self, graded: Graded) -> None:
        """Take in one submission."""


def put_together(
    submission: Submission,
    reached: Mapping[str, str],
    results: Mapping[str, tuple[Verdict, NotebookNode | None]],
    texts: Mapping[str, str] | None = None,
) -> Graded:
    """Return what came of a submission, given what came of each of its notebooks.

    Parameters
    ----------
    reached : mapping
        What the mark depends on, as it was before anything of the hand-in was read.
    texts : mapping, optional
        Notebooks as they are to be written, where there is nothing to add to them.
    """
    verdict = combined([verdict for verdict, _ in results.values()])
    notebooks = {notebook: graded for notebook, (_, graded) in results.items()}
    if not all(one.refused or notebook for one, notebook in results.values()):
        reached = {}  # the next run tries again what the grader itself has failed at
    return Graded(submission, Kept(reached, verdict), notebooks, texts=texts or {})
