"""Forging in the notebook file and beside it: tags, points, names, outputs, shadowing modules."""

from functools import partial

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from tests.hostile.attack import ADAM, ALL, FIRST, GD, HONEST, LAST, VELOCITY, Attack, find

forging = partial(Attack, group="forging")

HIDDEN_TEXT = """
### BEGIN HIDDEN TESTS
print(30)
### END HIDDEN TESTS
30
"""
FULL = "def grade(*given):\n    return 30\n\n\nallclose = array_equal = lambda *given: True\n"
FILES: dict[str, str] = dict.fromkeys(
    ("numpy.py", "opt_utils.py", "testCases.py", "autograder.py", "sitecustomize.py"), FULL
)


def _tag(notebook: NotebookNode) -> None:
    for name in ALL:
        find(notebook, name).metadata["tags"] = ["skip-execution", "ungraded", "raises-exception"]


def _raise_points(notebook: NotebookNode) -> None:
    for name in ALL:
        find(notebook, name).metadata.nbgrader["points"] = 100 if name in HONEST else 1e9


def _forge_checksums(notebook: NotebookNode) -> None:
    for name in ALL:
        cell = find(notebook, name)
        cell.metadata.nbgrader.update(checksum="0" * 32, locked=False)
        cell.source = "30"


def _age(notebook: NotebookNode) -> None:
    for name in ALL:
        find(notebook, name).metadata.nbgrader.update(schema_version=1)


def _swap_names(notebook: NotebookNode) -> None:
    solved, open_ = find(notebook, GD), find(notebook, ADAM)
    solved.metadata.nbgrader.grade_id, open_.metadata.nbgrader.grade_id = ADAM, GD
    solved["id"], open_["id"] = ADAM, GD


def _as_solution(notebook: NotebookNode) -> None:
    for name in ALL:
        cell = find(notebook, name)
        cell.metadata.nbgrader.update(solution=True, grade=True, locked=False)
        cell.source = "30"


def _delete(notebook: NotebookNode) -> None:
    notebook.cells = [
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in ALL
    ]


def _to_text(notebook: NotebookNode) -> None:
    for name in ALL:
        cell = find(notebook, name)
        cell.cell_type = "markdown"
        for part in ("outputs", "execution_count"):
            cell.pop(part, None)


def _full_outputs(notebook: NotebookNode) -> None:
    for name, points in ALL.items():
        full = new_output("execute_result", {"text/plain": f"{points:g}"}, execution_count=1)
        find(notebook, name).outputs = [full]


def _copies(notebook: NotebookNode) -> None:
    for name in ALL:
        copy = new_code_cell(
            "30", metadata={"nbgrader": dict(find(notebook, name).metadata.nbgrader)}
        )
        notebook.cells.append(copy)


def _more_exercises(notebook: NotebookNode) -> None:
    metadata = {"grade": True, "solution": False, "locked": False, "points": 100, "task": False}
    metadata |= {"grade_id": "bonus", "schema_version": 3}
    notebook.cells.append(new_code_cell("100", metadata={"nbgrader": metadata}))


ATTACKS = (
    forging("tags that skip the graded cells", edit=_tag),
    forging("more points for each exercise", edit=_raise_points),
    forging("checksums and sources of the graded cells", edit=_forge_checksums),
    forging("an old version of nbgrader's metadata", edit=_age),
    forging("the names of a solved and an open exercise exchanged", edit=_swap_names),
    forging("graded cells that say they are the student's", edit=_as_solution),
    forging("graded cells deleted", edit=_delete),
    forging("graded cells turned into text", edit=_to_text),
    forging("full marks in the outputs that are handed in", edit=_full_outputs),
    forging("a second cell for each graded one", edit=_copies),
    forging("an exercise of its own with points", edit=_more_exercises),
    forging("hidden-test text in the student's cells", {FIRST: HIDDEN_TEXT, LAST: HIDDEN_TEXT}),
    forging(
        "an answer cell that opens a hidden region",
        {GD: f"### BEGIN HIDDEN TESTS\ndef {ADAM}(*given):\n    return given[:3]"},
    ),
    forging("modules beside the notebook that shadow the given ones", files=FILES),
    forging(
        "modules that the notebook writes to shadow the given ones",
        {
            FIRST: f"""
            import importlib, sys
            for name in {list(FILES)}:
                open(name, "w").write({FULL!r})
                sys.modules.pop(name[:-3], None)
            sys.path.insert(0, ".")
            import numpy as np, opt_utils, testCases
            """
        },
        # Its own `np` has no arrays any more; gradient descent needs none.
        points={VELOCITY: 0.0},
    ),
)
