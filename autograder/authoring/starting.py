"""Begin a course of one's own, and an assignment in it that works as it is."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from keyword import iskeyword
from pathlib import Path

from autograder.course import CONFIG_NAME, Course
from autograder.errors import UserError
from autograder.files import telling_of, write_beside

TEMPLATES = files("autograder.authoring") / "templates"
# Stands in a template for the name, and at the end of each template's own.
PLACEHOLDER, SUFFIX = "__NAME__", ".txt"
NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
# What would shadow a module that every notebook imports, or a folder of the course.
TAKEN = frozenset({"common", "numpy", "matplotlib", "autograder", "workbook", "test", "tests"})


def start_course(folder: Path) -> list[Path]:
    """Make a folder an nbgrader course that we grade; return the files that were written.

    Raises
    ------
    UserError
        If it is one already, or cannot be written.
    """
    if (folder / CONFIG_NAME).exists():
        raise UserError(f"{folder} is a course already: it holds {CONFIG_NAME}.")
    template = TEMPLATES / "course"
    places = {
        "nbgrader_config.py": folder / CONFIG_NAME,
        "environment.yml": folder / "environment.yml",
        "gitignore": folder / ".gitignore",
        "README.md": folder / "README.md",
    }
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name) or "course"
    return _write({place: template / f"{file}{SUFFIX}" for file, place in places.items()}, name)


def start_assignment(course: Course, name: str) -> list[Path]:
    """Write a small assignment that builds, releases and grades; return its files.

    Raises
    ------
    UserError
        If the name is none that a module can have, or if there is anything of that name.
    """
    if not NAME.fullmatch(name) or name in TAKEN or iskeyword(name):
        raise UserError(
            f"An assignment cannot be called {name!r}: use small letters, digits and _, "
            "beginning with a letter, and no name that Python or the course needs."
        )
    template, own = TEMPLATES / "assignment", course.student_modules(name)
    return _write(
        {
            course.text(name): template / f"workbook.py{SUFFIX}",
            course.exercises / f"{name}.py": template / f"exercises.py{SUFFIX}",
            own / "testCases.py": template / f"testCases.py{SUFFIX}",
            own / "workbook" / "examples.py": template / "workbook" / f"examples.py{SUFFIX}",
            own / "workbook" / "documented.json": template
            / "workbook"
            / f"documented.json{SUFFIX}",
        },
        name,
        busy=(course.exercises / name, course.source(name), course.release(name)),
    )


def _write(
    templates: dict[Path, Traversable], name: str, busy: tuple[Path, ...] = ()
) -> list[Path]:
    """Write each template with the name in it; refuse before anything is written."""
    for place in (*templates, *busy):
        if place.exists():
            raise UserError(f"{place} is there already: nothing was written.")
    for place, template in templates.items():
        with telling_of(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_beside(place, template.read_text(encoding="utf-8").replace(PLACEHOLDER, name))
    return list(templates)
