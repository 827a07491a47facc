"""A hand-in's notebook, opened to be graded and closed when it is: what the sandbox has no part in.

All of it happens where the hand-ins lie; what is between the two may happen anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import Assignment
from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.grading.additions import find_added, tell_added
from autograder.handin.extra_files import read_extra_files
from autograder.handin.finding import HandIn, read_hand_in
from autograder.handin.notebook import SubmittedCell
from autograder.handin.submission import Submission, read_timestamp


@dataclass(frozen=True)
class Opened:
    """The cells of a notebook, the files beside it, and what there is to say of them."""

    notebook: str
    found: HandIn
    files: Mapping[str, bytes]
    problems: tuple[str, ...]

    @property
    def cells(self) -> list[SubmittedCell]:
        """What is graded."""
        return self.found.cells

    def added_cells(self, course: Course, submission: Submission) -> dict[str, str]:
        """Return the cells that this hand-in cannot have had, with the words for them."""
        path = submission.notebook(self.notebook)
        return find_added(course, submission.assignment, path, self.cells)

    def closed(
        self,
        submission: Submission,
        verdict: Verdict,
        notebook: NotebookNode,
        added: Mapping[str, str],
    ) -> Verdict:
        """Return the verdict with all that is known of the hand-in; tell it in the notebook too."""
        tell_added(notebook, added)
        problems = filter(None, (*self.problems, read_timestamp(submission.folder).problem))
        repairs = (*self.found.notes, *verdict.repairs)
        flags = (*verdict.flags, *self.found.flags, *problems)
        return replace(verdict, added=added, repairs=repairs, flags=flags)


def open_notebook(submission: Submission, assignment: Assignment) -> Opened:
    """Read one notebook of a hand-in, and the files beside it.

    Raises
    ------
    UnreadableNotebook
        If it cannot be graded; the message says why.
    """
    found = read_hand_in(submission, assignment)
    extra = read_extra_files(submission.folder)
    files = _as_the_notebook_sees(extra.contents, found.inside)
    return Opened(assignment.name, found, files, extra.problems)


def _as_the_notebook_sees(files: Mapping[str, bytes], inside: str) -> dict[str, bytes]:
    """Return files by their names beside the notebook, where that lies in a folder of its own.

    >>> _as_the_notebook_sees({"mine/data.csv": b"1", "data.csv": b"2", "a.py": b"3"}, "mine/")
    {'data.csv': b'1', 'a.py': b'3'}
    """
    theirs = {name for name in files if name.startswith(inside)}
    others = {name: data for name, data in files.items() if name not in theirs}
    return others | {name.removeprefix(inside): files[name] for name in sorted(theirs)}
