"""Build the instructor version: text to executed notebook, the same every time it is built."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode

import workbook
from autograder.authoring import exercises, lone, practice
from autograder.authoring.workbook import compose, failing, insert_given, line_of
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import digest_of_files, link_or_copy, write_beside

# Without these a progress bar and live sliders would land in the stored outputs. notebooks/
# conftest.py sets them for nbval.
STILL = {"WORKBOOK_STATIC": "1", "TQDM_DISABLE": "1"}

# Outputs of cells with this tag vary from run to run, so nothing compares them.
VARYING = "nbval-ignore-output"
# A figure in HTML, whose pixels may differ from computer to computer.
DRAWN = re.compile("data:image/png;base64,[A-Za-z0-9+/=]*")
# With these an instant check begins its report on an answer that is wrong, or missing.
RED = ("✗", "…")
# Where the notebook's metadata say what it was made from.
STAMPED = "autograder"

Progress = Callable[[int, int], None]


def build(course: Course, name: str, progress: Progress, *, force: bool = False) -> bool:
    """Bring the instructor version up to date; return whether there was anything to do.

    Parameters
    ----------
    progress : callable
        Told the number of executed cells and of all cells.
    force : bool
        Execute the notebook even if what it is made from has not changed.

    Raises
    ------
    UserError
        If the text is missing or malformed, or a cell fails.
    """
    practice.place(course, name)
    notebook = composed(course, name)
    place_support(course, name)
    target = course.notebook(name)
    if not force and _stamp_of(target) == stamp(course, name) and not not_as_written(course, name):
        return False
    _execute(course, name, notebook, progress)
    write_beside(target, nbformat.writes(notebook) + "\n")
    return True


def composed(course: Course, name: str) -> NotebookNode:
    """Return the instructor's notebook, not yet executed, with the cell that gets its files."""
    notebook = compose(course.text(name), exercises.load(course, name))
    insert_given(
        notebook, lone.CELL, lone.source(name, support_files(course, name), course.address)
    )
    return notebook


def outdated(course: Course, name: str, progress: Progress) -> list[str]:
    """Build afresh, write nothing, and say how the instructor version on disk differs."""
    if not course.notebook(name).is_file():
        return ["it is missing"]
    committed = nbformat.read(course.notebook(name), as_version=4)
    rebuilt = composed(course, name)
    _execute(course, name, rebuilt, progress)
    return [*practice.outdated(course, name), *differences(committed, rebuilt)]


def _execute(course: Course, name: str, notebook: NotebookNode, progress: Progress) -> None:
    """Run all cells of the instructor's notebook and stamp it with what it was made from."""
    metadata = deepcopy(notebook.metadata)
    done = iter(range(1, len(notebook.cells) + 1))
    failed: list[str] = []
    client = NotebookClient(
        notebook,
        timeout=600,
        store_widget_state=False,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(course.source(name))}},
        on_cell_complete=lambda **_: progress(next(done), len(notebook.cells)),
        on_cell_error=lambda cell, **_: failed.append(cell.id),
    )
    text = course.text(name)
    try:
        client.execute(env=os.environ | STILL)
    except CellExecutionError as error:
        raise failing(text, next(iter(failed), ""), error.ename, error.evalue) from None
    except CellTimeoutError:
        raise UserError(f"{text}: a cell runs for more than 10 minutes.") from None
    except DeadKernelError:
        raise UserError(f"{text}: a cell ends the kernel that it runs in.") from None
    _refuse_red_checks(text, notebook)
    # The client adds the Python version it ran on, which must not look like a difference.
    notebook.metadata = metadata | {STAMPED: {"made_from": stamp(course, name)}}


