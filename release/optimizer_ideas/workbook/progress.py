"""What a student has done since the kernel was started, and the bar that says so."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from workbook.look import LINE, RIGHT


@dataclass(frozen=True)
class Desk:
    """What lies on a student's desk.

    Attributes
    ----------
    right : set of str
        The exercises whose check was green when it last ran.
    chosen : dict
        By the name of a question, the number of the chosen answer; counted from 1.
    waiting : dict
        By the name of a question that is open, what shows the rest once it is answered.
    """

    right: set[str] = field(default_factory=set)
    chosen: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, Callable[[int], None]] = field(default_factory=dict)


@cache
def desk() -> Desk:
    """Return the desk of this kernel."""
    return Desk()


def note(exercise: str, *, is_right: bool) -> None:
    """Remember how the check of an exercise came out."""
    (desk().right.add if is_right else desk().right.discard)(exercise)


def in_words() -> str:
    """Say how many exercises are right and how many questions answered."""
    parts = [_of(done, all_, kind) for kind, (done, all_) in _counts().items() if all_]
    return ", ".join(parts)


def as_html() -> str:
    """Return the same words beside a bar."""
    done, all_ = (sum(numbers) for numbers in zip(*_counts().values(), strict=True))
    filled = round(100 * done / max(1, all_))
    return (
        '<div style="display:flex;align-items:center;gap:10px;font-size:13px">'
        f'<span aria-hidden="true" style="flex:0 0 120px;height:6px;border-radius:3px;'
        f'background:linear-gradient(to right,{RIGHT} {filled}%,{LINE} {filled}%)"></span>'
        f"<span>{in_words()}</span></div>"
    )


def _counts() -> dict[str, tuple[int, int]]:
    """Return by kind how many are done, and how many there are."""
    exercises = importlib.import_module("workbook.examples").EXAMPLES
    questions = [name for name, note in notes().items() if note.question]
    chosen = sum(name in desk().chosen for name in questions)
    right = sum(name in desk().right for name in exercises)
    return {"exercise": (right, len(exercises)), "question": (chosen, len(questions))}


def _of(done: int, all_: int, kind: str) -> str:
    return f"{done} of {all_} {kind}{'' if all_ == 1 else 's'}"


def notes() -> dict:
    """Return what the assignment says of its figures; not every assignment says something."""
    try:
        return importlib.import_module("workbook.captions").FIGURES
    except ModuleNotFoundError as error:
        if error.name != "workbook.captions":
            raise
        return {}
