"""A worker's side: zygotes that stay warm, and the two functions that the cluster calls.

Both take and return bytes. Nothing is raised: an exception would travel as a pickle.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from autograder.cluster.graded_notebooks import marked_cells
from autograder.cluster.wire import FORMAT, Asked, Chunk, Found, Order, Part, Reply, decode, encode
from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.marks.basis import basis_of, changed
from autograder.grading.marks.recording import as_text
from autograder.grading.pool import Pool
from autograder.sandbox import doctor
from autograder.sandbox.isolation import PROTECTING, Level

# Where a worker has its copy of the course, if it is not where the command or the worker runs.
PLACE = "AUTOGRADER_COURSE"
NAME = "autograder"


def prove(order: bytes) -> bytes:
    """Try this machine's isolation and start its zygotes; say at which level, or what is wrong."""
    try:
        with _own_bench().lent(order) as pool:
            return encode(Reply(level=pool.level))
    except (UserError, OSError, msgspec.MsgspecError) as error:
        return encode(Reply(error=str(error)))


def grade_chunk(chunk: bytes) -> bytes:
    """Grade some hand-ins, one after the other, on a zygote that is idle."""
    try:
        asked = decode(chunk, Chunk)
        with _own_bench().lent(asked.order) as pool:
            found = [_grade(pool, decode(hand_in, Asked)) for hand_in in asked.hand_ins]
            return encode(Reply(level=pool.level, hand_ins=found))
    except (UserError, OSError, msgspec.MsgspecError) as error:
        return encode(Reply(error=str(error)))


def leave(order: bytes) -> None:
    """End the zygotes of a run that is over."""
    _own_bench().close(order)


class Bench:
    """The zygotes of a worker process, by the order that they are for."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pools: dict[bytes, Pool] = {}
        self._users: Counter[bytes] = Counter()
        self._lock = threading.Lock()
        # A zygote dies with the thread that made it, and this one stays as long as the process.
        self._keeper = ThreadPoolExecutor(1)

    @contextmanager
    def lent(self, order: bytes) -> Iterator[Pool]:
        """Lend the zygotes for an order; those of others end when nobody uses them.

        Raises
        ------
        UserError
            If this worker may not take part; the message says why.
        """
        with self._lock:
            if order not in self._pools:
                for other in [one for one in self._pools if not self._users[one]]:
                    self._pools.pop(other).close()
                self._pools[order] = self._keeper.submit(_pool_of, order, self._threads).result()
            self._users[order] += 1
            pool = self._pools[order]
        try:
            yield pool
        finally:
            with self._lock:
                self._users[order] -= 1

    def close(self, order: bytes) -> None:
        """End the zygotes for an order that nobody uses."""
        with self._lock:
            if order in self._pools and not self._users[order]:
                self._pools.pop(order).close()


def _own_bench() -> Bench:
    """Return the bench of the worker that this function is called by, made when first needed."""
    from distributed import get_worker

    worker = get_worker()
    return worker.extensions.setdefault(NAME, Bench(worker.state.nthreads))


def _pool_of(data: bytes, threads: int) -> Pool:
    order: Order = decode(data, Order)
    if order.format != FORMAT:
        raise UserError("it is of another version of workbook-autograder")
    course = _course_of(order)
    if not course.notebooks(order.assignment):
        raise UserError(f"its course {course.root} has no assignment {order.assignment!r}")
    own = basis_of(course, order.assignment, order.settings)
    if differs := changed(order.basis, own):
        raise UserError(f"it is of another version: {', '.join(differs)} differ")
    level = _proved(order.settings.level, course.root)
    settings = replace(order.settings, level=level, workers=threads)
    return Pool(course, order.assignment, settings)


def _course_of(order: Order) -> Course:
    named = os.environ.get(PLACE)
    place = Path(named or order.course)
    return Course.find(place if named or place.is_dir() else Path.cwd())


def _proved(wanted: Level | None, root: Path) -> Level:
    """Return the level to grade at, once each part of it has been tried on this machine."""
    if wanted is Level.PROCESS:
        return wanted
    reasons = []
    for level in PROTECTING if wanted is None else (wanted,):
        findings = doctor.examine(root, level, quick=True)
        if doctor.sufficient(findings):
            return level
        lacking = next(one for one in findings if one.needed and not one.holds)
        reasons.append(f"{level}: {lacking.name}: {lacking.detail}")
    raise UserError(f"it gives too little isolation: {'; '.join(reasons)}")


def _grade(pool: Pool, asked: Asked) -> list[Found]:
    return [_grade_part(pool, asked.student, decode(part, Part)) for part in asked.parts]


def _grade_part(pool: Pool, student: str, part: Part) -> Found:
    try:
        verdict, notebook = pool.grade(student, part.cells, part.files, part.notebook)
        marked = marked_cells(notebook)  # before it is taken apart
        return Found(verdict, as_text(notebook).encode(), marked)
    except (UserError, OSError):  # the machine's: another worker may do better
        raise
    except Exception as fault:
        return Found(None, fault=(type(fault).__name__, str(fault)[:200]))
