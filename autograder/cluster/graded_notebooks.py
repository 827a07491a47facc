"""A graded notebook that came as a file: read as far as recording its marks needs.

Most of such a file is outputs, which are written as they came. To build them would take the command
more time than all else.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Raw
from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4.rwbase import rejoin_lines


class _Cell(msgspec.Struct):
    cell_type: str
    metadata: dict[str, Any]
    source: str | list[str]
    id: str = ""
    outputs: Raw = Raw(b"[]")


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


def read_light(text: bytes) -> NotebookNode:
    """Return a notebook with the outputs of its grade cells alone.

    Raises
    ------
    ValueError
        If it is none.
    """
    cells = [_light(cell) for cell in msgspec.json.decode(text, type=_Notebook).cells]
    return rejoin_lines(NotebookNode(cells=cells))


def read_whole(text: bytes) -> NotebookNode:
    """Return a notebook as it was before it was written.

    Raises
    ------
    ValueError
        If it is none.
    """
    notebook: Any = from_dict(msgspec.json.decode(text))
    return rejoin_lines(notebook)


def _light(cell: _Cell) -> NotebookNode:
    metadata: Any = from_dict(cell.metadata)
    plain = NotebookNode(
        id=cell.id, cell_type=cell.cell_type, metadata=metadata, source=cell.source
    )
    if cell.cell_type == "code":
        is_graded = bool(metadata.get("nbgrader", {}).get("grade"))
        plain["outputs"] = from_dict(msgspec.json.decode(cell.outputs)) if is_graded else []
    return plain
