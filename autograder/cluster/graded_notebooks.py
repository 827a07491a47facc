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


class _Metadata(msgspec.Struct):
    nbgrader: Any = None


class _Cell(msgspec.Struct):
    cell_type: str
    metadata: _Metadata
    source: str | list[str]
    id: str = ""
    outputs: Raw = Raw(b"[]")


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


_READER = msgspec.json.Decoder(_Notebook)


def read_light(text: bytes) -> NotebookNode:
    """Return what carries marks of a notebook: answers, tests and tasks, with outputs of tests.

    Raises
    ------
    ValueError
        If it is none.
    """
    cells = [_light(cell) for cell in _READER.decode(text).cells if _has_role(cell)]
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


def _has_role(cell: _Cell) -> bool:
    role = cell.metadata.nbgrader
    return isinstance(role, dict) and bool(
        role.get("grade") or role.get("solution") or role.get("task")
    )


def _light(cell: _Cell) -> NotebookNode:
    role: Any = NotebookNode(cell.metadata.nbgrader)
    plain = NotebookNode(
        id=cell.id,
        cell_type=cell.cell_type,
        metadata=NotebookNode(nbgrader=role),
        source=cell.source,
    )
    if cell.cell_type == "code":
        is_graded = bool(role.get("grade"))
        plain["outputs"] = from_dict(msgspec.json.decode(cell.outputs)) if is_graded else []
    return plain
