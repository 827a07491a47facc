"""What came of the cells that an instructor's own tests or a person judges, and what they judge."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution, is_task

from autograder.course import Course
from autograder.files import UnreadableFile, read_untrusted
from autograder.gradebook.released import column_of
from autograder.handin.notebook import SIZE_LIMIT, dicts_in, name_of, text_of
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


@dataclass(frozen=True)
class Asked:
    """A cell of the instructor's notebook that carries points; `answers` is what it is about."""

    notebook: str
    name: str
    answers: tuple[str, ...]
    is_shown: bool = False
    in_words: bool = False
    by_person: bool = False


def read_asked(course: Course, name: str) -> list[Asked]:
    """Return the cells that carry points, of all notebooks: the same for the whole class."""
    return [
        asked
        for notebook in course.notebooks(name)
        for asked in _in_order(
            notebook, nbformat.read(course.source(name) / f"{notebook}.ipynb", as_version=4).cells
        )
    ]


def _in_order(notebook: str, cells: Iterable[NotebookNode]) -> Iterator[Asked]:
    """Yield what is asked; a test is about the answers between it and the test before."""
    answers: tuple[str, ...] = ()
    is_new = False
    for cell in cells:
        name = name_of(cell)
        if is_task(cell):
            yield Asked(notebook, name, (), by_person=True)
        elif is_grade(cell) and is_solution(cell):
            in_words = cell.cell_type != "code"
            yield Asked(notebook, name, (name,), in_words=in_words, by_person=True)
        elif is_grade(cell):
            yield Asked(notebook, name, answers, is_shown=not HIDDEN.search(cell.source))
            is_new = True
        elif is_solution(cell):
            answers = (name,) if is_new else (*answers, name)
            is_new = False


def read_tested(
    course: Course, name: str, student: str, asked: Sequence[Asked]
) -> dict[str, Tested]:
    """Return what came of each of these cells, by its column in the gradebook."""
    notebooks = course.notebooks(name)
    column = partial(column_of, notebooks=len(notebooks))
    folder = course.autograded() / student / name
    graded = {notebook: _cells(folder / f"{notebook}.ipynb") for notebook in notebooks}
    return {
        column(one.notebook, one.name): Tested(
            "" if one.by_person else _said(graded[one.notebook].get(one.name, {}), one.is_shown),
            one.is_shown,
            _answer(graded[one.notebook], one.answers),
            one.in_words,
            one.by_person,
            tuple(column(one.notebook, answer) for answer in one.answers),
        )
        for one in asked
    }


def _answer(graded: Mapping[str, dict[str, Any]], names: Sequence[str]) -> str:
    return "\n\n\n".join(text_of(graded.get(name, {}).get("source")) for name in names).strip()


def _said(cell: Mapping[str, Any], is_shown: bool) -> str:
    """Return what stopped a test; where some of it is hidden, no line and no name of it."""
    outputs = dicts_in(cell.get("outputs"))
    errors = [one for one in outputs if one.get("output_type") == "error"]
    if not errors:
        return ""
    kind, value = text_of(errors[-1].get("ename")), text_of(errors[-1].get("evalue"))
    lines = errors[-1].get("traceback")
    if isinstance(lines, list) and lines and OURS.match(text_of(lines[0])):
        return "\n".join(map(text_of, lines[:MOST_LINES]))[:MOST_SAID]
    # A traceback of IPython's quotes the lines around.
    may_tell = is_shown or kind == "AssertionError" or value.startswith("a hidden test")
    return (f"{kind}: {value}" if value and may_tell else kind)[:MOST_SAID]


def _cells(path: Path) -> dict[str, dict[str, Any]]:
    """Return the cells of a graded notebook by name; none if it cannot be read."""
    try:
        cells = json.loads(read_untrusted(path, SIZE_LIMIT)).get("cells")
    except (UnreadableFile, ValueError, AttributeError):
        return {}
    return {name_of(cell): cell for cell in dicts_in(cells)}
