"""A graded notebook that came from a worker: read as far as recording its marks needs.

Most of such a notebook is outputs, which are written as they came. To build them would take the
command more time than all else.
"""

from __future__ import annotations

from typing import Any

import msgspec
from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4.rwbase import rejoin_lines


class _Metadata(msgspec.Struct):
    nbgrader: dict[str, Any]


class _Cell(msgspec.Struct):
    id: str
    cell_type: str
    metadata: _Metadata
    source: str
    outputs: list[dict[str, Any]] = []


_READER = msgspec.json.Decoder(list[_Cell])


def marked_cells(notebook: NotebookNode) -> bytes:
    """Return what carries marks of a notebook: answers, tests and tasks, with outputs of tests."""
    cells = [_light(cell) for cell in notebook.cells if _has_role(cell)]
    return msgspec.json.encode(cells)


def read_marked(cells: bytes) -> NotebookNode:
    """Return a notebook of cells that carry marks.

    Raises
    ------
    ValueError
        If they are none.
    """
    return NotebookNode(cells=[from_dict(_plain(cell)) for cell in _READER.decode(cells)])


def read_whole(text: bytes) -> NotebookNode:
    """Return a notebook as it was before it was written.

    Raises
    ------
    ValueError
        If it is none.
    """
    notebook: Any = from_dict(msgspec.json.decode(text))
    return rejoin_lines(notebook)


def _has_role(cell: NotebookNode) -> bool:
    role = cell.metadata.get("nbgrader")
    return isinstance(role, dict) and bool(
        role.get("grade") or role.get("solution") or role.get("task")
    )


def _plain(cell: _Cell) -> dict[str, Any]:
    plain = {
        "id": cell.id,
        "cell_type": cell.cell_type,
        "metadata": {"nbgrader": cell.metadata.nbgrader},
        "source": cell.source,
    }
    return plain | ({"outputs": cell.outputs} if cell.cell_type == "code" else {})


def _light(cell: NotebookNode) -> dict[str, Any]:
    plain = {
        "id": cell.get("id", ""),
        "cell_type": cell.cell_type,
        "metadata": {"nbgrader": cell.metadata.nbgrader},
        "source": cell.source,
    }
    if cell.cell_type == "code":
        plain["outputs"] = cell.outputs if cell.metadata.nbgrader.get("grade") else []
    return plain
