"""Which student each row of a platform's table is: by ids, and never a namesake."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.gradebook.people import Person
from autograder.platforms.layout import Layout


@dataclass
class Matched:
    """Who is who.

    Attributes
    ----------
    rows : dict
        The student of each row that is one's.
    by_name : list of int
        Those that only the name tells.
    unclear : dict
        Why a row is nobody's although something of it is known here.
    """

    rows: dict[int, str] = field(default_factory=dict)
    by_name: list[int] = field(default_factory=list)
    unclear: dict[int, str] = field(default_factory=dict)

    @property
    def students(self) -> set[str]:
        """Who has a row."""
        return set(self.rows.values())


def match(layout: Layout, people: Iterable[Person]) -> Matched:
    """Return whose each row is.

    The column of ids that tells the most students counts before the others, as a course goes by
    one kind of id: in another column the same number may be somebody else's.
    """
    known = list(people)
    found = Matched()
    tables = {column: _by_identity(layout, column, known) for column in layout.ids}
    hits = {
        column: sum(
            len(table.get(key_of(layout.identities(row, column)), ())) == 1 for row in layout.rows
        )
        for column, table in tables.items()
    }
    order = sorted(layout.ids, key=lambda column: -hits[column])
    by_id = {person.id: person for person in known}
    for column in order:
        if hits[column]:
            doubts = _Doubts(layout, column, order[0], by_id)
            _match_by(layout, column, tables[column], found, doubts)
    _match_by_name(layout, known, [column for column in order if hits[column]], found)
    return found


def key_of(text: str) -> str:
    """Return what two spellings of an id or a name have in common."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def _by_identity(layout: Layout, column: int, people: list[Person]) -> Mapping[str, set[str]]:
    """Return the students by what a column of ids may say of them."""
    by: dict[str, set[str]] = defaultdict(set)
    is_platforms = layout.keyed and column == layout.ids[0]
    for person in people:
        for text in (person.id, person.email, person.platform_id if is_platforms else ""):
            if text:
                by[key_of(text)].add(person.id)
    return by


@dataclass(frozen=True)
class _Doubts:
    """Whether a number in a column is an id of the kind that the class goes by.

    Numbers of different kinds may be the same, and then they are two students.
    """

    layout: Layout
    column: int
    decisive: int
    people: Mapping[str, Person]

    def about(self, row: int, student: str) -> bool:
        """Tell whether a row may be somebody else who has this number."""
        key, person = key_of(self.layout.identities(row, self.column)), self.people[student]
        is_platforms = self.layout.keyed and self.column == self.layout.ids[0]
        if self.column == self.decisive or not key.isdigit():
            return False
        if is_platforms and key == key_of(person.platform_id):
            return False
        has_the_name = key_of(person.name) in map(key_of, self.layout.full_names(row))
        return bool(self.layout.identities(row, self.decisive)) and not has_the_name


def _match_by(
    layout: Layout,
    column: int,
    students: Mapping[str, set[str]],
    found: Matched,
    doubts: _Doubts,
) -> None:
    """Match the rows that are still open by one column."""
    rows = defaultdict(list)
    for row in _open(layout, found):
        if key := key_of(layout.identities(row, column)):
            rows[key].append(row)
    taken = found.students
    claims: dict[str, list[int]] = defaultdict(list)
    for key, claiming in rows.items():
        for student in students.get(key, set()) if len(students.get(key, set())) == 1 else ():
            claims[student] += claiming
        if len(students.get(key, set())) > 1:
            _unclear(found, claiming, f"{' and '.join(sorted(students[key]))} have the same id")
    for student, claiming in claims.items():
        if len(claiming) > 1:
            _unclear(found, claiming, f"{len(claiming)} rows have the id of {student}")
        elif student in taken:
            _unclear(found, claiming, f"another row is {student} already")
        elif doubts.about(claiming[0], student):
            _unclear(found, claiming, f"{student} may be another kind of id, and somebody else's")
        else:
            found.rows[claiming[0]] = student


def _match_by_name(
    layout: Layout, people: list[Person], decisive: list[int], found: Matched
) -> None:
    """Match by names that one row and one student alone have, where no id says otherwise."""
    students: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for name in filter(None, (person.name, person.id)):
            students[key_of(name)].add(person.id)
    rows: dict[str, set[int]] = defaultdict(set)
    for row in layout.rows:
        for name in layout.full_names(row):
            rows[key_of(name)].add(row)
    by_id = {person.id: person for person in people}
    for row in list(_open(layout, found)):
        for name in {key_of(one) for one in layout.full_names(row)} & students.keys():
            theirs = students[name]
            person = by_id[min(theirs)]
            named = key_of(person.id)
            if len(theirs) > 1 or len(rows[name]) > 1:
                _unclear(found, [row], "several have this name, and no id tells them apart")
            elif person.id in found.students:
                continue  # a namesake of somebody who has a row
            elif other := _another(layout, row, person, decisive if named != name else ()):
                _unclear(found, [row], f"{person.id} has the same name, but another {other}")
            else:
                found.rows[row] = person.id
                found.by_name.append(row)
                break


def _another(layout: Layout, row: int, person: Person, decisive: Sequence[int]) -> str:
    """Return what of a row is another student's although the name is the same."""
    texts = {column: layout.identities(row, column) for column in layout.ids}
    addresses = {key_of(text) for text in texts.values() if "@" in text}
    if person.email and addresses and key_of(person.email) not in addresses:
        return "e-mail address"
    if person.platform_id and layout.keyed and texts[layout.ids[0]]:
        return "id of the platform"
    return "id" if any(texts[column] for column in decisive) else ""


def _open(layout: Layout, found: Matched) -> Iterator[int]:
    return (row for row in layout.rows if row not in found.rows and row not in found.unclear)


def _unclear(found: Matched, rows: Iterable[int], why: str) -> None:
    for row in rows:
        found.unclear.setdefault(row, why)
