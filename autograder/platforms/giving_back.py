"""Take the table that an instructor downloaded, and write it beside itself with the marks in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_private
from autograder.gradebook.people import read_people
from autograder.gradebook.released import maximal_points
from autograder.gradebook.status import read_results
from autograder.platforms.choosing import column_of, why_unclear
from autograder.platforms.filling import Filled, Wishes, fill
from autograder.platforms.formats import layout_of
from autograder.platforms.layout import Column
from autograder.platforms.table import read_table

Choose = Callable[[Sequence[Column]], Column]


def nobody_chooses(columns: Sequence[Column]) -> Column:
    """Refuse to guess: somebody else's column would get the marks."""
    raise UserError(why_unclear(columns))


def give_back(
    course: Course,
    name: str,
    path: Path,
    wishes: Wishes,
    *,
    column: str | None = None,
    output: Path | None = None,
    choose: Choose = nobody_chooses,
    dry: bool = False,
) -> tuple[Filled, Path]:
    """Fill in the marks of an assignment; return what came of it and where the table is.

    Parameters
    ----------
    column : str, optional
        The assignment's column in the table, by header, title or id.
    choose : callable
        Told the columns where it is not clear which is meant.

    Raises
    ------
    UserError
        If nothing is graded, or the table is none that we know, or cannot be written.
    """
    target = _target(path, name, output)
    results = read_results(course, name)
    if not any(result.mark for result in results.values()):
        raise UserError(f"Nothing is graded yet: run `autograder grade {name}` first.")
    layout = layout_of(read_table(path), path)
    people, points = read_people(course), maximal_points(course, name)
    found = column_of(layout, name, column, sum(points.values()))
    place = found if isinstance(found, Column) else choose(found)
    done = fill(layout, place, people, results, points, wishes)
    if not dry:
        write_private(target, layout.table.data())
    return done, target


def _target(path: Path, name: str, output: Path | None) -> Path:
    """Return where the table goes; refuse to replace what was downloaded."""
    if not path.name or path.is_dir():
        raise UserError(f"{path} is a folder: name the table that the platform gave you.")
    target = output or path.with_name(f"{path.stem}-{name}{path.suffix}")
    if target.resolve() == path.resolve():
        raise UserError(f"{path} would be replaced: name another file with --output.")
    return target
