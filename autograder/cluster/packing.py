"""A hand-in made ready to travel: bytes that a worker is sent, and what is kept meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.assignment.exercise import Assignment
from autograder.cluster.wire import Asked, Part, encode
from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.opening import Remarks, open_notebook
from autograder.handin.digesting import hand_in_digest
from autograder.handin.notebook import UnreadableNotebook
from autograder.handin.submission import Submission


@dataclass(frozen=True)
class Seen:
    """What was seen of one notebook: the remarks on it, or why it is not sent.

    Attributes
    ----------
    unreadable : str
        Why it cannot be graded.
    fault : tuple of str
        Where the grader itself failed: the kind of the error, and what it said.
    """

    remarks: Remarks = field(default_factory=Remarks)
    unreadable: str = ""
    fault: tuple[str, str] = ("", "")

    @property
    def is_sent(self) -> bool:
        """Whether a worker grades it."""
        return not self.unreadable and self.fault == ("", "")


@dataclass(frozen=True)
class Parcel:
    """A hand-in that is ready to be sent.

    Attributes
    ----------
    digest : str
        Of what was handed in, as it was before anything of it was read.
    asked : bytes
        What a worker is sent, an `Asked`.
    seen : mapping
        What is kept here, by notebook.
    """

    student: str
    digest: str
    asked: bytes
    seen: Mapping[str, Seen]

    @property
    def parts(self) -> int:
        """How many notebooks are sent."""
        return sum(one.is_sent for one in self.seen.values())


def pack(course: Course, submission: Submission, assignments: Mapping[str, Assignment]) -> Parcel:
    """Read a hand-in, and pack it.

    Raises
    ------
    UserError, OSError
        If the machine fails; what is wrong with the hand-in itself stands in the parcel.
    """
    digest = hand_in_digest(submission, [*assignments])
    opened = {name: _open(course, submission, asked) for name, asked in assignments.items()}
    parts = [part for _, part in opened.values() if part]
    asked = encode(Asked(submission.student, parts))
    seen = {notebook: seen for notebook, (seen, _) in opened.items()}
    return Parcel(submission.student, digest, asked, seen)


def _open(
    course: Course, submission: Submission, assignment: Assignment
) -> tuple[Seen, bytes | None]:
    try:
        opened = open_notebook(course, submission, assignment)
        part = encode(Part(assignment.name, opened.cells, dict(opened.files)))
    except UnreadableNotebook as problem:
        return Seen(unreadable=str(problem)), None
    except (UserError, OSError):  # the machine's, which the others would meet too
        raise
    except Exception as fault:
        return Seen(fault=(type(fault).__name__, str(fault))), None
    return Seen(opened.remarks), part
