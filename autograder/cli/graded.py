"""What `autograder grade` prints of a class that is graded."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from autograder.cli.tables import print_absent, print_marks, print_remarks, print_reviews
from autograder.gradebook.nbgrader_api import in_pieces
from autograder.gradebook.people import read_people
from autograder.gradebook.reader import read_marks
from autograder.gradebook.released import maximal_points

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.gradebook.reader import Mark
    from autograder.grading.marks.brief import Brief


def print_class(course: Course, name: str, briefs: list[Brief], as_json: bool) -> None:
    """Print everybody's points as a table, or as JSON, and what there is to say of them."""
    students = [brief.student for brief in briefs]
    if as_json:
        marks = read_marks(course, name, students)
        print(json.dumps([_as_json(brief, marks[brief.student]) for brief in briefs], indent=2))
        return
    pieces = in_pieces(students)
    every = chain.from_iterable(read_marks(course, name, piece).values() for piece in pieces)
    to_review: dict[str, list[str]] = {}
    seen = (_noting(mark, to_review) for mark in every)
    names = {id: one.name for id, one in read_people(course).items()}
    print_marks(name, students, seen, maximal_points(course, name), names)
    print_absent(sorted(names.keys() - set(students)), names)
    print_remarks(briefs)
    print_reviews(to_review)


def _noting(mark: Mark, to_review: dict[str, list[str]]) -> Mark:
    """Return the mark; note the student whose points a person has to look at again."""
    if mark.to_review:
        to_review[mark.student] = mark.to_review
    return mark


def _as_json(brief: Brief, mark: Mark) -> dict[str, Any]:
    return {
        "student": brief.student,
        "points": mark.points,
        "total": mark.total,
        "refused": brief.refused,
        "flags": brief.flags,
        "late": mark.late,
        "to_review": mark.to_review,
    }
