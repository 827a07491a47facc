"""The page for the instructor: both codes side by side, and what they share marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder import pages
from autograder.course import Course
from autograder.files import write_private
from autograder.similarity.comparing import Compared, Pair, compare
from autograder.similarity.fingerprints import fingerprints
from autograder.similarity.reading import read_answers, template

PACKAGE = "autograder.similarity"
# So many pairs are shown with their code; the others are listed.
MOST_SHOWN = 100


@dataclass(frozen=True)
class Side:
    """One exercise of a pair: the lines of each, and whether a line is shared."""

    exercise: str
    share: float
    one: list[tuple[str, bool]]
    other: list[tuple[str, bool]]


def write_similar(
    course: Course, name: str, others: Path | None = None, output: Path | None = None
) -> tuple[Compared, Path]:
    """Compare the hand-ins of an assignment; return what came of it, and where the page is.

    Parameters
    ----------
    others : Path, optional
        A folder of other hand-ins, such as last year's `submitted`.

    Raises
    ------
    UserError
        If nothing is handed in or released, or the page cannot be written.
    """
    given = template(course, name)
    found = compare(list(read_answers(course, name, others)), given)
    path = output or similar_path(course, name)
    write_private(path, render(found, name, datetime.now()))
    return found, path


def similar_path(course: Course, name: str) -> Path:
    """Return where the page is, beside the report."""
    return course.report(f"{name}-similar", "html")


def render(found: Compared, name: str, when: datetime) -> str:
    """Return the page."""
    shown = [(pair, sides(pair, found.common)) for pair in found.pairs[:MOST_SHOWN]]
    return pages.render(
        PACKAGE,
        "similar.html",
        "similar.css",
        assignment=name,
        when=f"{when.day} {when:%B %Y, %H:%M}",
        found=found,
        shown=shown,
    )


def sides(pair: Pair, common: frozenset[int]) -> list[Side]:
    """Return what is shown of a pair: the exercises that both answered."""
    both = [cell for cell in pair.one.sources if cell in pair.other.sources]
    found = []
    for cell in both:
        one, other = pair.one.sources[cell], pair.other.sources[cell]
        shared = (fingerprints(one).keys() & fingerprints(other).keys()) - common
        left, right = _marked(one, shared), _marked(other, shared)
        found.append(Side(cell, pair.exercises.get(cell, 0.0), left, right))
    return found


def _marked(source: str, shared: Iterable[int]) -> list[tuple[str, bool]]:
    known = fingerprints(source)
    spans = [known[one] for one in shared]
    lines = {line for first, last in spans for line in range(first, last + 1)}
    return [(text, number in lines) for number, text in enumerate(source.split("\n"))]
