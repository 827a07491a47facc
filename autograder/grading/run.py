"""Grade a class: every hand-in in the sandbox, the marks into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.assignment.verdict import combined
from autograder.authoring import exercises
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import Kept
from autograder.gradebook.late import check_late_policy
from autograder.gradebook.released import why_not_released
from autograder.grading.agreement import require_agreement
from autograder.grading.job import Grader, Job, Records, UnderWay
from autograder.grading.locking import only_run
from autograder.grading.marks.applying import apply_anew
from autograder.grading.marks.basis import basis_of
from autograder.grading.marks.brief import Brief, brief_of
from autograder.grading.marks.recording import BATCH, LARGE_BATCH, Graded, Recorder
from autograder.grading.marks.standing import Standing, find_standing, told
from autograder.grading.settings import Settings
from autograder.handin.submission import find_submissions

if TYPE_CHECKING:
    from autograder.grading.unasked import Unasked
    from autograder.grading.zygotes import HeadStart
    from autograder.handin.digesting import Digests

Progress = Callable[[str], None]


def grade(
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    *,
    force: bool = False,
    tell: Progress = lambda _sentence: None,
    grader: Grader | None = None,
    early: HeadStart | None = None,
    digests: Digests | None = None,
) -> list[Brief]:
    """Grade every hand-in of an assignment that is new or has changed; return what came of all.

    Parameters
    ----------
    progress, tell : callable
        Told the student whose hand-in has just been dealt with; and in a sentence
        what was graded again and why, and what was applied anew.
    force : bool
        Grade again what is graded already.
    grader, early, digests : optional
        Who does the work; by default this machine, beginning with what is under way.

    Raises
    ------
    UserError
        If the assignment is unknown or not released, nobody has handed it in, the machine gives
        too little isolation, the reference fails its own cases, or another run is going on.
    """
    submissions = find_submissions(course, name)
    require_gradable(course, name)
    with only_run(course):
        basis = basis_of(course, name, settings)
        standing = find_standing(course, name, submissions, basis, force=force, digests=digests)
        for sentence in (*told(standing), *apply_anew(course, name, standing)):
            tell(sentence)
        job = Job(course, name, settings, submissions, basis, tell)
        with Recorder(course, name, LARGE_BATCH if grader else BATCH) as recorder:
            return grade_new(job, grader or _here(early), recorder, standing, progress)


def require_gradable(course: Course, name: str) -> None:
    """Refuse an assignment that is not released as it is now, or a late policy that is none."""
    if reason := why_not_released(course, name):
        raise UserError(reason)
    require_agreement(course, name)
    check_late_policy(course)
    exercises.remember_no_slips(course, course.notebooks(name))


def grade_new(
    job: Job, grader: Grader, recorder: Records, standing: Standing, progress: Progress
) -> list[Brief]:
    """Grade the submissions that have no verdict that stands; return what came of all."""
    briefs: dict[str, Brief] = {}
    for student, mark in standing.kept.items():
        briefs[student] = mark.brief
        progress(student)
    new = [submission for submission in job.submissions if submission.student not in briefs]
    if new:
        with grader(replace(job, submissions=new)) as under_way:
            for result in under_way.results:
                student = result.submission.student
                known = replace(result, is_same=standing.is_same(student))
                verdict = record_safely(under_way.unasked, recorder, known).kept.verdict
                briefs[student] = brief_of(student, verdict)
                if difference := standing.compare(verdict):
                    job.tell(difference)
                progress(student)
    return [briefs[submission.student] for submission in job.submissions]


def _here(early: HeadStart | None) -> Grader:
    """Return what grades on this machine; imported once there is something to grade."""

    def work(job: Job) -> AbstractContextManager[UnderWay]:
        from autograder.grading.here import on_this_machine

        return on_this_machine(job, early)

    return work


def record_safely(unasked: Unasked, recorder: Records, graded: Graded) -> Graded:
    """Record a submission; where a fault of our own prevents that, that a person must look."""
    try:
        recorder.add(graded)
    except (UserError, OSError):  # the machine's, which the others would meet too
        raise
    except Exception as fault:
        student, notebooks = graded.submission.student, unasked.assignments
        verdicts = [unasked.unjudged(student, fault, notebook) for notebook in notebooks]
        kept = Kept({}, combined(verdicts))  # without a basis: the next run tries again
        graded = Graded(graded.submission, kept, dict.fromkeys(notebooks))
        recorder.add(graded)
    return graded
