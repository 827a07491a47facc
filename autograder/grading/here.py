"""Grade a class on the processors of this machine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from itertools import islice

from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict
from autograder.errors import UserError
from autograder.grading.batch_job import as_batch_job
from autograder.grading.interruption import noticing_interrupts
from autograder.grading.job import Job, UnderWay, put_together
from autograder.grading.marks.basis import with_hand_in
from autograder.grading.marks.recording import Graded
from autograder.grading.opening import open_notebook
from autograder.grading.pool import Pool
from autograder.grading.zygotes import HeadStart
from autograder.handin.digesting import hand_in_digest
from autograder.handin.notebook import UnreadableNotebook
from autograder.handin.submission import Submission
from autograder.sandbox.levels import told as told_of

# So many hand-ins wait beside those that are being graded, so that no zygote does.
SPARE = 2
# Seconds: so often it is looked whether an interruption got lost, and whether a hand-in takes long.
LOOK = 1.0


@contextmanager
def on_this_machine(job: Job, early: HeadStart | None = None) -> Iterator[UnderWay]:
    """Grade on the processors of this machine, beginning with a zygote that is under way."""
    hand_ins = len(job.submissions)
    with (
        as_batch_job(),
        Pool.for_class(job.course, job.name, job.settings, hand_ins, early) as pool,
        closing(grade_all(pool, job.submissions, job.basis)) as results,
    ):
        job.tell(told_of(pool.level))
        yield UnderWay(pool.unasked, results)


def grade_all(
    pool: Pool, submissions: Sequence[Submission], basis: Mapping[str, str]
) -> Generator[Graded, None, None]:
    """Yield each submission as it is done, on all zygotes at once."""

    def grade_one(submission: Submission) -> Graded:
        reached = with_hand_in(basis, hand_in_digest(submission, [*pool.plans]))
        results = {notebook: _grade_safely(pool, submission, notebook) for notebook in pool.plans}
        return put_together(submission, reached, results)

    # One more than there are zygotes: it reads and puts together while they are busy.
    with ThreadPoolExecutor(pool.workers + 1) as threads, noticing_interrupts() as interrupted:
        try:
            yield from _as_done(threads, grade_one, submissions, pool, interrupted)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            pool.close()  # or those that run would have to end first
            raise


def _as_done(
    threads: Executor,
    work: Callable[[Submission], Graded],
    submissions: Iterable[Submission],
    pool: Pool,
    interrupted: Callable[[], bool],
) -> Iterator[Graded]:
    """Yield results as they come, with few at a time under way: a class may be large."""
    left = iter(submissions)
    most = pool.workers + SPARE
    running = {threads.submit(work, submission) for submission in islice(left, most)}
    while running:
        done, running = wait(running, LOOK, return_when=FIRST_COMPLETED)
        if interrupted():
            raise KeyboardInterrupt
        if not done:
            pool.enlarge(len(running))
        running |= {threads.submit(work, submission) for submission in islice(left, len(done))}
        for future in done:
            yield future.result()


def _grade_safely(
    pool: Pool, submission: Submission, name: str
) -> tuple[Verdict, NotebookNode | None]:
    """Grade one notebook; a fault of our own there costs nobody else, and no student a point."""
    try:
        opened = open_notebook(pool.course, submission, pool.plans[name].assignment)
        verdict, notebook = pool.grade(submission.student, opened.cells, opened.files, name)
        return opened.remarks.put_into(verdict, notebook), notebook
    except UnreadableNotebook as problem:
        return pool.unasked.refused(submission.student, str(problem), name), None
    except (UserError, OSError):  # the machine's, which the others would meet too
        raise
    except Exception as fault:
        return pool.unasked.unjudged(submission.student, fault, name), None
