"""Grade what arrives as it arrives, with zygotes that are warm, and write each student's page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from watchfiles import watch as changes_in

from autograder.course import Course
from autograder.errors import UserError, fault_of_the_machine
from autograder.feedback.writing import write_pages
from autograder.gradebook.kept import fingerprint
from autograder.grading.here import grade_all
from autograder.grading.locking import only_run
from autograder.grading.marks.basis import basis_of
from autograder.grading.marks.recording import Graded, Recorder
from autograder.grading.marks.standing import find_standing
from autograder.grading.pool import Pool
from autograder.grading.run import record_safely, require_gradable
from autograder.grading.settings import Settings
from autograder.handin.arriving import Arrivals
from autograder.handin.submission import Submission

# Milliseconds: for changes that come together, and until it is looked whether anything waits.
STEP, TOGETHER, LOOK = 10, 40, 10
# Seconds: until a folder that cannot be watched is looked at; until all is looked at without being
# told, because not every file system tells; until it is tried again where the machine or another
# run was in the way.
UNWATCHED, ALL_AGAIN, RETRY = 0.5, 2.0, 1.0
# Marks of so many are entered, and their pages written, at once.
PIECE = 10

Tell = Callable[[str], None]


class Watch:
    """Grades an assignment's hand-ins as they come, until it is interrupted.

    The lock of the course is held while something is graded, and not in between: other commands
    work meanwhile, and what they graded stands.

    Attributes
    ----------
    graded : int
        How many hand-ins were graded.
    """

    def __init__(self, course: Course, name: str, settings: Settings, tell: Tell) -> None:
        self._course, self._name, self._settings, self._tell = course, name, settings, tell
        self._arrivals = Arrivals(course, name)
        self._told = ""
        self.graded = 0

    def run(self) -> None:
        """Grade what is there and what comes; a new release is taken up by itself.

        Raises
        ------
        UserError
            If the assignment is not released, or the machine gives too little isolation.
        KeyboardInterrupt
            When it is interrupted: this is how it ends.
        """
        while True:
            require_gradable(self._course, self._name)
            self._basis = basis_of(self._course, self._name, self._settings)
            version = fingerprint(self._course, self._name)
            with Pool(self._course, self._name, self._settings) as self._pool:
                self._tell(f"Watching {self._course.submitted()} for {self._name}.")
                self._until_changed(version)
            self._arrivals = Arrivals(self._course, self._name)

    def _until_changed(self, version: str) -> None:
        """Grade until the assignment is another."""
        looked = 0.0
        for students in self._wakes():
            self._arrivals.look(students)
            if time.monotonic() - looked > ALL_AGAIN:
                if fingerprint(self._course, self._name) != version:
                    self._tell(f"{self._name} has changed: it is taken up anew.")
                    return
                self._arrivals.look(self._arrivals.students())
                looked = time.monotonic()
            if complete := self._arrivals.complete():
                self._deal_with(complete)

    def _wakes(self) -> Iterator[set[str]]:
        """Yield the students in whose folders something has changed, and none now and then."""
        submitted = self._course.submitted()
        options: dict[str, Any] = {"step": STEP, "debounce": TOGETHER, "rust_timeout": LOOK}
        yield set()
        while True:
            submitted.mkdir(parents=True, exist_ok=True)
            try:
                # One watcher for as long as the folder is there: what comes while another is made
                # is seen by neither. What came before it was made is looked for then.
                watched, is_new = submitted.stat().st_ino, True
                for changes in changes_in(
                    submitted, watch_filter=None, yield_on_timeout=True, **options
                ):
                    names = {name for _, path in changes if (name := _student(path, submitted))}
                    yield names | set(self._arrivals.students() if is_new else ())
                    if not submitted.is_dir() or submitted.stat().st_ino != watched:
                        break
                    is_new = False
            except (FileNotFoundError, RuntimeError, OSError) as error:
                self._tell_once(f"The folder cannot be watched ({error}); it is looked at instead.")
                time.sleep(UNWATCHED)
                yield set(self._arrivals.students())

    def _deal_with(self, submissions: Sequence[Submission]) -> None:
        """Grade; where the machine or another run is in the way, say so and leave it for later."""
        try:
            with only_run(self._course):
                self._grade(submissions)
            self._told = ""
        except UserError as error:
            self._tell_once(str(error))
            time.sleep(RETRY)
        except OSError as error:
            self._tell_once(fault_of_the_machine(error))
            time.sleep(RETRY)

    def _tell_once(self, sentence: str) -> None:
        if sentence != self._told:
            self._tell(sentence)
        self._told = sentence

    def _grade(self, submissions: Sequence[Submission]) -> None:
        course, name = self._course, self._name
        standing = find_standing(course, name, submissions, self._basis, force=False)
        new = []
        for submission in submissions:
            if submission.student in standing.kept:
                self._arrivals.done(submission)
            else:
                new.append(submission)
        if not new:
            return
        with ExitStack() as stack:
            recorder = stack.enter_context(Recorder(course, name))
            results = stack.enter_context(closing(grade_all(self._pool, new, self._basis)))
            piece: list[Graded] = []
            for result in results:
                student = result.submission.student
                if not result.submission.folder.exists():  # taken away meanwhile
                    continue
                is_same = standing.is_same(student)
                known = replace(result, is_same=is_same)
                piece.append(record_safely(self._pool.unasked, recorder, known))
                if len(piece) == PIECE:
                    self._publish(recorder, piece)
                    piece = []
            self._publish(recorder, piece)

    def _publish(self, recorder: Recorder, piece: Sequence[Graded]) -> None:
        """Enter the marks, write the pages, and say whose."""
        recorder.flush()
        students = [graded.submission.student for graded in piece]
        for _ in write_pages(self._course, self._name, students):
            pass
        for graded in piece:
            self._arrivals.done(graded.submission)
            self.graded += 1
            refused = graded.kept.verdict.refused
            self._tell(f"{graded.submission.student}: {refused or 'graded'}")


def _student(path: str, submitted: Path) -> str:
    """Return in whose folder a path lies; nothing if in none."""
    try:
        return Path(path).relative_to(submitted).parts[0]
    except (ValueError, IndexError):
        return ""
