"""Write the page: everything that is to be known of a class, in one file that needs no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from autograder import pages
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_private
from autograder.handin.submission import find_submissions
from autograder.report import figures, findings, students
from autograder.report.classroom import Classroom, read_classroom
from autograder.similarity.comparing import Pair, compare, groups_of
from autograder.similarity.reading import read_answers, template

PACKAGE = "autograder.report"
# Below this many students an index moves more by chance than by the exercise.
FEW = 30
# So many students are laid out or named in one place; the script draws others when they are looked
# for, because a browser takes seconds to lay out a class of ten thousands.
MOST_LISTED = 1000
# So many hand-ins are compared while one waits for the page.
MOST_COMPARED = 300


def write_report(
    course: Course,
    name: str,
    output: Path | None = None,
    pseudonym: Callable[[str], str] | None = None,
) -> Path:
    """Write the page on a class, and return where it is.

    Parameters
    ----------
    output : Path, optional
        Where it goes; by default ``report/NAME.html`` in the course.
    pseudonym : callable, optional
        What each student is called instead.

    Raises
    ------
    UserError
        If nothing is graded yet, or the file cannot be written.
    """
    classroom = read_classroom(course, name)
    shown = classroom.called(pseudonym) if pseudonym else classroom
    pairs = None if pseudonym else _pairs(course, classroom)
    page = render(shown, _ungraded(course, classroom), datetime.now(), pairs)
    path = output or course.report(name, "html")
    write_private(path, page)
    return path


def render(
    classroom: Classroom, ungraded: int, when: datetime, pairs: Sequence[Pair] | None = None
) -> str:
    """Return the page on a class, as of a moment, with hand-ins that are not graded yet.

    `pairs` are hand-ins to look at together, if they were compared.
    """
    return pages.render(
        PACKAGE,
        "report.html",
        "report.css",
        "report.js",
        assignment=classroom.assignment,
        when=f"{when.day} {when:%B %Y, %H:%M}",
        ungraded=ungraded,
        few=FEW,
        most=MOST_LISTED,
        pairs=pairs,
        groups=groups_of(pairs or ()),
        **_findings(classroom),
    )


def _findings(classroom: Classroom) -> dict[str, Any]:
    records = classroom.records
    stuck = findings.stuck(classroom)
    exercises = findings.exercise_findings(classroom)
    alike = findings.misconceptions(records)
    timing = findings.timing(records)
    lines = students.lines(records, stuck)
    laid_out = list(islice(lines, MOST_LISTED))
    return {
        "facts": _facts(classroom, len(stuck)),
        "readable": len(classroom.readable),
        "scores": figures.scores(_totals(classroom), classroom.maximum),
        "exercises": figures.exercises(exercises) if exercises else None,
        "discrimination": figures.discrimination(exercises),
        "cases": figures.cases(findings.hardest_cases(records)),
        "misconceptions": alike,
        "alike": figures.misconceptions(alike),
        "stuck": stuck,
        "waiting": [record.mark for record in records if record.mark.waiting],
        "refused": [record for record in records if record.refused],
        "flags": students.by_flag(records),
        "names": classroom.names,
        "absent": classroom.absent,
        "points": classroom.points,
        "remarks": students.REMARKS,
        "records": records,
        "lines": laid_out,
        "rest": [one.cells(classroom.names) for one in lines],
        "timing": figures.timing(timing) if timing else None,
        "times": timing,
    }


def _facts(classroom: Classroom, stuck: int) -> list[tuple[str, str]]:
    """Return the numbers to see first, each with its name."""
    records, full = classroom.records, classroom.maximum - findings.NEAR
    counts = {
        "stuck": stuck,
        "need a person": sum(bool(record.mark.waiting) for record in records),
        "flagged": sum(bool(record.verdict and record.verdict.flags) for record in records),
        "refused": sum(bool(record.refused) for record in records),
    }
    if classroom.absent:
        counts["not handed in"] = len(classroom.absent)
    return [
        ("handed in", f"{len(records):,}"),
        ("median", f"{median(_totals(classroom)):.4g}"),
        ("all points", f"{sum(record.mark.total >= full for record in records):,}"),
        *((name, f"{count:,}") for name, count in counts.items()),
    ]


def _totals(classroom: Classroom) -> list[float]:
    return [record.mark.total for record in classroom.records]


def _pairs(course: Course, classroom: Classroom) -> Sequence[Pair] | None:
    """Return the hand-ins to look at together; None if that takes long, or nothing lies there."""
    if len(classroom.records) > MOST_COMPARED:
        return None
    name = classroom.assignment
    try:
        return compare(list(read_answers(course, name, None)), template(course, name)).pairs
    except UserError:  # graded once, and cleared away since
        return None


def _ungraded(course: Course, classroom: Classroom) -> int:
    """Count the hand-ins that the gradebook does not have yet."""
    known = {record.student for record in classroom.records}
    try:
        found = find_submissions(course, classroom.assignment)
    except UserError:  # graded once, and cleared away since
        return 0
    return sum(submission.student not in known for submission in found)
