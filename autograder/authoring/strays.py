"""Notebooks that lie in an assignment's folder and are no part of it."""

from __future__ import annotations

import re

import nbformat

from autograder.course import Course
from autograder.errors import UserError
from autograder.handin.notebook import name_of

# What Jupyter calls a notebook until somebody gives it a name, and what programs call a copy.
UNTITLED = re.compile(r"(?i)untitled[\d ]*")
COPY = re.compile(r"(?i)(.+?)(?:-copy\d*|[ _-]copy(?: \d+)?| \(\d+\)|-checkpoint)")


def refuse_strays(course: Course, name: str) -> None:
    """Refuse an assignment with a notebook that was left in its folder by mistake.

    Raises
    ------
    UserError
        If there is an unnamed one, or a copy of another: students would get it, and its points
        would count twice.
    """
    for notebook in course.notebooks(name):
        if reason := _why_astray(course, name, notebook):
            path = course.source(name) / f"{notebook}.ipynb"
            raise UserError(
                f"{path} {reason}: move it out of the folder, or give it cells and a name of its "
                "own if it is a part of the assignment."
            )


def _why_astray(course: Course, name: str, notebook: str) -> str:
    if UNTITLED.fullmatch(notebook):
        return "has no name of its own"
    others = [other for other in course.notebooks(name) if other != notebook]
    copied = COPY.fullmatch(notebook)
    if copied and copied[1] in others:
        return f"is called like a copy of {copied[1]}.ipynb"
    # The one that has exercises, or bears the assignment's name, is not the copy.
    if notebook == name or course.exercise_files(notebook):
        return ""
    own = _tests(course, name, notebook)
    for other in others:
        if own & _tests(course, name, other):
            return f"holds the same tests as {other}.ipynb"
    return ""


def _tests(course: Course, name: str, notebook: str) -> set[tuple[str, str]]:
    """Return the grade cells of a notebook, with what they hold."""
    path = course.source(name) / f"{notebook}.ipynb"
    return {
        (name_of(cell), cell.source)
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
    }
