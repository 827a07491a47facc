"""A hand-in's notebook, opened to be graded, and what there is to say of it besides its verdict.

All of it is read where the hand-ins lie, before anything runs; to grade it may happen anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import Assignment
from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.grading.additions import find_added, tell_added
from autograder.handin.extra_files import read_extra_files
from autograder.handin.finding import read_hand_in
from autograder.handin.notebook import SubmittedCell
from autograder.handin.submission import Submission, read_timestamp


@dataclass(frozen=True)
class Remarks:
    """What there is to say of a notebook before it is graded.

    Attributes
    ----------
    repairs, flags : tuple of str
        For the student, and for the instructor.
    added : mapping
        The cells that this hand-in cannot have had, with the words for them.
    """

    repairs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)

    def put_into(self, verdict: Verdict, notebook: NotebookNode) -> Verdict:
        """Return the verdict with all that is known of the hand-in; tell it in the notebook too."""
        tell_added(notebook, self.added)
        repairs, flags = (*self.repairs, *verdict.repairs), (*verdict.flags, *self.flags)
        return replace(verdict, added=self.added, repairs=repairs, flags=flags)


@dataclass(frozen=True)
class Opened:
    """What is graded, the cells of a notebook and the files beside it, and the remarks on them."""

    cells: list[SubmittedCell]
    files: Mapping[str, bytes]
    remarks: Remarks


def open_notebook(course: Course, submission: Submission, assignment: Assignment) -> Opened:
    """Read one notebook of a hand-in, and the files beside it.

    Raises
    ------
    UnreadableNotebook
        If it cannot be graded; the message says why.
    """
    found = read_hand_in(submission, assignment)
    extra = read_extra_files(submission.folder)
    timestamp = read_timestamp(submission.folder)
    flags = (*found.flags, *extra.problems, *filter(None, [timestamp.problem]))
    path = submission.notebook(assignment.name)
    added = find_added(course, submission.assignment, path, found.cells)
    files = _as_the_notebook_sees(extra.contents, found.inside)
    return Opened(found.cells, files, Remarks(found.notes, flags, added))


def _as_the_notebook_sees(files: Mapping[str, bytes], inside: str) -> dict[str, bytes]:
    """Return files by their names beside the notebook, where that lies in a folder of its own.

    >>> _as_the_notebook_sees({"mine/data.csv": b"1", "data.csv": b"2", "a.py": b"3"}, "mine/")
    {'data.csv': b'1', 'a.py': b'3'}
    """
    theirs = {name for name in files if name.startswith(inside)}
    others = {name: data for name, data in files.items() if name not in theirs}
    return others | {name.removeprefix(inside): files[name] for name in sorted(theirs)}
