"""Print what came of a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console

from autograder.gradebook.reader import Mark
from autograder.grading.marks.brief import Brief
from autograder.names import printable

# Wide enough for points to two places, and for the heads; beside each column stand two blanks.
NUMBER_WIDTH = 6
SHORTEST_NAME = 20
# So many different things that were noticed are printed.
MOST_FLAGS = 8
# So many of those who have not handed in are named.
MOST_ABSENT = 20


def print_marks(
    name: str,
    students: Sequence[str],
    marks: Iterable[Mark],
    columns: Mapping[str, float],
    names: Mapping[str, str] | None = None,
) -> None:
    """Print a table of points; the exercises' names are too long for column heads.

    `names` are the students' full names, as far as they are known.

    Not with a table of rich's: it lays out a whole class at once, two seconds long for 5,000.
    """
    room = Console().width - (NUMBER_WIDTH + 2) * (len(columns) + 1) - 2
    called = {one: _called(one, names or {}) for one in students}
    width = min(max(room, SHORTEST_NAME), max(map(cell_len, (*called.values(), "student"))))
    heads = [*(f"({number})" for number, _ in enumerate(columns, start=1)), "total"]
    maxima = [f"/ {maximum:g}" for maximum in (*columns.values(), sum(columns.values()))]
    last_head = _line("", maxima, width)
    print(f"{name}: points", _line("student", heads, width), last_head, sep="\n")
    print("-" * len(last_head))
    for mark in marks:
        points = [f"{round(earned, 2):g}" for earned in (*mark.points.values(), mark.total)]
        first, *folded = chop_cells(called.get(mark.student, mark.student), width)
        print(_line(first, points, width))
        for rest in folded:
            print(f" {rest}")
    for number, column in enumerate(columns, start=1):
        print(f"({number}) {column}")


def _called(student: str, names: Mapping[str, str]) -> str:
    name = names.get(student, "")
    return f"{student} ({printable(name)})" if name else student


def _line(student: str, points: Iterable[str], width: int) -> str:
    return f" {set_cell_size(student, width)}" + "".join(f"  {n:>{NUMBER_WIDTH}}" for n in points)


def print_remarks(briefs: list[Brief]) -> None:
    """Print why a hand-in scored nothing or not all, and count what the engine noticed."""
    for brief in briefs:
        if brief.refused:
            print(f"{brief.student} scores 0: {printable(brief.refused)}.")
        elif brief.needs_person:
            print(f"{brief.student} is not judged in full: a person has to look.")
    flagged = [brief for brief in briefs if brief.flags]
    if not flagged:
        return
    print(f"Noticed in {len(flagged)} of {len(briefs)} hand-ins:")
    students = defaultdict(list)
    for brief in flagged:
        for flag in dict.fromkeys(brief.flags):
            students[flag].append(brief.student)
    # What many have in common is the course's to mend; the others follow in their order.
    common = sorted(students, key=lambda flag: -len(students[flag]))
    for flag in common[:MOST_FLAGS]:
        print(f"  {printable(flag)}: {_who(students[flag])}")
    if len(common) > MOST_FLAGS:
        print(f"  and {len(common) - MOST_FLAGS} more, which --json lists.")


def print_absent(absent: Sequence[str], names: Mapping[str, str]) -> None:
    """Print who of the class has not handed in."""
    if not absent:
        return
    listed = [_called(student, names) for student in absent[:MOST_ABSENT]]
    more = f" and {len(absent) - MOST_ABSENT} more" if len(absent) > MOST_ABSENT else ""
    print(f"Not handed in ({len(absent)}): {printable(', '.join(listed))}{more}.")


def print_reviews(to_review: Mapping[str, Sequence[str]]) -> None:
    """Print whose points a person gave before the hand-in, or what it carries, changed."""
    if not to_review:
        return
    listed = [f"{student} ({', '.join(cells)})" for student, cells in to_review.items()]
    more = f" and {len(listed) - MOST_FLAGS} more" if len(listed) > MOST_FLAGS else ""
    print(
        "Points that a person gave stand beside a newer hand-in, or beside other points: "
        f"{printable(', '.join(listed[:MOST_FLAGS]))}{more}. Look at them in the formgrader."
    )


def _who(students: Sequence[str]) -> str:
    return students[0] if len(students) == 1 else f"{len(students)} hand-ins"
