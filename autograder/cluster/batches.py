"""Hand-ins on their way to a worker and back: opened, encoded, put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict
from autograder.cluster.graded_notebooks import read_light, read_whole
from autograder.cluster.wire import Asked, Chunk, Found, Part, encode
from autograder.errors import UserError
from autograder.grading.job import Job, put_together
from autograder.grading.marks.basis import with_hand_in
from autograder.grading.marks.recording import Graded
from autograder.grading.opening import Opened, open_notebook
from autograder.grading.unasked import Unasked
from autograder.handin.notebook import UnreadableNotebook
from autograder.handin.submission import Submission

Result = tuple[Verdict, NotebookNode | None]


@dataclass(frozen=True)
class HandedOver:
    """A hand-in that is being graded elsewhere: its notebooks, opened, or the verdict on them."""

    submission: Submission
    reached: Mapping[str, str]
    opened: Mapping[str, Opened | Verdict]

    @property
    def asked(self) -> Asked:
        """What is sent of it."""
        parts = [
            Part(one.notebook, one.cells, dict(one.files))
            for one in self.opened.values()
            if isinstance(one, Opened)
        ]
        return Asked(self.submission.student, parts)

    @property
    def size(self) -> int:
        """About how many bytes that takes."""
        return sum(
            sum(len(cell.source) for cell in part.cells) + sum(map(len, part.files.values()))
            for part in self.asked.parts
        )


@dataclass
class Batch:
    """Some hand-ins that are sent together, how often they were lost, how often they are out."""

    hand_ins: Sequence[HandedOver]
    chunk: bytes
    losses: int = 0
    copies: int = 0
    is_done: bool = field(default=False)


class Packer:
    """Opens hand-ins and packs them; unpacks what comes back."""

    def __init__(self, job: Job, unasked: Unasked, order: bytes) -> None:
        self._job, self._unasked, self._order = job, unasked, order

    def open(self, submission: Submission) -> HandedOver:
        """Read a hand-in."""
        notebooks = self._unasked.assignments
        reached = with_hand_in(self._job.basis, submission, notebooks)
        opened = {notebook: self._open_one(submission, notebook) for notebook in notebooks}
        return HandedOver(submission, reached, opened)

    def batch(self, hand_ins: Sequence[HandedOver]) -> Batch:
        """Return hand-ins as they are sent."""
        return Batch(hand_ins, encode(Chunk(self._order, [one.asked for one in hand_ins])))

    def unpack(self, batch: Batch, found: Sequence[Sequence[Found]]) -> Iterator[Graded]:
        """Yield what came of each hand-in of a batch.

        Raises
        ------
        ValueError
            If that is no answer to what was asked.
        """
        for hand_in, answers in zip(batch.hand_ins, found, strict=True):
            if len(answers) != len(hand_in.asked.parts):
                raise ValueError("notebooks are missing")
            yield self._closed(hand_in, iter(answers))

    def lost(self, hand_in: HandedOver) -> Graded:
        """Return the verdict on a hand-in with which workers are lost, over and over."""
        fault = ("WorkerLost", "every worker that graded it was lost")
        return self._closed(hand_in, iter([Found(None, fault=fault)] * len(hand_in.opened)))

    def unread(self, hand_in: HandedOver) -> Graded:
        """Return what came of a hand-in of which nothing can be graded."""
        return self._closed(hand_in, iter(()))

    def _closed(self, hand_in: HandedOver, answers: Iterator[Found]) -> Graded:
        results: dict[str, Result] = {}
        texts: dict[str, str] = {}
        for name, opened in hand_in.opened.items():
            if isinstance(opened, Verdict):
                results[name] = opened, None
                continue
            found = next(answers)
            results[name] = verdict, _ = self._one(hand_in.submission, opened, found)
            if found.verdict and not verdict.added:  # or a word was added to the notebook here
                texts[name] = found.notebook.decode()
        return put_together(hand_in.submission, hand_in.reached, results, texts)

    def _one(self, submission: Submission, opened: Opened, found: Found) -> Result:
        student = submission.student
        if found.verdict is None:
            kind, message = found.fault
            fault = type(kind or "Fault", (Exception,), {})(message)
            return self._unasked.unjudged(student, fault, opened.notebook), None
        if (found.verdict.student, found.verdict.notebook) != (student, opened.notebook):
            raise ValueError("it is about another hand-in")
        cells = opened.added_cells(self._job.course, submission)
        notebook = read_whole(found.notebook) if cells else read_light(found.notebook)
        return opened.closed(submission, found.verdict, notebook, cells), notebook

    def _open_one(self, submission: Submission, notebook: str) -> Opened | Verdict:
        student = submission.student
        try:
            return open_notebook(submission, self._unasked.assignments[notebook])
        except UnreadableNotebook as problem:
            return self._unasked.refused(student, str(problem), notebook)
        except (UserError, OSError):  # the machine's, which the others would meet too
            raise
        except Exception as fault:
            return self._unasked.unjudged(student, fault, notebook)
