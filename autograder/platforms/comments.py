"""What a mark's comment says: one line, in the words of the student's page."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.gradebook.status import Result, Status
from autograder.names import printable
from autograder.platforms.numbers import written

# So that we know our own again, and leave every other comment as it is.
OURS = "autograder: "
MOST_CHARACTERS = 2000


def comment_on(result: Result, points: Mapping[str, float], sign: str = ".") -> str:
    """Return the comment on a student's mark; nothing where there is nothing to say."""
    if result.status is Status.REFUSED:
        return _line([f"the hand-in could not be read: {result.refused}"])
    if result.status is Status.WAITING:
        return _line(["a person still has to look at this hand-in"])
    if result.mark is None:
        return ""
    told = [
        f"{cell} {written(earned, sign)} of {written(points.get(cell, 0.0), sign)}"
        for cell, earned in result.mark.points.items()
    ]
    if result.mark.penalty:
        told.append(f"late, less {written(result.mark.penalty, sign)}")
    told += [f"{cell}: {text}" for cell, text in result.mark.comments.items()]
    return _line(told)


def is_ours(text: str) -> bool:
    """Tell whether a comment is one that we wrote, and may write anew."""
    return text.startswith(OURS)


def _line(told: list[str]) -> str:
    return printable(OURS + "; ".join(told))[:MOST_CHARACTERS]
