"""Find the notebook in a hand-in's folder, also where a system or a student has renamed it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.exercise import Assignment
from autograder.errors import SHORTAGES
from autograder.handin.notebook import SubmittedCell, UnreadableNotebook, read_submission
from autograder.handin.notebook_names import released_name
from autograder.handin.submission import MOST_READ, Submission, other_notebooks, why_no_folder
from autograder.names import printable


@dataclass(frozen=True)
class HandIn:
    """The cells of a hand-in's notebook, and what there is to say of the file they were in.

    The notes are for the student, the flags for the instructor. `inside` is the folder of the
    hand-in in which the notebook lies, with a slash at its end; empty where it lies in none.
    """

    cells: list[SubmittedCell]
    inside: str = ""
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def read_hand_in(submission: Submission, assignment: Assignment) -> HandIn:
    """Return the notebook of a hand-in that is named as the exercises are, or that holds them.

    Raises
    ------
    UnreadableNotebook
        If it is missing, no notebook, or a notebook of another assignment; the message says which.
    """
    if reason := why_no_folder(submission.folder):
        raise UnreadableNotebook(reason)
    path = submission.notebook(assignment.name)
    others = [other for other in other_notebooks(submission.folder) if other != path]
    others = others[:MOST_READ]
    try:
        cells = _read(path, assignment)
    except UnreadableNotebook:
        readable = _readable(others, assignment)
        if not readable:
            raise
        return _taken(submission.folder, path, readable)
    rest = [other for other, known in _readable(others, assignment) if known != cells]
    return HandIn(cells, flags=_several(submission.folder, path, rest, "it has the right name"))


def _taken(folder: Path, path: Path, readable: list[tuple[Path, list[SubmittedCell]]]) -> HandIn:
    (place, cells), *others = readable
    rest = [other for other, known in others if known != cells]
    name = printable(place.relative_to(folder).as_posix())
    note = f"There was no {path.name} that could be read: your {name} was taken for it."
    why = "it comes first by its folder and its name"
    flags = _several(folder, place, rest, why)
    inside = "".join(f"{part}/" for part in place.relative_to(folder).parts[:-1])
    return HandIn(cells, inside, (note, *flags), flags or (f"{name} was taken for {path.name}",))


def _several(folder: Path, taken: Path, rest: list[Path], why: str) -> tuple[str, ...]:
    if not rest:
        return ()
    names = [printable(path.relative_to(folder).as_posix()) for path in (taken, *rest)]
    return (f"several notebooks hold the exercises: {names[0]} was taken, because {why}, "
            f"and not {', '.join(names[1:4])}",)  # fmt: skip


def _readable(paths: list[Path], assignment: Assignment) -> list[tuple[Path, list[SubmittedCell]]]:
    """Return those that hold the assignment's cells; without exercises those of its name."""
    found = []
    for path in paths:
        if assignment.exercises or released_name(path.name) == assignment.name.casefold():
            try:
                found.append((path, _read(path, assignment)))
            except UnreadableNotebook:
                continue
    return found


def _read(path: Path, assignment: Assignment) -> list[SubmittedCell]:
    if not os.path.lexists(path):
        holds = ", ".join(_names_in(path.parent)[:5]) or "nothing"
        raise UnreadableNotebook(f"there is no {path.name}; the folder holds {holds}")
    try:
        cells = read_submission(path)
    except UnreadableNotebook as error:
        raise UnreadableNotebook(f"{path.name} is not a readable notebook: {error}") from None
    if assignment.exercises and not any(_belongs(cell, assignment) for cell in cells):
        raise UnreadableNotebook(
            f"{path.name} is a notebook of another assignment: it has no cell of {path.stem}"
        )
    return cells


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(printable(name) for name in os.listdir(folder))
    except OSError as error:
        if error.errno in SHORTAGES:
            raise
        raise UnreadableNotebook(f"{folder.name} cannot be read: {error.strerror}") from None


def _belongs(cell: SubmittedCell, assignment: Assignment) -> bool:
    """Tell whether a cell is one of the assignment's, or at least answers an exercise of it."""
    return any(
        cell.name in (exercise.id, exercise.answer_cell) or f"def {exercise.id}(" in cell.source
        for exercise in assignment.exercises
    )
