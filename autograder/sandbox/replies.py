"""What a child's replies say, once the type of each field is known to be right.

A student's code may have replaced whatever wrote them. So nothing is done with a field before its
type is checked, and a reply of which anything is odd is no reply: the child is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from autograder.assignment.exercise import Answer
from autograder.sandbox import wire
from autograder.sandbox.forms import IMAGES, TEXTS
from autograder.sandbox.inside.noticing import REASONS
from autograder.sandbox.remembering import Remembered
from autograder.sandbox.wire.messages import CALL_STATUSES, CELL_STATUSES, CallReply, CellReply

REASON_LENGTH = 500
LARGEST_COUNT = 1_000_000
DIGEST_BYTES = 16
# Most of a class answer alike. All that is remembered of answers takes some 50 MB, whatever a
# class sends; a larger one than this is read anew for each student.
REMEMBERED_BYTES, LARGEST_REMEMBERED = 50 << 20, 1 << 20

# Not what is wrong with it: a student is told this, and its sizes are the child's to choose.
NO_ANSWER = "sent something that is no answer"

Reply = TypeVar("Reply", CellReply, CallReply)


class NoReply(Exception):
    """What a child sent is no reply; the message says what it is instead."""


@dataclass(frozen=True)
class CellRun:
    """What came of one cell: how it ended, its outputs in nbformat's form, its number.

    Attributes
    ----------
    is_cut : bool
        Whether there was no room for its outputs.
    line : int
        The one that an exception went through; 0 where it is not known.
    budget : float
        The seconds that the cell was given.
    """

    status: str
    outputs: list[dict[str, Any]]
    count: int
    is_cut: bool = False
    line: int = 0
    budget: float = 0.0


class Said(NamedTuple):
    """What a reply says: the number of what it replies to, what came of that, what was noticed."""

    number: int
    came: Any
    noticed: tuple[str, ...]


def read_cell_reply(frame: wire.Frame, bounds: wire.Bounds = wire.CELL) -> Said:
    """Return what came of a cell, as a `CellRun`; raise `NoReply` if this is no such reply."""
    reply = _parsed(CellReply, frame, bounds)
    _require(type(reply.outputs) is list and all(map(_is_output, reply.outputs)))
    _require(type(reply.count) is int and type(reply.line) is int)
    _require(_is_one_of(reply.status, CELL_STATUSES))
    count, line = (n if 0 <= n < LARGEST_COUNT else 0 for n in (reply.count, reply.line))
    run = CellRun(reply.status, reply.outputs, count, line=line)
    return Said(reply.number, run, _noticed(reply.noticed))


def read_call_reply(frame: wire.Frame) -> Said:
    """Return what came of a call, as an `Answer`; raise `NoReply` if this is no such reply.

    The same bytes are the same object as long as they are remembered: what is known of an answer
    is known of all that are alike.
    """
    weight = weight_of(frame)
    if weight > LARGEST_REMEMBERED:
        return _call_reply(frame)
    return _ANSWERS.get(frame, lambda: _call_reply(frame), weight)


def weight_of(frame: wire.Frame) -> int:
    """Return how much memory a frame and what is read from it take, at most about so many bytes.

    A value takes a byte or two of a header and a hundred when it is read.
    """
    return 2 * len(frame.buffers) + 64 * len(frame.header)


def _call_reply(frame: wire.Frame) -> Said:
    reply = _parsed(CallReply, frame, wire.ANSWER)
    _require(_is_one_of(reply.status, CALL_STATUSES) and type(reply.reason) is str)
    # One that raised tells the cell and the line where it did.
    _require(reply.value is None or reply.status == "returned" or _is_raised(reply))
    digest = hashlib.blake2b(frame.header, digest_size=DIGEST_BYTES)
    digest.update(frame.buffers)
    answer = Answer(
        reply.status, reply.value, reply.reason[:REASON_LENGTH], digest.digest(), weight_of(frame)
    )
    return Said(reply.number, answer, _noticed(reply.noticed))


_ANSWERS: Remembered[Said] = Remembered(REMEMBERED_BYTES)


def _parsed(kind: type[Reply], frame: wire.Frame, bounds: wire.Bounds) -> Reply:
    try:
        # Nobody may change what many students' answers share.
        got: Any = wire.unpack(*frame, bounds, writeable=False)
    except wire.WireError:
        raise NoReply(NO_ANSWER) from None
    _require(type(got) is tuple and len(got) == len(kind._fields))
    reply = kind._make(got)
    _require(type(reply.number) is int)
    return reply


def _is_raised(reply: CallReply) -> bool:
    """Tell whether it says of an error no more than the cell and the line where it was raised."""
    value = reply.value
    is_place = type(value) is tuple and [*map(type, value)] == [int, int]
    return reply.status == "raised" and is_place


def _require(holds: bool) -> None:
    if not holds:
        raise NoReply(NO_ANSWER)


def _noticed(noticed: list[str]) -> tuple[str, ...]:
    """Return what a child noticed, of that only our own sentences: it may say anything at all."""
    _require(type(noticed) is list and len(noticed) <= len(REASONS))
    _require(all(type(said) is str for said in noticed))
    return tuple(said for said in noticed if said in REASONS)


def _is_one_of(status: Any, allowed: frozenset[str]) -> bool:
    return type(status) is str and status in allowed


def _is_output(output: Any) -> bool:
    """Tell whether an output is one that our shell makes."""
    if type(output) is not dict or not _is_one_of(output.get("output_type"), _KINDS):
        return False
    return _are(output, _FIELDS[output["output_type"]])


def _are(output: Mapping[Any, Any], fields: Mapping[str, Any]) -> bool:
    return output.keys() == {"output_type", *fields} and all(
        is_right(output[name]) for name, is_right in fields.items()
    )


def _is_text(value: Any) -> bool:
    return type(value) is str


def _are_texts(value: Any) -> bool:
    return type(value) is list and all(map(_is_text, value))


def _is_data(value: Any) -> bool:
    return type(value) is dict and value.keys() <= _FORMS and all(map(_is_text, value.values()))


_FORMS = frozenset((*TEXTS, *IMAGES))
_SHOWN = {"data": _is_data, "metadata": lambda value: value == {}}
_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "stream": {"name": _is_text, "text": _is_text},
    "error": {"ename": _is_text, "evalue": _is_text, "traceback": _are_texts},
    "display_data": _SHOWN,
    "execute_result": _SHOWN,
}
_KINDS = frozenset(_FIELDS)
