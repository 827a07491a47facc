"""Grade a class: every hand-in in the sandbox, the marks into nbgrader's gradebook."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict, combined
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import Kept, fingerprint, key_of, private_folder, recall
from autograder.gradebook.released import is_released, students_entered
from autograder.grading.batch_job import as_batch_job
from autograder.grading.locking import only_run
from autograder.grading.pool import Pool, Settings
from autograder.grading.recording import Graded, Recorder
from autograder.handin.extra_files import read_extra_files
from autograder.handin.finding import read_hand_in
from autograder.handin.notebook import UnreadableNotebook
from autograder.handin.submission import Submission, find_submissions, read_timestamp

Progress = Callable[[str], None]

# So many hand-ins wait beside those that are being graded, so that no zygote does.
SPARE = 2
# From so many hand-ins on, one more zygote than cores saves more time than it takes to start: it
# keeps the cores busy while answers of the others are judged.
LARGE_CLASS = 400


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


def grade(
    course: Course, name: str, settings: Settings, progress: Progress, *, force: bool = False
) -> list[Brief]:
    """Grade every hand-in of an assignment that is new or has changed; return what came of all.

    Parameters
    ----------
    progress : callable
        Told the student whose hand-in has just been dealt with.
    force : bool
        Grade again what is graded already.

    Raises
    ------
    UserError
        If the assignment is unknown or not released, nobody has handed it in, the machine gives
        too little isolation, the reference fails its own cases, or another run is going on.
    """
    submissions = find_submissions(course, name)
    if not is_released(course, name):
        raise UserError(f"{name} is not released yet: run `autograder release {name}` first.")
    with only_run(private_folder(course) / "grading.lock"):
        return _grade_new(course, name, settings, progress, submissions, force)


def _grade_new(
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    submissions: Sequence[Submission],
    force: bool,
) -> list[Brief]:
    known = fingerprint(course, name)
    briefs: dict[str, Brief] = {}
    for verdict in () if force else _unchanged(course, name, submissions, known):
        briefs[verdict.student] = _brief(verdict)
        progress(verdict.student)
    new = [submission for submission in submissions if submission.student not in briefs]
    if new:
        settings = replace(settings, workers=_workers(settings, len(new)))
        with (
            as_batch_job(),
            Pool(course, name, settings) as pool,
            Recorder(course, name) as recorder,
            closing(_grade_all(pool, new, known)) as results,
        ):
            for result in results:
                graded = _record_safely(pool, recorder, result)
                briefs[graded.submission.student] = _brief(graded.kept.verdict)
                progress(graded.submission.student)
    return [briefs[submission.student] for submission in submissions]


def _record_safely(pool: Pool, recorder: Recorder, graded: Graded) -> Graded:
    """Record a submission; where a fault of our own prevents that, that a person must look."""
    try:
        recorder.add(graded)
    except (UserError, OSError):  # the machine's, which the others would meet too
        raise
    except Exception as fault:
        student = graded.submission.student
        verdicts = [pool.unjudged(student, fault, notebook) for notebook in pool.plans]
        kept = Kept("", combined(verdicts))  # without a key: the next run tries again
        graded = Graded(graded.submission, kept, dict.fromkeys(pool.plans))
        recorder.add(graded)
    return graded


def _workers(settings: Settings, hand_ins: int) -> int:
    """Return how many zygotes so many hand-ins are worth."""
    cores = os.cpu_count() or 1
    return min(settings.workers or cores + (hand_ins >= LARGE_CLASS), hand_ins)


def _brief(verdict: Verdict) -> Brief:
    needs_person = not all(exercise.is_judged for exercise in verdict.exercises)
    return Brief(verdict.student, verdict.refused, verdict.flags, needs_person, verdict.is_judged)


def _unchanged(
    course: Course, name: str, submissions: Sequence[Submission], known: str
) -> Iterator[Verdict]:
    """Yield the verdicts that still hold."""
    notebooks = course.notebooks(name)
    entered = students_entered(course, name)  # a gradebook may be lost, or begun anew
    for submission in submissions:
        kept = recall(course, name, submission.student)
        if (
            kept
            and submission.student in entered
            and kept.key == key_of(submission, notebooks, known)
        ):
            yield kept.verdict


def _grade_all(
    pool: Pool, submissions: Sequence[Submission], known: str
) -> Generator[Graded, None, None]:
    """Yield each submission as it is done, on all zygotes at once."""

    def grade_one(submission: Submission) -> Graded:
        key = key_of(submission, [*pool.plans], known)
        results = {notebook: _grade_safely(pool, submission, notebook) for notebook in pool.plans}
        verdict = combined([verdict for verdict, _ in results.values()])
        notebooks = {notebook: graded for notebook, (_, graded) in results.items()}
        if not all(one.refused or notebook for one, notebook in results.values()):
            key = ""  # the next run tries again what the grader itself has failed at
        return Graded(submission, Kept(key, verdict), notebooks)

    # One more than there are zygotes: it reads and puts together while they are busy.
    with ThreadPoolExecutor(pool.workers + 1) as threads:
        try:
            yield from _as_done(threads, grade_one, submissions, pool.workers + SPARE)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            pool.close()  # or those that run would have to end first
            raise


def _as_done(
    threads: Executor,
    work: Callable[[Submission], Graded],
    submissions: Iterable[Submission],
    most: int,
) -> Iterator[Graded]:
    """Yield results as they come, with at most so many under way: a class may be large."""
    left = iter(submissions)
    running = {threads.submit(work, submission) for submission in islice(left, most)}
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {threads.submit(work, submission) for submission in islice(left, len(done))}
        for future in done:
            yield future.result()


def _grade_safely(
    pool: Pool, submission: Submission, name: str
) -> tuple[Verdict, NotebookNode | None]:
    """Grade one notebook; a fault of our own there costs nobody else, and no student a point."""
    try:
        return _grade_one(pool, submission, name)
    except (UserError, OSError):  # the machine's, which the others would meet too
        raise
    except Exception as fault:
        return pool.unjudged(submission.student, fault, name), None


def _grade_one(
    pool: Pool, submission: Submission, name: str
) -> tuple[Verdict, NotebookNode | None]:
    plan = pool.plans[name]
    try:
        found = read_hand_in(submission, plan.assignment)
    except UnreadableNotebook as problem:
        return pool.refuse(submission.student, str(problem), name), None
    extra = read_extra_files(submission.folder)
    verdict, notebook = pool.grade(submission.student, found.cells, extra.contents, name)
    problems = filter(None, (*extra.problems, read_timestamp(submission.folder).problem))
    verdict = replace(verdict, repairs=(*found.notes, *verdict.repairs))
    return replace(verdict, flags=(*verdict.flags, *found.flags, *problems)), notebook


def replay(course: Course, name: str, settings: Settings, progress: Progress) -> dict[str, str]:
    """Grade again with the inputs that the kept verdicts were reached with; write nothing.

    Returns
    -------
    dict
        For each student whose verdict is not the same, how it differs.
    """
    differences = {}
    by_seed = defaultdict(list)
    for submission in find_submissions(course, name):
        kept = recall(course, name, submission.student)
        if kept is None:
            differences[submission.student] = "there is no verdict to replay"
        elif not kept.verdict.refused:
            by_seed[kept.verdict.seed].append((submission, kept.verdict))
    for seed, submissions in by_seed.items():
        with Pool(course, name, replace(settings, seed=seed)) as pool:
            for submission, before in submissions:
                again = combined([_grade_one(pool, submission, name)[0] for name in pool.plans])
                if again.exercises != before.exercises:
                    scores = f"{before.score:g} points then, {again.score:g} now"
                    differences[submission.student] = scores
                progress(submission.student)
    return differences
