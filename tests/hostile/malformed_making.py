"""How malformed hand-ins are made.

Each maker gets the folder that a student's notebook belongs into, and the text of a notebook that
earns all points.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import NAME

FILE = f"{NAME}.ipynb"


@dataclass(frozen=True)
class Malformed:
    """One hand-in.

    Attributes
    ----------
    make : callable
        Makes it, given the hand-in's folder, which exists, and the text of a right notebook.
    says : str
        Part of why it scores 0; nothing if it is graded.
    points : float
        What honest work in it earns.
    flag : str
        Part of what the instructor must be told beside the points.
    """

    name: str
    make: Callable[[Path, str], Any]
    says: str = ""
    points: float = 0.0
    flag: str = ""


DEEP = '{"x":' * 50_000 + "1" + "}" * 50_000


def contents(data: bytes | str) -> Callable[[Path, str], Any]:
    """Hand in a file that holds something else."""
    raw = data.encode() if isinstance(data, str) else data
    return lambda folder, _right: (folder / FILE).write_bytes(raw)


def changed(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path, str], Any]:
    """Hand in the right notebook with a change to it."""

    def make(folder: Path, right: str) -> None:
        notebook = json.loads(right)
        change(notebook)
        (folder / FILE).write_text(json.dumps(notebook), encoding="utf-8")

    return make


def replaced(old: str, new: str) -> Callable[[Path, str], Any]:
    """Hand in the right notebook with a change that no JSON writer makes."""

    def make(folder: Path, right: str) -> None:
        assert old in right
        (folder / FILE).write_text(right.replace(old, new, 1), encoding="utf-8")

    return make


def every_cell(**values: Any) -> Callable[[dict[str, Any]], Any]:
    def change(notebook: dict[str, Any]) -> None:
        for cell in notebook["cells"]:
            cell.update(values)

    return change


def without_source(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        del cell["source"]


def added(*cells: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda notebook: notebook["cells"].extend(cells)


def code(source: Any, **more: Any) -> dict[str, Any]:
    parts = {"execution_count": None, "metadata": {}, "outputs": [], "source": source}
    return {"cell_type": "code", "id": "mine", **parts, **more}


def markdown(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": source, **more}


def zipped(_folder: Path, right: str) -> None:
    with zipfile.ZipFile(_folder / FILE, "w") as archive:
        archive.writestr(FILE, right)


def gzipped(folder: Path, right: str) -> None:
    (folder / FILE).write_bytes(gzip.compress(right.encode()))


def sparse(folder: Path, _right: str) -> None:
    with (folder / FILE).open("wb") as file:
        file.truncate(300_000_000)


def cut(share: float) -> Callable[[Path, str], Any]:
    return lambda folder, right: (folder / FILE).write_text(right[: int(len(right) * share)])


def pickled(folder: Path, right: str) -> None:
    buffer = io.BytesIO()
    pickle.dump(right, buffer)
    (folder / FILE).write_bytes(buffer.getvalue())


def of_format_3(folder: Path, right: str) -> None:
    notebook = json.loads(right)
    cells = [{**cell, "input": cell["source"]} for cell in notebook["cells"]]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    (folder / FILE).write_text(json.dumps(old))


def elsewhere(folder: Path, right: str) -> Path:
    """Put the right notebook where no student's folder is, and return its folder."""
    place = folder.parents[2] / "elsewhere" / folder.parent.name / NAME
    place.mkdir(parents=True)
    (place / FILE).write_text(right)
    return place


def linked(folder: Path, right: str) -> None:
    (folder / FILE).symlink_to(elsewhere(folder, right) / FILE)


def linked_folder(folder: Path, right: str) -> None:
    folder.rmdir()
    folder.symlink_to(elsewhere(folder, right))


def linked_student(folder: Path, right: str) -> None:
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.symlink_to(elsewhere(folder, right).parent)


def linked_to(aim: str) -> Callable[[Path, str], Any]:
    return lambda folder, _right: (folder / FILE).symlink_to(aim)


def instead_of_the_folder(make: Callable[[Path], Any]) -> Callable[[Path, str], Any]:
    def put(folder: Path, _right: str) -> None:
        folder.rmdir()
        make(folder)

    return put


def unix_socket(folder: Path, _right: str) -> None:
    listener = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(folder)  # the path of a socket is short
    try:
        listener.bind(FILE)
    finally:
        os.chdir(before)
        listener.close()


def device(folder: Path, _right: str) -> None:
    os.mknod(folder / FILE, 0o20666, os.makedev(1, 5))  # reads zeros for ever


def with_timestamp(make: Callable[[Path], Any]) -> Callable[[Path, str], Any]:
    def hand_in(folder: Path, right: str) -> None:
        (folder / FILE).write_text(right)
        make(folder / "timestamp.txt")

    return hand_in


def dated(text: str) -> Callable[[Path, str], Any]:
    return with_timestamp(lambda path: path.write_text(text))


def other_name(name: str) -> Callable[[Path, str], Any]:
    return lambda folder, right: (folder / name).write_text(right)
