"""From the text of a workbook to its notebook: cells, ids and nbgrader's metadata.

The text names each cell and nothing more. What nbgrader must know follows from the names:

- ``EXERCISE-answer`` holds the student's work,
- ``EXERCISE`` is the grade cell: it carries the points and gets the hidden region,
- ``EXERCISE-documented`` shows the documented example; grading need not run it,
- a cell with the tag ``yours`` is the student's to write, for no points,
- one with the tag ``experiment`` is given, and the student's to change,
- every other cell is given, and locked.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import EXPERIMENT, UNGRADED, Assignment
from autograder.authoring.headings import heading
from autograder.errors import UserError

# The tag of cells that students write and nobody grades.
YOURS = "yours"

CELL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

# Begins the hidden tests of every exercise.
HIDDEN_CALL = "from autograder.hidden import grade"
HIDDEN_REGION = f"""
### BEGIN HIDDEN TESTS
{HIDDEN_CALL}

grade("{{assignment}}", "{{exercise}}")
### END HIDDEN TESTS"""

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}


def compose(path: Path, assignment: Assignment) -> NotebookNode:
    """Return the instructor's notebook, not yet executed, that the text at `path` describes.

    Raises
    ------
    UserError
        If the text is missing, or what it holds cannot be right: a cell without a name of its own,
        an exercise without its cells, an answer without a solution that is taken out.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing: it is the text that the notebook is made from.")
    notebook = _read(path)
    notebook.metadata = NotebookNode(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _name_cells(path, notebook.cells)
    _refuse_slips(path, notebook.cells, assignment)
    for cell in notebook.cells:
        _derive(cell, assignment)
    return notebook


def insert_given(notebook: NotebookNode, name: str, code: str) -> None:
    """Put a given cell, which grading skips, before all other code."""
    cell = nbformat.v4.new_code_cell(code, id=name, metadata={"tags": [UNGRADED]})
    role = {"grade": False, "grade_id": name, "locked": True, "schema_version": 3}
    cell.metadata["nbgrader"] = NotebookNode(role | {"solution": False, "task": False})
    kinds = [cell.cell_type for cell in notebook.cells]
    notebook.cells.insert(kinds.index("code"), cell)


def line_of(path: Path, cell: str) -> int:
    """Return the line of the text in which the cell of that name begins; 0 if there is none."""
    begins = re.compile(rf"# %% {re.escape(cell)}(\s|$)")
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if begins.match(line)), 0)


def _read(path: Path) -> NotebookNode:
    import jupytext  # not wanted where a workbook is only graded

    try:
        return jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no text in UTF-8 ({error}): save it as UTF-8.") from None
    except Exception as error:  # whatever a header that is no YAML makes of it
        raise UserError(f"{path} cannot be read: {error}") from None


def _name_cells(path: Path, cells: list[NotebookNode]) -> None:
    names: set[str] = set()
    for index, cell in enumerate(cells):
        name = cell.metadata.pop("title", "").strip()
        if not CELL_NAME.fullmatch(name):
            start = cell.source.partition("\n")[0]
            raise UserError(
                f"{path}: cell {index} ({start!r}) needs a name, not {name!r}: "
                "begin it with `# %% NAME`."
            )
        if name in names:
            raise UserError(f"{path}: two cells are named {name!r}; rename one.")
        names.add(name)
        cell.id = name


def _refuse_slips(path: Path, cells: list[NotebookNode], assignment: Assignment) -> None:
    """Refuse a text whose exercises could not be answered, shown or graded."""
    places = {cell.id: index for index, cell in enumerate(cells)}
    answers = {exercise.answer_cell for exercise in assignment.exercises}
    for exercise in assignment.exercises:
        for name in (exercise.id, exercise.answer_cell):
            if name not in places:
                raise UserError(f"{path}: exercise {exercise.id} needs a cell named {name!r}.")
            if cells[places[name]].cell_type != "code":
                raise _at(path, name, "is text: make it a code cell")
        if places[exercise.id] < places[exercise.answer_cell]:
            raise _at(path, exercise.id, f"stands before {exercise.answer_cell!r}: put it after")
        _refuse_answer(path, cells[places[exercise.answer_cell]], exercise.id)
    for name in places:
        if name.endswith("-answer") and name not in answers:
            known = ", ".join(sorted(answers))
            raise _at(path, name, f"answers no exercise: rename it, or one of {known}")
        cell = cells[places[name]]
        is_open = name in answers or YOURS in cell.metadata.get("tags", [])
        if BEGIN in cell.source and not is_open:
            raise _at(path, name, "holds a solution and is no answer cell: students would keep it")


def _refuse_answer(path: Path, cell: NotebookNode, exercise_id: str) -> None:
    lines = [line.strip() for line in cell.source.splitlines()]
    marks = [line for line in lines if line in (BEGIN, END)]
    if not marks or marks != [BEGIN, END] * (len(marks) // 2):
        raise _at(path, cell.id, f"must hold its solution between {BEGIN} and {END}")
    if not re.search(rf"^def {re.escape(exercise_id)}\(", cell.source, re.MULTILINE):
        raise _at(path, cell.id, f"must define the function {exercise_id}")
    secret = cell.source[cell.source.index(BEGIN) : cell.source.rindex(END)]
    if f"def {exercise_id}(" in secret:
        raise _at(path, cell.id, f"begins its solution above `def {exercise_id}`: put it below")


def failing(path: Path, cell: str, kind: str, said: str) -> UserError:
    """Return the error that tells of an exception in a cell of the text, if it is known which."""
    where = f"{path}, line {line_of(path, cell)}: cell {cell!r}" if cell else path
    return UserError(f"{where} fails when it runs: {kind}: {said}")


def _at(path: Path, cell: str, problem: str) -> UserError:
    return UserError(f"{path}, line {line_of(path, cell)}: cell {cell!r} {problem}.")


def _derive(cell: NotebookNode, assignment: Assignment) -> None:
    """Add to a named cell all that follows from its name."""
    exercises = {exercise.id: exercise for exercise in assignment.exercises}
    answers = {exercise.answer_cell for exercise in assignment.exercises}
    tags = cell.metadata.get("tags", [])
    is_answer = cell.id in answers or YOURS in tags
    is_open = is_answer or EXPERIMENT in tags  # nbgrader would empty an answer without marks
    if is_open and cell.cell_type == "code":
        cell.source = f"{heading(cell.id, assignment, is_answer)}\n{cell.source}"
    metadata: dict[str, Any] = {"grade": cell.id in exercises, "grade_id": cell.id}
    metadata |= {"locked": not is_open, "schema_version": 3, "solution": is_answer, "task": False}
    if cell.id in exercises:
        metadata["points"] = exercises[cell.id].points
        cell.source += HIDDEN_REGION.format(assignment=assignment.name, exercise=cell.id)
    if cell.id.endswith("-documented"):
        # The check repeats what it shows, and the hidden cases what it proves.
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), UNGRADED]
    headed = exercises.get(cell.id.removesuffix("-heading"))
    if headed and cell.cell_type == "markdown":
        cell.source = cell.source.replace("{points}", str(headed.points))
    cell.metadata["nbgrader"] = NotebookNode(metadata)
