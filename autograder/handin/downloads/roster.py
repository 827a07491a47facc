"""A table of the class, as a platform exports it: from its ids to the course's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.files import UnreadableFile
from autograder.names import printable

# What the course calls a student: the first of these that the table has.
OWN_IDS = (
    "student_id", "SIS Login ID", "Username", "ID number", "OrgDefinedId", "Email address",
    "Email", "SIS User ID", "SID", "Student ID", "ID",
)  # fmt: skip
FULL_NAMES = ("Full name", "Student", "Name")
FIRST_AND_LAST = (("First name", "Last name"), ("First Name", "Last Name"))


@dataclass(frozen=True)
class Roster:
    """The rows of a roster, by the lower case of what stands in a column."""

    path: Path
    own: str
    _by: Mapping[str, Mapping[str, set[str]]] = field(repr=False)

    def student(self, columns: Iterable[str], ids: Iterable[str], person: str) -> str:
        """Return what the course calls a student.

        Parameters
        ----------
        columns : iterable of str
            Where the platform's ids may stand.
        person : str
            The student's name, which decides where only one student has it and no id does.

        Raises
        ------
        UnreadableFile
            If it is no one student's.
        """
        ids = [one for one in ids if one]
        for column in columns:
            for one in ids:
                if found := self._by.get(column, {}).get(_key(one)):
                    return self._only(found, one)
        if found := self._by.get("", {}).get(_key(person)) if person else None:
            return self._only(found, person)
        told = printable(" or ".join(dict.fromkeys([*ids, person])).strip(" or"))
        raise UnreadableFile(f"no student of {self.path.name} is {told}")

    def _only(self, found: set[str], what: str) -> str:
        if len(found) > 1:
            raise UnreadableFile(f"several students of {self.path.name} are {printable(what)}")
        (own,) = found
        if not own:
            raise UnreadableFile(
                f"{self.path.name} has nothing in the column {self.own} for {printable(what)}"
            )
        return own


def roster_of(path: Path, rows: Sequence[Sequence[str]], own: str | None) -> Roster:
    """Return what a roster tells.

    Parameters
    ----------
    rows : sequence
        What stands in the table, first its header as platforms write it in English.
    own : str, optional
        The column with the course's own ids.

    Raises
    ------
    UserError
        If it is no table with a column of ids.
    """
    header = [cell.strip() for cell in rows[0]] if rows else []
    column = own or next((name for name in OWN_IDS if name in header), "")
    if column not in header or not column:
        raise UserError(
            f"{path} has no column {own or 'of ids'}: it has {', '.join(filter(None, header))}. "
            "Name the column with the course's own ids by --id-column."
        )
    by: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cells in rows[1:]:
        row = {name: cell.strip().removeprefix("#") for name, cell in zip(header, cells)}  # noqa: B905
        for name, cell in row.items():
            value = _number_of(cell) if name == "Identifier" else cell
            if value:
                by[name][_key(value)].add(row.get(column, ""))
        for person in _names_of(row):
            by[""][_key(person)].add(row.get(column, ""))
    return Roster(path, column, by)


def _names_of(row: Mapping[str, str]) -> set[str]:
    """Return how a student's name may be written; Canvas has the last name first."""
    names = {row[column] for column in FULL_NAMES if row.get(column)}
    names |= {
        f"{row[first]} {row[last]}"
        for first, last in FIRST_AND_LAST
        if row.get(first) and row.get(last)
    }
    turned = {
        f"{first.strip()} {last.strip()}"
        for last, _, first in (n.partition(",") for n in names)
        if first
    }
    return names | turned


def _number_of(participant: str) -> str:
    """Return the number that Moodle puts after a word, in the language of the site."""
    found = re.search(r"\d+$", participant)
    return found[0] if found else participant


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
