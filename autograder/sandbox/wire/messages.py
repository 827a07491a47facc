"""What the grading process and a child say to each other, each in the order of its fields.

They travel as tuples: names would make up half of a small message.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# How a cell and a call can have ended.
CELL_STATUSES = frozenset({"ok", "error", "timeout"})
CALL_STATUSES = frozenset({"returned", "missing", "todo", "late", "raised", "unsendable"})


class Asked(NamedTuple):
    """A call to make. With `shows_arguments` what it did to its arguments, and to memory, is told.

    With `program`, the text of a module, what its ``play(function, *arguments)`` returns.
    """

    number: int
    function: str
    budget: float
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    shows_arguments: bool = False
    program: str = ""


class CellReply(NamedTuple):
    """What came of the cell of that number: its outputs, and its number in Jupyter's count.

    The line is the one of its own that an exception went through; 0 where there is none.
    """

    number: int
    status: str
    outputs: list[dict[str, Any]]
    count: int
    line: int
    noticed: list[str]


class CallReply(NamedTuple):
    """What came of the call of that number."""

    number: int
    status: str
    reason: str
    value: Any
    noticed: list[str]
