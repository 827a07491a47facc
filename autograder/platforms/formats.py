"""Recognise what a platform wrote, whatever language its headers are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import UserError
from autograder.names import printable
from autograder.platforms import moodle_worksheet
from autograder.platforms.layout import Column, Layout
from autograder.platforms.numbers import number
from autograder.platforms.table import Table

KNOWN = "Canvas, Moodle, Brightspace, Blackboard and Gradescope"
# What platforms call the names and addresses of people, in all that are read here.
FIRST_NAMES = {"first name", "firstname", "vorname", "prénom", "nombre", "nome", "voornaam", "imię"}
LAST_NAMES = {"last name", "lastname", "surname", "nachname", "nom", "nom de famille", "apellidos",
              "apellido", "cognome", "sobrenome", "achternaam", "nazwisko"}  # fmt: skip
FULL_NAMES = {"student", "full name", "name", "student name"}
ADDRESSES = re.compile(r"e-?mail", re.IGNORECASE)

CANVAS_TITLE = re.compile(r"(.*\S)\s*\((\d+)\)\s*", re.DOTALL)
CANVAS_IDS = ("ID", "SIS User ID", "Integration ID", "SIS Login ID")
TEST_STUDENTS = {"student, test", "test student", "test, student"}
BLACKBOARD_TITLE = re.compile(r"(.*?)\s*\[([^\]]*)\]\s*\|\s*(\d+)\s*", re.DOTALL)
BLACKBOARD_PENDING = re.compile(r"-?|(?:Needs Grading|In Progress).*", re.IGNORECASE)
BRIGHTSPACE_TITLE = re.compile(
    r"(.*?\S)\s+(?:Points Grade|Grade|Note en points|Notation en points|Punktebewertung)"
    r"\s*(?:<([^>]*)>)?\s*",
    re.DOTALL,
)
# In any language a column of points says in brackets what it is out of.
BRIGHTSPACE_POINTS = re.compile(r"(.*?\S)\s*<([^>]*\bm[aá]x[^:>]*:[^>]*)>\s*", re.I | re.DOTALL)
BRIGHTSPACE_TOTALS = ("Calculated Final", "Adjusted Final")
GRADESCOPE_MAXIMUM = " - Max Points"


def layout_of(table: Table, path: Path) -> Layout:
    """Return how a table is to be read.

    Raises
    ------
    UserError
        If it is no platform's.
    """
    if found := known_layout(table):
        return found
    told = printable(", ".join(filter(None, (cell.strip() for cell in table.header))))
    shown = told[:200] or "nothing"
    raise UserError(
        f"{path} is no table of {KNOWN} that we know: its first row has {shown}. Download the "
        "gradebook (in Moodle the grading worksheet) as CSV again, and give it as it is."
    )


def known_layout(table: Table) -> Layout | None:
    """Return how a table is to be read; None where it is no platform's."""
    header = [cell.strip() for cell in table.header]
    for read in (_canvas, _blackboard, _brightspace, _gradescope, moodle_worksheet.layout_of):
        if found := read(table, header):
            return found
    return None


def _canvas(table: Table, header: Sequence[str]) -> Layout | None:
    if "ID" not in header[1:3]:
        return None
    id_at = header.index("ID", 1)
    marks = [(place, CANVAS_TITLE.fullmatch(cell)) for place, cell in enumerate(header)]
    titles = [(place, found) for place, found in marks if found and place > id_at]
    if not (titles or {"Section", "SIS Login ID"} & set(header) or "Student" in header[0]):
        return None
    first, points = _rows_above_students(table, id_at)
    columns = tuple(
        Column(
            place,
            found[1],
            found[2],
            number(points[place]) if place < len(points) else None,
            read_only=place < len(points) and points[place].strip().startswith("("),
        )
        for place, found in titles
    )
    end = titles[0][0] if titles else len(header)
    known = [header.index(name) for name in CANVAS_IDS if name in header[:end]]
    others = [i for i in range(id_at + 1, end) if re.search(r"\bID\b|login|mail", header[i], re.I)]
    return Layout(
        "Canvas",
        table,
        tuple(dict.fromkeys([*known, *others])),
        (tuple(range(id_at - 1, -1, -1)),),
        columns,
        first,
        skipped=lambda cells: (
            ", ".join(cells[:id_at]).strip().casefold() in TEST_STUDENTS
            or not cells[id_at : id_at + 1]
            or not cells[id_at].strip()
        ),
    )


