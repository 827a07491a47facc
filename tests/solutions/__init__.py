"""Right solutions in many styles: none of them may lose a point.

``solutions/ASSIGNMENT/EXERCISE.py``, and any file whose name begins so, holds functions as different
students write them; they may import what students of the assignment can. Those whose name begins with an underscore only help the others.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.authoring.exercises import student_modules
from tests.support.assignments import COURSE, load

FOLDER = Path(__file__).parent


def solutions_of(assignment: str, exercise_id: str) -> dict[str, Callable[..., Any]]:
    """Return the right solutions of an exercise by the names of their styles."""
    found: dict[str, Callable[..., Any]] = {}
    for path in _files(assignment, exercise_id):
        namespace: dict[str, Any] = {"__name__": path.stem}
        with student_modules(COURSE, assignment):
            exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), namespace)
        found |= {name: namespace[name] for name in _names(path)}
    return found


def sources_of(assignment: str, exercise_id: str) -> dict[str, str]:
    """Return the text of each right solution, with the helpers and imports of its file."""
    found: dict[str, str] = {}
    for path in _files(assignment, exercise_id):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _names(path)
        shared = [node for node in tree.body[1:] if getattr(node, "name", "") not in names]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name in names:
                found[node.name] = ast.unparse(ast.Module([*shared, node], []))
    return found


def _files(assignment: str, exercise_id: str) -> Iterator[Path]:
    """Yield the files of an exercise, whose id may be how another's begins."""
    ids = sorted((one.id for one in load(assignment).exercises), key=len)
    for path in sorted((FOLDER / assignment).glob(f"{exercise_id}*.py")):
        if [id for id in ids if path.stem.startswith(id)][-1] == exercise_id:
            yield path


def _names(path: Path) -> list[str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    functions = [node.name for node in body if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if not name.startswith("_")]
