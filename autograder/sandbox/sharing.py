"""The time that the cells of one notebook may take: some have a share of it together."""

from __future__ import annotations

from typing import NamedTuple

# Of the time that is left for a submission, its own cells may take so much together, and so much
# more if each takes but the least. The rest is for the questions.
SHARE, LEAST = 0.25, 0.125


class Task(NamedTuple):
    """A cell to run.

    Parameters
    ----------
    budget : float
        The seconds that it may take.
    shares : bool
        Whether they count towards the share of a student's own cells.
    label : str
        How it is called where something is said of it.
    is_added : bool
        Whether the student added it, so that nothing is asked of it.
    pauses : bool
        Whether an examiner's cell stands in its place, and asks for names before the next one.
    """

    source: str
    budget: float
    shares: bool = False
    label: str = ""
    is_added: bool = False
    pauses: bool = False


class Share:
    """What is left for the cells that share.

    Where they have used it up, each still gets a little: a definition that comes after a long
    training takes no time, and may be what is asked for.

    Parameters
    ----------
    whole : float
        The seconds that all of them have together.
    least : float
        The seconds that each has in any case.

    Examples
    --------
    >>> share = Share(10.0, 0.5)
    >>> share.spend(9.75, shares=True)
    >>> share.budget(20.0, shares=True), share.budget(20.0, shares=False)
    (0.5, 20.0)
    """

    def __init__(self, whole: float, least: float) -> None:
        self.whole, self.least = whole, least
        self._spent = 0.0

    @classmethod
    def of(cls, seconds: float, tasks: list[Task]) -> Share:
        """Return the share of so many seconds for these cells."""
        sharing = sum(task.shares for task in tasks)
        return cls(SHARE * seconds, LEAST * seconds / max(1, sharing))

    def budget(self, budget: float, *, shares: bool) -> float:
        """Return the seconds that the next cell may take."""
        return min(budget, max(self.whole - self._spent, self.least)) if shares else budget

    def spend(self, seconds: float, *, shares: bool) -> None:
        """Count what a cell took."""
        if shares:
            self._spent += seconds