def _rows_above_students(table: Table, id_at: int) -> tuple[int, list[str]]:
    """Return the first row of a student, and the row that says what columns are out of.

    It begins with blanks, in whatever language; a row about how grades are posted may stand above.
    """
    points: list[str] = []
    for row in range(1, min(4, len(table))):
        cells = table.row(row)
        if table.text(row, id_at).strip():
            return row, points
        if cells[0].startswith("  ") or any(number(cell) is not None for cell in cells[id_at:]):
            points = cells
    return min(4, len(table)), points


def _blackboard(table: Table, header: Sequence[str]) -> Layout | None:
    found = [(place, BLACKBOARD_TITLE.fullmatch(cell)) for place, cell in enumerate(header)]
    titles = [(place, title) for place, title in found if title]
    if not titles or titles[0][0] < 3:
        return None
    places = [place for place, _ in titles]
    columns = tuple(
        Column(place, title[1], title[3], _maximum(title[2]), _comment(header, place, places))
        for place, title in titles
    )
    # The order is the same in all languages: names, then the username, then perhaps a number.
    lasts = [i for i, cell in enumerate(header[: places[0]]) if i > 1 and i < 4]
    ids = tuple(reversed(lasts)) if len(lasts) > 1 else tuple(lasts)
    mails = tuple(i for i, cell in enumerate(header) if ADDRESSES.search(cell) and i not in ids)
    return Layout("Blackboard", table, ids + mails, ((1, 0),), columns, pending=BLACKBOARD_PENDING)


def _comment(header: Sequence[str], place: int, places: Sequence[int]) -> int | None:
    """Return the column of the feedback: notes and their format stand between, if they do."""
    following = min([one for one in places if one > place], default=len(header))
    told = [i for i in range(place + 1, following) if header[i] == "Feedback to Learner"]
    if told:
        return told[0]
    return place + 3 if following - place == 5 else None


def _maximum(text: str) -> float | None:
    """Return the number of points that a header tells, in whatever words."""
    found = re.search(r"(?:\d+[.,])?\d+", text)
    return number(found[0]) if found else None


def _brightspace(table: Table, header: Sequence[str]) -> Layout | None:
    ids = [header.index(name) for name in ("OrgDefinedId", "Username") if name in header]
    ends = table.column(len(header) - 1)
    if not ids or (header[-1] != "End-of-Line Indicator" and set(ends) != {"#"}):
        return None
    columns = []
    for place, cell in enumerate(header):
        found = BRIGHTSPACE_TITLE.fullmatch(cell) or BRIGHTSPACE_POINTS.fullmatch(cell)
        if found and not cell.startswith(BRIGHTSPACE_TOTALS):
            about = re.search(r"m[aá]x[^:]*:\s*([\d.,]+)", found[2] or "", re.IGNORECASE)
            columns.append(Column(place, found[1], maximum=number(about[1]) if about else None))
    mails = [place for place, cell in enumerate(header) if ADDRESSES.search(cell)]
    names = _names(header)
    return Layout("Brightspace", table, (*ids, *mails), names, tuple(columns))


def _gradescope(table: Table, header: Sequence[str]) -> Layout | None:
    if not {"SID", "Email"} <= set(header):
        return None
    ids = header.index("SID"), header.index("Email")
    columns = [
        Column(place, cell, maximum=_constant(table, header.index(cell + GRADESCOPE_MAXIMUM)))
        for place, cell in enumerate(header)
        if cell + GRADESCOPE_MAXIMUM in header
    ]
    if alone := not columns and {"Total Score", "Max Points"} <= set(header):
        maximum = _constant(table, header.index("Max Points"))
        columns = [Column(header.index("Total Score"), "Total Score", maximum=maximum)]
    if not columns:
        return None
    names = _names(header)
    return Layout("Gradescope", table, ids, names, tuple(columns), is_alone=alone)


def _constant(table: Table, place: int) -> float | None:
    """Return the number that stands in all rows of a column which have one."""
    found = {value for text in table.column(place) if (value := number(text)) is not None}
    return found.pop() if len(found) == 1 else None


def _names(header: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the columns of the full name."""
    low = [cell.casefold() for cell in header]
    ways = [(i,) for i, cell in enumerate(low) if cell in FULL_NAMES]
    first = [i for i, cell in enumerate(low) if cell in FIRST_NAMES]
    last = [i for i, cell in enumerate(low) if cell in LAST_NAMES]
    return tuple([(first[0], last[0])] if first and last else ways)
