"""How the zygotes of an assignment are started, and one of them early.

To start one takes about as long as the command takes to import its libraries and to find out what
has changed. So its process is launched first, if it looks as if it will be wanted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import Course
from autograder.grading.batch_job import switching_seldom, use_one_arena
from autograder.sandbox import levels
from autograder.sandbox.isolation import Level, Limits
from autograder.sandbox.launching import Launched, read_support

if TYPE_CHECKING:
    from autograder.sandbox.client import Zygote


def zygotes_of(
    course: Course,
    name: str,
    limits: Limits,
    level: Level,
    *,
    is_warm: bool = True,
) -> Callable[..., Zygote]:
    """Return what starts a zygote for the hand-ins of an assignment.

    Parameters
    ----------
    is_warm : bool
        Whether it runs the cells of the release once.
    """
    from autograder.sandbox.client import Zygote

    support = read_support(course.source(name))
    warm = _released_cells(course, name) if is_warm else []

    def start(launched: Launched | None = None) -> Zygote:
        return Zygote(support, warm, level, limits, hidden=(course.root,), launched=launched)

    return start


class HeadStart:
    """A zygote that is under way before it is certain that it is wanted.

    Its level is the first that would be taken; whether the machine gives that is tried meanwhile.
    Before, nothing of a student's reaches it.
    """

    def __init__(self, course: Course, name: str, level: Level | None) -> None:
        self._course, self._name, self._wanted = course, name, level
        use_one_arena()  # before there is another thread
        with switching_seldom():
            self._launched: Launched | None = Launched(level or Level.NAMESPACES, (course.root,))
        self._zygote: Zygote | None = None
        self._trying = ThreadPoolExecutor(1)
        self._tried = self._trying.submit(levels.choose, level)

    def choose(self, wanted: Level | None) -> Level:
        """Return the level to grade at, as `levels.choose` does."""
        return self._tried.result() if wanted is self._wanted else levels.choose(wanted)

    def fill(self, limits: Limits) -> None:
        """Tell it what it is to hold, so that it gets warm."""
        if self._launched:
            start = zygotes_of(self._course, self._name, limits, self._launched.level)
            self._zygote, self._launched = start(self._launched), None

    def taken(self, level: Level) -> list[Zygote]:
        """Return the zygote to whoever closes it from then on, if it is of that level."""
        zygote = self._zygote
        if not zygote or zygote.level is not level:
            return []
        self._zygote = None
        return [zygote]

    def close(self) -> None:
        """End it if nobody has taken it."""
        for one in (self._launched, self._zygote):
            if one:
                one.close()
        self._launched = self._zygote = None
        self._trying.shutdown()


@contextmanager
def head_start(course: Course, name: str, level: Level | None) -> Iterator[HeadStart | None]:
    """Have a zygote under way inside, if somebody's hand-in has no verdict yet."""
    if not _somebody_is_new(course, name):
        yield None
        return
    early = HeadStart(course, name, level)
    try:
        yield early
    finally:
        early.close()


def _somebody_is_new(course: Course, name: str) -> bool:
    """Tell at a glance whether there is a hand-in without a verdict.

    `find_submissions` knows better which can be graded, and imports nbgrader for it.
    """
    submitted = course.submitted()
    kept = set(_names(course.private / name))
    return any(
        f"{student}.json" not in kept and (submitted / student / name).is_dir()
        for student in _names(submitted)
    )


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []


def _released_cells(course: Course, name: str) -> list[str]:
    """Return the cells that grading runs of the released notebooks, if there are any."""
    from autograder.grading.agreement import assignment_of
    from autograder.handin.graded_cells import cells_to_run
    from autograder.handin.notebook import read_own

    paths = sorted(course.release(name).glob("[!.]*.ipynb"))
    return [
        cell.source
        for path in paths
        for cell in cells_to_run(read_own(path), assignment_of(course, path))
    ]
