"""Hand-ins on their way to a worker and back: put into batches, and together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict
from autograder.cluster.graded_notebooks import read_marked, read_whole
from autograder.cluster.packing import Parcel
from autograder.cluster.wire import Chunk, Found, encode
from autograder.grading.job import Job, put_together
from autograder.grading.marks.basis import with_hand_in
from autograder.grading.marks.recording import Graded
from autograder.grading.opening import Remarks
from autograder.grading.unasked import Unasked
from autograder.handin.submission import Submission

Result = tuple[Verdict, NotebookNode | None]


@dataclass(frozen=True)
class HandedOver:
    """A hand-in that is being graded elsewhere, and what is kept of it here meanwhile."""

    submission: Submission
    parcel: Parcel


@dataclass
class Batch:
    """Some hand-ins that are sent together, how often they were lost, how often they are out."""

    hand_ins: Sequence[HandedOver]
    chunk: bytes
    losses: int = 0
    copies: int = 0
    is_done: bool = field(default=False)


class Packer:
    """Puts hand-ins into batches, and unpacks what comes back."""

    def __init__(self, job: Job, unasked: Unasked, order: bytes) -> None:
        self._job, self._unasked, self._order = job, unasked, order

    def batch(self, hand_ins: Sequence[HandedOver]) -> Batch:
        """Return hand-ins as they are sent."""
        chunk = Chunk(self._order, [one.parcel.asked for one in hand_ins])
        return Batch(hand_ins, encode(chunk))

    def unpack(self, batch: Batch, found: Sequence[Sequence[Found]]) -> Iterator[Graded]:
        """Yield what came of each hand-in of a batch.

        Raises
        ------
        ValueError
            If that is no answer to what was asked.
        """
        for hand_in, answers in zip(batch.hand_ins, found, strict=True):
            if len(answers) != hand_in.parcel.parts:
                raise ValueError("notebooks are missing")
            yield self._closed(hand_in, iter(answers))

    def lost(self, hand_in: HandedOver) -> Graded:
        """Return the verdict on a hand-in with which workers are lost, over and over."""
        fault = ("WorkerLost", "every worker that graded it was lost")
        return self._closed(hand_in, iter([Found(None, fault=fault)] * hand_in.parcel.parts))

    def unread(self, hand_in: HandedOver) -> Graded:
        """Return what came of a hand-in of which nothing can be graded."""
        return self._closed(hand_in, iter(()))

    def _closed(self, hand_in: HandedOver, answers: Iterator[Found]) -> Graded:
        submission, parcel = hand_in.submission, hand_in.parcel
        results: dict[str, Result] = {}
        texts: dict[str, str] = {}
        for name, seen in parcel.seen.items():
            if seen.unreadable:
                verdict = self._unasked.refused(submission.student, seen.unreadable, name)
                results[name] = verdict, None
                continue
            found = next(answers) if seen.is_sent else Found(None, fault=seen.fault)
            results[name] = verdict, _ = self._one(submission.student, name, seen.remarks, found)
            if found.verdict and not verdict.added:  # or a word was added to the notebook here
                texts[name] = found.notebook.decode()
        reached = with_hand_in(self._job.basis, parcel.digest)
        return put_together(submission, reached, results, texts)

    def _one(self, student: str, notebook: str, remarks: Remarks, found: Found) -> Result:
        if found.verdict is None:
            kind, message = found.fault
            fault = type(kind or "Fault", (Exception,), {})(message)
            return self._unasked.unjudged(student, fault, notebook), None
        if (found.verdict.student, found.verdict.notebook) != (student, notebook):
            raise ValueError("it is about another hand-in")
        graded = read_whole(found.notebook) if remarks.added else read_marked(found.marked)
        return remarks.put_into(found.verdict, graded), graded