def _refuse_red_checks(text: Path, notebook: NotebookNode) -> None:
    """Refuse a workbook whose own solution does not pass what students are shown of it."""
    for cell in notebook.cells:
        is_graded = cell.metadata.nbgrader.grade
        for output in cell.get("outputs", []) if is_graded else []:
            shown = output.get("data", {}).get("text/plain", "")
            if shown.startswith(RED):
                raise UserError(
                    f"{text}, line {line_of(text, cell.id)}: your own solution does not pass the "
                    f"check of {cell.id}. Mend the solution, or what is documented:\n{shown}"
                )


def stamp(course: Course, name: str) -> str:
    """Return a digest of what the notebook is made from: its text, exercises and support files."""
    text = course.text(name)
    own = {f"exercises/{path.name}": path for path in course.exercise_files(name)}
    return digest_of_files({text.name: text, **own, **support_files(course, name)}.items())


def not_as_written(course: Course, name: str) -> list[str]:
    """Say how the cells of the instructor's notebook differ from the text and the exercises.

    Nothing is run, so outputs are not looked at. Without a text the notebook is the source itself.
    """
    if not course.text(name).is_file() or not course.notebook(name).is_file():
        return []
    try:
        built = nbformat.read(course.notebook(name), as_version=4)
    except Exception:  # whatever nbformat makes of a file that is no notebook
        return ["it is no notebook"]
    written = composed(course, name)
    for cell in (*built.cells, *written.cells):
        cell.outputs = []
    return differences(built, written)


def support_files(course: Course, name: str) -> dict[str, Path]:
    """Return what students get beside the notebook, by where it lies there."""
    installed = Path(workbook.__file__).parent
    shared = {f"{workbook.__name__}/{path.name}": path for path in sorted(installed.glob("*.py"))}
    return shared | course.student_files(name) | {path.name: path for path in course.environments}


def place_support(course: Course, name: str) -> None:
    """Put the support files into the instructor's folder, from where nbgrader releases them."""
    folder = course.source(name)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = support_files(course, name)
    for stale in folder.rglob("*"):
        if stale.is_symlink() and str(stale.relative_to(folder)) not in wanted:
            stale.unlink()
    for place, path in wanted.items():
        link_or_copy(path, folder / place, course.root)
    (folder / lone.ARCHIVE).unlink(missing_ok=True)
    if course.address:
        (folder / lone.ARCHIVE).write_bytes(lone.archive(wanted))


def differences(committed: NotebookNode, rebuilt: NotebookNode) -> list[str]:
    """Say how two versions of a notebook differ, in all but figures and varying outputs."""
    found = []
    if _lasting_metadata(committed) != _lasting_metadata(rebuilt):
        found.append("the notebook's metadata differ")
    if [cell.id for cell in committed.cells] != [cell.id for cell in rebuilt.cells]:
        return [*found, "the cells are not the same, or not in the same order"]
    for old, new in zip(committed.cells, rebuilt.cells, strict=True):
        for part in ("cell_type", "source", "metadata"):
            if old[part] != new[part]:
                found.append(f"cell {new.id!r}: the {part} differs")
        if _lasting_outputs(old) != _lasting_outputs(new):
            found.append(f"cell {new.id!r}: the text output differs")
    return found


def _lasting_metadata(notebook: NotebookNode) -> dict[str, object]:
    """Return the metadata but the stamp: what is made from other files may be the same."""
    return {key: value for key, value in notebook.metadata.items() if key != STAMPED}


def _lasting_outputs(cell: NotebookNode) -> list[tuple[str, str]]:
    """Return the text outputs of a cell as pairs (kind, text)."""
    if VARYING in cell.metadata.get("tags", []):
        return []
    texts = []
    for output in cell.get("outputs", []):
        texts.append((output.output_type, output.get("text", "")))
        for kind, value in sorted(output.get("data", {}).items()):
            if kind.startswith("text/"):
                texts.append((kind, DRAWN.sub("", value)))
    return texts


def _stamp_of(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception:  # it is no notebook, and is built anew
        return ""
    return notebook.metadata.get(STAMPED, {}).get("made_from", "")
