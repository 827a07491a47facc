"""Enter bundles into the gradebook: each hand-in once, whatever the order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from autograder.cluster.bundle import Bundle
from autograder.cluster.shards import note_merged
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import recall
from autograder.grading.locking import only_run
from autograder.grading.marks.basis import HAND_IN, basis_of, changed
from autograder.grading.marks.recording import Entry, Recorder
from autograder.grading.marks.standing import Standing, find_standing, who
from autograder.grading.run import require_gradable
from autograder.grading.settings import settings_of
from autograder.handin.digesting import hand_in_digest
from autograder.handin.submission import Submission

# So many hand-ins are compared with what is known of them at once.
PIECE = 250


@dataclass(frozen=True)
class Merged:
    """What became of the hand-ins of a bundle."""

    path: Path
    entered: int
    known: int
    outdated: tuple[str, ...]

    def __str__(self) -> str:
        sentences = [f"{self.path}: {self.entered} entered, {self.known} were there already."]
        if self.outdated:
            sentences.append(f"Handed in anew since, to be graded: {who(self.outdated)}.")
        return " ".join(sentences)


def merge(course: Course, paths: Sequence[Path]) -> list[Merged]:
    """Enter bundles; all are looked at before anything of one is entered.

    Raises
    ------
    UserError
        If one is no bundle, or of another version or assignment; or another run is going on.
    """
    with ExitStack() as stack:
        bundles = [stack.enter_context(Bundle(path)) for path in paths]
        name = _assignment_of(course, bundles)
        require_gradable(course, name)
        stack.enter_context(only_run(course))
        basis = basis_of(course, name, settings_of(course))
        for bundle in bundles:
            _require_version(bundle, basis)
            for _entry in bundle.entries():  # it can be read to its end
                pass
        merged = [_enter(course, name, bundle, basis) for bundle in bundles]
        for bundle in bundles:
            note_merged(course, name, bundle.header.seed, [bundle.header.shard])
        return merged


def _assignment_of(course: Course, bundles: Sequence[Bundle]) -> str:
    """Return the one assignment that all are of, if this course has it."""
    first = bundles[0]
    name = first.header.assignment
    for bundle in bundles:
        if bundle.header.assignment != name:
            raise UserError(
                f"{bundle.path} is of the assignment {bundle.header.assignment!r} and "
                f"{first.path} of {name!r}: merge those of one assignment at a time."
            )
    is_name = Path(name).name == name and not name.startswith(".")
    if not is_name or not course.notebooks(name):
        raise UserError(
            f"{first.path} is of the assignment {name!r}, which this course does not have: "
            "merge it where it was graded for."
        )
    return name


def _require_version(bundle: Bundle, basis: Mapping[str, str]) -> None:
    if differs := changed(bundle.header.basis, basis):
        raise UserError(
            f"{bundle.path} is of another version ({', '.join(differs)} differ from this "
            "course's): grade the shard again with what is here."
        )


def _enter(course: Course, name: str, bundle: Bundle, basis: Mapping[str, str]) -> Merged:
    entered, known, outdated = 0, 0, []
    with Recorder(course, name) as recorder:
        entries = bundle.entries()
        while piece := list(islice(entries, PIECE)):
            recorder.flush()  # so that what a bundle holds twice is known by now
            standing = _standing(course, name, piece, basis)
            for entry in piece:
                if _is_outdated(course, name, entry):
                    outdated.append(entry.row.student)
                elif _is_known(course, name, standing, entry, bundle.header.forced):
                    known += 1
                else:
                    is_same = standing.is_same(entry.row.student)
                    recorder.enter(replace(entry, row=replace(entry.row, is_same=is_same)))
                    entered += 1
    return Merged(bundle.path, entered, known, tuple(outdated))


def _standing(
    course: Course, name: str, piece: Sequence[Entry], basis: Mapping[str, str]
) -> Standing:
    submissions = [*_submissions(course, name, piece)]
    return find_standing(course, name, submissions, basis, force=False)


def _submissions(course: Course, name: str, piece: Sequence[Entry]) -> Iterator[Submission]:
    for entry in piece:
        yield Submission(entry.row.student, name, course.submitted())


def _is_known(course: Course, name: str, standing: Standing, entry: Entry, forced: bool) -> bool:
    """Tell whether a mark of the same hand-in stands; one that was forced takes its place once."""
    student = entry.row.student
    if student in standing.kept:
        return not (forced and standing.kept[student].seed != entry.kept.verdict.seed)
    # Without the hand-in, or with a verdict that the next run tries again.
    is_entered = "the gradebook" not in standing.why.get(student, ())
    return is_entered and recall(course, name, student) == entry.kept


def _is_outdated(course: Course, name: str, entry: Entry) -> bool:
    """Tell whether there is another hand-in by now than the one that was graded.

    Where the hand-ins are not kept beside the gradebook, what a bundle says of them counts.
    """
    submission = Submission(entry.row.student, name, course.submitted())
    if not entry.kept.basis or not os.path.lexists(submission.folder):
        return False
    now = hand_in_digest(submission, course.notebooks(name))
    return now != entry.kept.basis[HAND_IN]
