"""What is taken off for a late hand-in, as `c.LatePolicy` of a course's configuration says."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float, Integer
from traitlets.config.loader import Config
from traitlets.utils.importstring import import_item

from autograder.course import Course
from autograder.errors import UserError

if TYPE_CHECKING:
    from nbgrader.preprocessors import AssignLatePenalties

HOUR, DAY, MINUTE = 3600, 86400, 60
ALL = 100.0  # per cent
SETTINGS = (
    "percent_per_hour",
    "percent_per_day",
    "grace_minutes",
    "most_percent",
    "no_marks_after_days",
)


@dataclass(frozen=True)
class Lateness:
    """How late a hand-in is beyond the grace, and what share of its points that costs."""

    units: int
    unit: str
    percent: float

    def __str__(self) -> str:
        """Say it as a student reads it.

        >>> str(Lateness(2, "day", 20.0)), str(Lateness(1, "hour", 2.5))
        ('2 days late: −20 %', '1 hour late: −2.5 %')
        """
        return f"{self.units} {self.unit}{'s' * (self.units != 1)} late: −{self.percent:g} %"


class LatePolicy(LateSubmissionPlugin):
    """Takes a percentage of the points for each hour or day that has begun.

    nbgrader's own setting `LateSubmissionPlugin.penalty_method` holds where nothing is set here.
    """

    percent_per_hour = Float(0.0, help="Per cent of the points, for each hour begun.").tag(
        config=True
    )
    percent_per_day = Float(0.0, help="Per cent of the points, for each day begun.").tag(
        config=True
    )
    grace_minutes = Float(0.0, help="So many minutes cost nothing, and are not counted.").tag(
        config=True
    )
    most_percent = Float(100.0, help="No more than this is taken off.").tag(config=True)
    no_marks_after_days = Integer(0, help="From then on it is worth nothing; 0: never.").tag(
        config=True
    )

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points that are taken off a notebook; None for no penalty."""
        if not self._is_set:
            return super().late_submission_penalty(student_id, score, total_seconds_late)
        late = self.lateness(total_seconds_late)
        if late and late.percent == ALL:
            return score or 0.0  # rounded it would leave a bit of 3.333 points
        return round((score or 0.0) * late.percent / ALL, 2) if late else None

    def lateness(self, seconds: float) -> Lateness | None:
        """Return how late that is; None where it costs nothing."""
        beyond = seconds - self.grace_minutes * MINUTE
        if beyond <= 0 or not self._is_set:
            return None
        unit, length = ("hour", HOUR) if self.percent_per_hour else ("day", DAY)
        units = math.ceil(beyond / length)
        percent = min(self.most_percent, units * (self.percent_per_hour or self.percent_per_day))
        if self.no_marks_after_days and beyond > self.no_marks_after_days * DAY:
            percent = ALL
        return Lateness(units, unit, percent) if percent else None

    @property
    def _is_set(self) -> bool:
        return bool(self.percent_per_hour or self.percent_per_day or self.no_marks_after_days)


def late_policy(config: Config) -> LatePolicy | None:
    """Return the policy of a course; None where another plugin decides, or nothing is set."""
    plugin = config.AssignLatePenalties.get("plugin_class", "")
    ours = f"{LatePolicy.__module__}.{LatePolicy.__name__}"
    is_ours = plugin in (ours, LatePolicy)
    return LatePolicy(config=config) if is_ours and config.LatePolicy else None


def check_late_policy(course: Course) -> None:
    """Refuse a policy that cannot be meant.

    Raises
    ------
    UserError
        If a setting is unknown, no number or out of its bounds, or if two contradict each other.
    """
    given: dict[str, Any] = dict(course.config.LatePolicy)
    given.pop("penalty_method", None)  # nbgrader's own
    for name, value in given.items():
        if name not in SETTINGS:
            raise UserError(
                f"There is no setting c.LatePolicy.{name}: choose {', '.join(SETTINGS)}."
            )
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        most = math.inf if name in ("grace_minutes", "no_marks_after_days") else 100
        if not is_number or not 0 <= value <= most:
            bounds = "a number from 0 to 100" if most == 100 else "a number that is not negative"
            raise UserError(f"c.LatePolicy.{name} is {value!r} but should be {bounds}.")
        if name == "no_marks_after_days" and not isinstance(value, int):
            raise UserError(f"c.LatePolicy.{name} is {value!r} but should be a whole number.")
    if given.get("percent_per_hour") and given.get("percent_per_day"):
        raise UserError("c.LatePolicy has percent_per_hour and percent_per_day: set one of them.")


def late_penalties(course: Course) -> AssignLatePenalties | None:
    """Return nbgrader's step for late work as the course configures it, if it is switched on."""
    from nbgrader.converters import Autograde  # with all of nbconvert
    from nbgrader.preprocessors import AssignLatePenalties

    sys.path.insert(0, str(course.root))  # nbgrader's commands find a plugin in the course folder
    try:
        for step in Autograde(config=course.config).autograde_preprocessors:
            kind = import_item(step) if isinstance(step, str) else step
            if isinstance(kind, type) and issubclass(kind, AssignLatePenalties):
                penalties = kind(config=course.config)
                return penalties if penalties.enabled else None
        return None
    finally:
        sys.path.remove(str(course.root))
