"""What goes between the command and a worker: bytes of our own, which are plain data.

Students' work is in them as text and bytes. They are read by types that are written here: nothing
in them is unpickled, and nothing chooses what it becomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from autograder.assignment.verdict import Verdict
from autograder.grading.settings import Settings
from autograder.handin.notebook import SubmittedCell

# Of what these bytes mean; a worker of another version says so, instead of guessing.
FORMAT = 2


@dataclass(frozen=True)
class Order:
    """What a run asks of all workers alike.

    Attributes
    ----------
    course : str
        Where the command has it, for workers that see the same disk.
    basis : mapping
        Digests of what the marks depend on, which a worker must have too.
    """

    course: str
    assignment: str
    settings: Settings
    basis: Mapping[str, str]
    format: int = FORMAT


@dataclass(frozen=True)
class Part:
    """A notebook that was handed in, and the files beside it."""

    notebook: str
    cells: list[SubmittedCell]
    files: dict[str, bytes]


@dataclass(frozen=True)
class Asked:
    """What is to be graded of one student's hand-in, each a `Part`."""

    student: str
    parts: list[bytes]


@dataclass(frozen=True)
class Chunk:
    """Some hand-ins, each an `Asked`, and the order: as the bytes that they were sent as before."""

    order: bytes
    hand_ins: list[bytes]


@dataclass(frozen=True)
class Found:
    """What came of one notebook: a verdict and the graded notebook's file, or a fault of ours.

    Attributes
    ----------
    marked : bytes
        Those of its cells that carry marks: to take them out of the file takes more time.
    """

    verdict: Verdict | None
    notebook: bytes = b""
    marked: bytes = b"[]"
    fault: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Reply:
    """What came of a chunk, or why this worker cannot take part."""

    error: str = ""
    level: str = ""
    hand_ins: list[list[Found]] = field(default_factory=list)


def encode(data: Any) -> bytes:
    """Return plain data as bytes."""
    return msgspec.msgpack.encode(data)


def decode(data: bytes, kind: Any) -> Any:
    """Return the data that the bytes hold.

    Raises
    ------
    msgspec.MsgspecError
        If they hold anything but data of that type.
    """
    return msgspec.msgpack.decode(data, type=kind)
