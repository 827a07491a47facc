"""How a class is graded, as its course's configuration says."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.course import Course
from autograder.errors import UserError
from autograder.processors import processors
from autograder.sandbox import levels
from autograder.sandbox.isolation import Level, Limits

# From so many hand-ins on, one more zygote than cores saves more time than it takes to start: it
# keeps the cores busy while answers of the others are judged.
LARGE_CLASS = 400


@dataclass(frozen=True)
class Budgets:
    """Seconds that a cell, a call and a whole submission may take."""

    cell: float = 20.0
    call: float = 5.0
    submission: float = 120.0


@dataclass(frozen=True)
class Settings:
    """How to grade: at which level of isolation, with how many zygotes, within which limits.

    No level is the best that the machine gives, of those that protect.
    """

    level: Level | None = None
    workers: int = 0
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    budgets: Budgets = field(default_factory=Budgets)


def settings_of(course: Course, **chosen: Any) -> Settings:
    """Return how a course grades: as the section `Grading` of its configuration says.

    Parameters
    ----------
    **chosen
        Fields of `Settings` that are not the course's to say.

    Raises
    ------
    UserError
        If the section has a name that is no setting, or a value that is no positive number.
    """
    given = {"cell_seconds": 20.0, "call_seconds": 5.0, "submission_seconds": 120.0}
    given |= {"memory_megabytes": 2048, "processor_seconds": 0}
    chosen = {"level": None, **chosen}
    for name, value in course.config.Grading.items():
        if name == "isolation":
            chosen["level"] = chosen["level"] or levels.level_of(str(value))
            continue
        if name == "judge_outside":
            if value not in ("prefer", "require"):
                raise UserError(f'c.Grading.judge_outside is {value!r}: say "prefer" or "require".')
            continue
        if name not in given:
            names = ", ".join((*given, "isolation", "judge_outside"))
            raise UserError(f"There is no setting c.Grading.{name}: choose {names}.")
        if not isinstance(value, int | float) or not value > 0:
            raise UserError(f"c.Grading.{name} is {value!r} but should be a positive number.")
        given[name] = value
    budgets = Budgets(given["cell_seconds"], given["call_seconds"], given["submission_seconds"])
    # Where nothing is said, a hand-in may keep a processor busy as long as it may take in all.
    processor = math.ceil(given["processor_seconds"] or given["submission_seconds"])
    limits = Limits(cpu_seconds=processor, memory_bytes=int(given["memory_megabytes"]) << 20)
    return Settings(budgets=budgets, limits=limits, **chosen)


def limits_of(settings: Settings) -> Limits:
    """Return the limits of the examiner's process, which holds one for each hand-in at work."""
    count = (settings.workers or processors()) + 1
    memory = settings.limits.memory_bytes * count
    return replace(settings.limits, memory_bytes=memory, cpu_seconds=1 << 20, taken_seconds=1e9)


def workers_for(settings: Settings, hand_ins: int) -> int:
    """Return how many zygotes so many hand-ins are worth."""
    cores = processors()
    return min(settings.workers or cores + (hand_ins >= LARGE_CLASS), hand_ins)
