"""Grade a class on the workers of a Dask cluster; all that is written is written here."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import replace
from importlib.util import find_spec

from autograder.cluster.batches import Packer
from autograder.cluster.bench import leave
from autograder.cluster.connecting import MISSING, SchedulerGone, connected
from autograder.cluster.crew import Crew
from autograder.cluster.dispatching import Dispatcher
from autograder.cluster.local import local_workers
from autograder.cluster.reading_ahead import packed_ahead
from autograder.cluster.wire import Order, encode
from autograder.errors import UserError
from autograder.gradebook.kept import version_of
from autograder.grading.agreement import assignments_of
from autograder.grading.batch_job import as_batch_job
from autograder.grading.job import Grader, Job, UnderWay
from autograder.grading.marks.recording import Graded
from autograder.grading.unasked import Unasked
from autograder.processors import processors
from autograder.sandbox.isolation import Level
from autograder.sandbox.levels import told

LOCAL = re.compile(r"local(?::([1-9][0-9]{0,2}))?")


def on_cluster(address: str, notice: Callable[[str], None]) -> Grader:
    """Return a grader that has a cluster do the work.

    Parameters
    ----------
    address : str
        Of a Dask scheduler, or ``local:N`` for N workers on this machine.
    notice : callable
        Told at once, in a sentence, what there is to say while it goes on.

    Raises
    ------
    UserError
        If the address is none, or Dask is not installed.
    """
    local = LOCAL.fullmatch(address)
    if not local and ":" not in address.removeprefix("local:"):
        raise UserError(
            f"{address!r} is no scheduler: say an address such as tcp://10.0.0.1:8786, or local:4."
        )
    if find_spec("distributed") is None:
        raise UserError(MISSING)

    def grade(job: Job) -> AbstractContextManager[UnderWay]:
        return _under_way(job, address, int(local[1] or processors()) if local else 0, notice)

    return grade


@contextmanager
def _under_way(
    job: Job, address: str, workers: int, notice: Callable[[str], None]
) -> Iterator[UnderWay]:
    seed = secrets.randbits(63) if job.settings.seed is None else job.settings.seed
    order = encode(_order(job, seed))
    unasked = _unasked(job, seed)
    with as_batch_job(), ExitStack() as stack:
        ahead = packed_ahead(job.course, job.submissions, unasked.assignments)
        parcels = stack.enter_context(ahead)
        revive = None
        if workers:
            local = stack.enter_context(local_workers(job.course.root, workers))
            address, revive = local.address, local.revive
        connection = stack.enter_context(connected(address))
        notice(f"Dashboard: {connection.dashboard}")
        crew = Crew(connection, order, notice, revive)
        levels: set[str] = set()

        def tell_level(level: str) -> None:
            if level not in levels:
                levels.add(level)
                job.tell(told(Level(level)))

        packer = Packer(job, unasked, order)
        total = len(job.submissions)
        dispatcher = Dispatcher(connection, crew, packer, parcels, total, tell_level)
        with closing(_results(dispatcher, address)) as results:
            yield UnderWay(unasked, results)
        if not workers:
            connection.tell(leave, order, [worker.address for worker in crew.fit])


def _order(job: Job, seed: int) -> Order:
    settings = replace(job.settings, seed=seed, workers=0)
    return Order(str(job.course.root), job.name, settings, job.basis)


def _unasked(job: Job, seed: int) -> Unasked:
    course, name = job.course, job.name
    return Unasked(assignments_of(course, name), seed, version_of(course, name))


def _results(dispatcher: Dispatcher, address: str) -> Generator[Graded, None, None]:
    try:
        yield from dispatcher.results()
    except SchedulerGone:
        raise UserError(
            f"The scheduler at {address} is gone. What is graded is kept; start it again, and the "
            "same command goes on with the others."
        ) from None
