"""Read who is in a course from what its platform exports, or from nbgrader's own list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.enrolling import enrol
from autograder.gradebook.people import Person, read_people
from autograder.handin.downloads.roster import OWN_IDS, Roster, roster_of
from autograder.names import printable, why_unfit
from autograder.platforms.formats import known_layout, layout_of
from autograder.platforms.layout import Layout
from autograder.platforms.matching import match
from autograder.platforms.table import Table, read_table

# The columns of `nbgrader db student import`, the first of which must be there.
NBGRADERS = ("id", "first_name", "last_name", "email", "lms_user_id")
# What the first columns are called in English where a platform translates them.
IN_ENGLISH = {
    "Moodle": ("Identifier", "Full name"),
    "Blackboard": ("Last Name", "First Name", "Username", "Student ID"),
}


@dataclass(frozen=True)
class Enrolled:
    """What came of a roster; `refused` are sentences on rows that were left out."""

    platform: str
    own: str
    new: int
    changed: int
    same: int
    refused: tuple[str, ...]


def read_into_gradebook(course: Course, path: Path, own: str | None = None) -> Enrolled:
    """Enter the students of a roster in the gradebook.

    Parameters
    ----------
    own : str, optional
        The column with the course's own ids; else the first of those that platforms have.

    Raises
    ------
    UserError
        If the file is no list of students.
    """
    table = read_table(path)
    layout = _nbgraders(table) or known_layout(table) or _like_nbgraders(table)
    if layout is None:
        layout = layout_of(table, path)  # to say what is wrong
    column = _own_column(layout, own, path)
    known = read_people(course)
    matched = match(layout, known.values())
    ids = Counter(layout.identities(row, column) for row in layout.rows)
    people, refused = [], []
    for row in layout.rows:
        told = layout.identities(row, column)
        id = matched.rows.get(row) or told
        if reason := matched.unclear.get(row) or _why_refused(id, told, ids[told]):
            refused.append(printable(f"{layout.name(row) or id} is left out: {reason}."))
        else:
            people.append(_person(layout, row, id, known.get(id)))
    new, changed = enrol(course, people)
    head = table.header[column].strip()
    return Enrolled(
        layout.platform, head, new, changed, len(people) - new - changed, tuple(refused)
    )


def read_for_downloads(path: Path, own: str | None = None) -> Roster:
    """Return whose the names in a download are, by a table of the class in any language.

    Parameters
    ----------
    own : str, optional
        The column with the course's own ids, as the table calls it; else the one that
        `read_into_gradebook` takes.

    Raises
    ------
    UserError
        If it is no table with a column of ids.
    """
    table = read_table(path)
    rows = [[cell.strip() for cell in table.row(row)] for row in range(len(table))]
    layout = known_layout(table)
    if layout is None:
        return roster_of(path, rows, own)
    told = rows[0]
    english = IN_ENGLISH.get(layout.platform, ())
    rows[0] = [*english, *told[len(english) :]]
    if own is None or own in told:
        own = rows[0][_own_column(layout, own, path)]
    return roster_of(path, rows, own)


def _nbgraders(table: Table) -> Layout | None:
    """Return how nbgrader's own list is read: its columns may be in any order."""
    return _like_nbgraders(table) if set(_nbgraders_heads(table)) <= {*NBGRADERS, ""} else None


def _nbgraders_heads(table: Table) -> list[str]:
    """Return the header as nbgrader understands it."""
    return [cell.strip().lower().replace(" ", "_") for cell in table.header]


def _like_nbgraders(table: Table) -> Layout | None:
    """Return how a list is read that has nbgrader's columns and others, as nbgrader takes it."""
    header = _nbgraders_heads(table)
    if "id" not in header or len(set(header) & set(NBGRADERS)) < min(2, len(header)):
        return None
    names = tuple(header.index(one) for one in NBGRADERS[1:3] if one in header)
    ids = tuple(header.index(one) for one in ("id", "email") if one in header)
    return Layout("nbgrader", table, ids, (names,) if names else (), (), keyed=False)


def _own_column(layout: Layout, own: str | None, path: Path) -> int:
    header = [cell.strip() for cell in layout.table.header]
    if own is not None:
        if own not in header:
            listed = ", ".join(filter(None, header))
            raise UserError(f"{path} has no column {own}: it has {listed}.")
        return header.index(own)
    if layout.platform == "nbgrader":
        return layout.ids[0]
    # In other languages the columns have other names: then what the ids are called there.
    ids = layout.ids if layout.keyed else layout.ids[1:]
    known = [header.index(name) for name in OWN_IDS if name in header]
    column = next((one for one in [*known, *ids] if one in ids), None)
    if column is None:
        raise UserError(f"{path} has no column of ids: name one with --id-column.")
    return column


def _why_refused(id: str, told: str, times: int) -> str:
    if not id:
        return "it has no id"
    if told and times > 1:
        return f"{times} rows have the id {told}"
    return why_unfit(id) or ("no folder can have its name" if "/" in id else "")


def _person(layout: Layout, row: int, id: str, known: Person | None) -> Person:
    first, last = _names(layout, row, known)
    texts = {column: layout.identities(row, column) for column in layout.ids}
    email = next((text for text in reversed(texts.values()) if "@" in text), "")
    if layout.platform == "nbgrader":
        cells = dict(zip(_nbgraders_heads(layout.table), layout.table.row(row), strict=False))
        return Person(id, *(cells.get(key, "").strip() for key in NBGRADERS[1:]))
    return Person(id, first, last, email, texts[layout.ids[0]] if layout.keyed else "")


def _names(layout: Layout, row: int, known: Person | None) -> tuple[str, str]:
    """Return the first and the last name.

    Where a full name does not tell, they are divided as they were, or the last word is the last.
    """
    parts = [layout.table.text(row, place).strip() for place in next(iter(layout.names), ())]
    if len(parts) == 2:
        return parts[0], parts[1]
    text = "".join(parts)
    if "," in text:
        last, _, first = text.partition(",")
    elif known and known.name.split() == text.split():
        return known.first, known.last
    else:
        first, _, last = text.rpartition(" ")
    return first.strip(), last.strip()
