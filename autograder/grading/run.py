"""Grade a class: every hand-in in the sandbox, the marks into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict, combined
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import Kept
from autograder.gradebook.late import check_late_policy
from autograder.gradebook.released import why_not_released
from autograder.grading.additions import find_added, tell_added
from autograder.grading.agreement import require_agreement
from autograder.grading.basis import basis_of, with_hand_in
from autograder.grading.batch_job import as_batch_job
from autograder.grading.locking import only_run
from autograder.grading.pool import Pool, Settings, workers_for
from autograder.grading.recording import Graded, Recorder
from autograder.grading.standing import Standing, apply_anew, find_standing, told
from autograder.handin.extra_files import read_extra_files
from autograder.handin.finding import read_hand_in
from autograder.handin.notebook import UnreadableNotebook
from autograder.handin.submission import Submission, find_submissions, read_timestamp
from autograder.sandbox.levels import told as told_of

Progress = Callable[[str], None]

# So many hand-ins wait beside those that are being graded, so that no zygote does.
SPARE = 2


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
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda _sentence: None,
) -> list[Brief]:
    """Grade every hand-in of an assignment that is new or has changed; return what came of all.

    Parameters
    ----------
    progress : callable
        Told the student whose hand-in has just been dealt with.
    force : bool
        Grade again what is graded already.
    tell : callable
        Told in a sentence what was graded again and why, and what was applied anew.

    Raises
    ------
    UserError
        If the assignment is unknown or not released, nobody has handed it in, the machine gives
        too little isolation, the reference fails its own cases, or another run is going on.
    """
    submissions = find_submissions(course, name)
    if reason := why_not_released(course, name):
        raise UserError(reason)
    require_agreement(course, name)
    check_late_policy(course)
    with only_run(course):
        basis = basis_of(course, name, settings)
        standing = find_standing(course, name, submissions, basis, force=force)
        for sentence in (*told(standing), *apply_anew(course, name, standing)):
            tell(sentence)
        return _grade_new(course, name, settings, progress, submissions, standing, basis, tell)


def _grade_new(
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    submissions: Sequence[Submission],
    standing: Standing,
    basis: Mapping[str, str],
    tell: Callable[[str], None],
) -> list[Brief]:
    briefs: dict[str, Brief] = {}
    for student, kept in standing.kept.items():
        briefs[student] = _brief(kept.verdict)
        progress(student)
    new = [submission for submission in submissions if submission.student not in briefs]
    if new:
        settings = replace(settings, workers=workers_for(settings, len(new)))
        with (
            as_batch_job(),
            Pool(course, name, settings) as pool,
            Recorder(course, name) as recorder,
            closing(grade_all(pool, new, basis)) as results,
        ):
            tell(told_of(pool.level))
            for result in results:
                is_same = standing.is_same(result.submission.student)
                graded = record_safely(pool, recorder, replace(result, is_same=is_same))
                briefs[graded.submission.student] = _brief(graded.kept.verdict)
                if difference := standing.compare(graded.kept.verdict):
                    tell(difference)
                progress(graded.submission.student)
    return [briefs[submission.student] for submission in submissions]


def record_safely(pool: Pool, recorder: Recorder, graded: Graded) -> Graded:
    """Record a submission; where a fault of our own prevents that, that a person must look."""
    try:
        recorder.add(graded)
    except (UserError, OSError):  # the machine's, which the others would meet too
        raise
    except Exception as fault:
        student = graded.submission.student
        verdicts = [pool.unjudged(student, fault, notebook) for notebook in pool.plans]
        kept = Kept({}, combined(verdicts))  # without a basis: the next run tries again
        graded = Graded(graded.submission, kept, dict.fromkeys(pool.plans))
        recorder.add(graded)
    return graded


def _brief(verdict: Verdict) -> Brief:
    needs_person = not all(exercise.is_judged for exercise in verdict.exercises)
    return Brief(verdict.student, verdict.refused, verdict.flags, needs_person, verdict.is_judged)


def grade_all(
    pool: Pool, submissions: Sequence[Submission], basis: Mapping[str, str]
) -> Generator[Graded, None, None]:
    """Yield each submission as it is done, on all zygotes at once."""

    def grade_one(submission: Submission) -> Graded:
        reached = with_hand_in(basis, submission, pool.plans)
        results = {notebook: _grade_safely(pool, submission, notebook) for notebook in pool.plans}
        verdict = combined([verdict for verdict, _ in results.values()])
        notebooks = {notebook: graded for notebook, (_, graded) in results.items()}
        if not all(one.refused or notebook for one, notebook in results.values()):
            reached = {}  # the next run tries again what the grader itself has failed at
        return Graded(submission, Kept(reached, verdict), notebooks)

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
    plan, course = pool.plans[name], pool.course
    try:
        found = read_hand_in(submission, plan.assignment)
    except UnreadableNotebook as problem:
        return pool.refuse(submission.student, str(problem), name), None
    extra = read_extra_files(submission.folder)
    verdict, notebook = pool.grade(submission.student, found.cells, extra.contents, name)
    path = submission.notebook(name)
    verdict = replace(verdict, added=find_added(course, submission.assignment, path, found.cells))
    tell_added(notebook, verdict.added)
    problems = filter(None, (*extra.problems, read_timestamp(submission.folder).problem))
    verdict = replace(verdict, repairs=(*found.notes, *verdict.repairs))
    return replace(verdict, flags=(*verdict.flags, *found.flags, *problems)), notebook
