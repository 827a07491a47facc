"""What each assignment asks: one module an assignment, found by the assignment's name."""

from __future__ import annotations

import importlib
import pkgutil

from autograder.assignment.exercise import Assignment
from autograder.errors import UserError


def available() -> list[str]:
    """Return the names of all assignments."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def load(name: str) -> Assignment:
    """Return the assignment of that name.

    Raises
    ------
    UserError
        If there is none.
    """
    if name not in available():
        known = ", ".join(available())
        raise UserError(f"There is no assignment {name!r}: this course has {known}.")
    return importlib.import_module(f"{__name__}.{name}").ASSIGNMENT
