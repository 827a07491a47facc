"""What came of the cells that an instructor's own tests or a person judges, and what they judge."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.files import UnreadableFile, read_untrusted
from autograder.gradebook.released import column_of
from autograder.handin.notebook import SIZE_LIMIT
from autograder.handin.repairing import HIDDEN

# More of what a test says helps nobody.
MOST_SAID, MOST_LINES = 2000, 12
OURS = re.compile(r"line \d+: ")


@dataclass(frozen=True)
class Tested:
    """A cell that carries points and has no cases of ours.

    Attributes
    ----------
    said : str
        What stopped the test, if something did; of a hidden test no more than its own words.
    is_shown : bool
        Whether the students have all of the test in their notebook.
    answer : str
        What the student wrote: code, or with `in_words` a text.
    answers : tuple of str
        The names of the cells in which that stands.
    """

    said: str = ""
    is_shown: bool = False
    answer: str = ""
    in_words: bool = False
    by_person: bool = False
    answers: tuple[str, ...] = ()


def read_tested(course: Course, name: str, student: str) -> dict[str, Tested]:
    """Return what came of each cell that carries points, by its column in the gradebook."""
    notebooks = course.notebooks(name)
    found = {}
    for notebook in notebooks:
        file = f"{notebook}.ipynb"
        asked = _cells(course.source(name) / file)
        graded = {
            _role(cell).get("grade_id"): cell
            for cell in _cells(course.autograded() / student / name / file)
        }
        for cell, tested in _in_order(asked, graded, notebook, len(notebooks)):
            found[column_of(notebook, cell, len(notebooks))] = tested
    return found


def _in_order(
    asked: list[dict[str, Any]], graded: Mapping[Any, dict[str, Any]], notebook: str, count: int
) -> Iterator[tuple[str, Tested]]:
    """Yield what is asked; a test is about the answers between it and the test before."""
    answers: list[str] = []
    is_new = False
    for cell in asked:
        role, name = _role(cell), _role(cell).get("grade_id", "")
        own = graded.get(name, {})
        if role.get("grade") and (role.get("solution") or role.get("task")):
            in_words = cell.get("cell_type") != "code"
            answer = _text(own.get("source"))
            column = column_of(notebook, name, count)
            yield name, Tested("", False, answer, in_words, by_person=True, answers=(column,))
        elif role.get("task"):
            yield name, Tested(by_person=True)
        elif role.get("grade"):
            code = "\n\n\n".join(_text(graded.get(known, {}).get("source")) for known in answers)
            columns = tuple(column_of(notebook, known, count) for known in answers)
            is_shown = not HIDDEN.search(_text(cell.get("source")))
            yield name, Tested(_said(own, is_shown), is_shown, code.strip(), answers=columns)
            is_new = True
        elif role.get("solution"):
            answers = [] if is_new else answers
            is_new = False
            answers.append(name)


def _said(cell: Mapping[str, Any], is_shown: bool) -> str:
    """Return what stopped a test; where some of it is hidden, no line and no name of it."""
    outputs = cell.get("outputs", ())
    errors = [one for one in outputs if isinstance(one, dict) and one.get("output_type") == "error"]
    if not errors:
        return ""
    kind, value = _text(errors[-1].get("ename")), _text(errors[-1].get("evalue"))
    lines = errors[-1].get("traceback")
    if isinstance(lines, list) and lines and OURS.match(_text(lines[0])):
        return "\n".join(map(_text, lines[:MOST_LINES]))[:MOST_SAID]
    # A traceback of IPython's quotes the lines around.
    may_tell = is_shown or kind == "AssertionError" or value.startswith("a hidden test")
    return (f"{kind}: {value}" if value and may_tell else kind)[:MOST_SAID]


def _cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook; none if it cannot be read."""
    try:
        cells = json.loads(read_untrusted(path, SIZE_LIMIT)).get("cells", [])
    except (UnreadableFile, ValueError, AttributeError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)]


def _role(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = cell.get("metadata")
    role = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return role if isinstance(role, dict) else {}


def _text(value: Any) -> str:
    """Return a text as a notebook keeps it: whole, or in lines."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
