"""A small class for the demo and the tests: every hand-in is made from the released notebook.

``samples/ASSIGNMENT/STUDENT.py`` holds what a student wrote. Its functions go into the answer
cells of their names; whatever else it holds becomes a cell that the student added. A
``from OTHER import *`` takes over what another student wrote. ``CELLS`` holds answer cells that are
no Python.
"""

from __future__ import annotations

import ast
import copy
import sys
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.authoring.release import release
from autograder.course import Course
from tests import ROOT
from tests.support.assignments import load

SAMPLES = ROOT / "tests" / "samples"
BROKEN_STUDENT = "jan"


def write_class(course: Course, name: str) -> list[str]:
    """Hand in for every sample student, and a file that is no notebook; return the students."""
    released = nbformat.read(course.release(name) / f"{name}.ipynb", as_version=4)
    students = sorted(path.stem for path in (SAMPLES / name).glob("*.py"))
    for student in students:
        notebook = fill_in(released, name, *written_by(student, name))
        hand_in(course, student, name, nbformat.writes(notebook))
    hand_in(course, BROKEN_STUDENT, name, nbformat.writes(released)[:5000])
    return [*students, BROKEN_STUDENT]


def hand_in(course: Course, student: str, name: str, text: str) -> None:
    """Write a student's notebook, unless it is there already: that keeps it graded."""
    path = course.submitted() / student / name / f"{name}.ipynb"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def written_by(student: str, name: str) -> tuple[dict[str, str], str]:
    """Return a sample student's answers by exercise, and the source of everything else."""
    text = (SAMPLES / name / f"{student}.py").read_text(encoding="utf-8")
    wanted = {exercise.id for exercise in load(name).exercises}
    answers: dict[str, str] = {}
    others: list[str] = []
    for node in ast.parse(text).body:
        source = ast.get_source_segment(text, node) or ""
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            answers, other = written_by(str(node.module), name)
            others.append(other)
        elif isinstance(node, ast.FunctionDef) and node.name in wanted:
            answers[node.name] = source
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CELLS":
            answers |= ast.literal_eval(node.value)
        elif not isinstance(node, ast.Expr):  # the docstring is about the student
            others.append(source)
    return answers, "\n\n\n".join(filter(None, others))


def fill_in(
    released: NotebookNode, name: str, answers: dict[str, str], other: str = ""
) -> NotebookNode:
    """Return the released notebook with the answers written in and a cell added for the rest."""
    notebook = copy.deepcopy(released)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}
    for exercise_id, source in answers.items():
        cells[load(name).exercise(exercise_id).answer_cell].source = source
    if other:
        added = nbformat.v4.new_code_cell(other, id="added-by-the-student")
        notebook.cells.insert(1 + notebook.cells.index(cells["imports"]), added)
    return notebook


def main() -> None:
    """Make a course of its own in the given folder, release the assignment and hand in."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(exist_ok=True)
    course = Course.find().copy_to(folder)
    release(course, name)
    students = write_class(course, name)
    print(f"{len(students)} students have handed in: see {course.submitted()}")


if __name__ == "__main__":
    main()
