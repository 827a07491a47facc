"""What a student may be told of an answer: nothing that the answer could have written itself.

A function must be given hidden inputs to be tried on them, so whatever text it makes could carry
them out: the message of an error, the name of its type, the keys of a dict, sizes. What is told is
in our own words, and the line of code is the notebook's own. What is asked before anything hidden
is there, the documented call, has nothing to carry: of that all is told.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Question
from workbook.plain import Opaque

LINE_LENGTH = 120
# Of what an error says, or a sentence with names that the answer has chosen.
SAID_LENGTH = 400
# Of what most of a class have in common.
REMEMBERED = 256

ERRORS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
) | {"AxisError", "LinAlgError"}
# Those that anyone may have returned by mistake.
TYPES = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type)) | {
    "function",
    "generator",
    "method",
    "ndarray",
}
SENTENCES = {
    "todo": "is not implemented yet",
    "missing": "is not defined",
    "unsendable": "returned something too large",
}
# Those whose reason the grading process gives.
OURS = frozenset({"late", "lost", "skipped"})

# Keys are named as far as the documentation has them, and those of the layers next to them.
_KEY = re.compile(r"(?P<letters>[A-Za-z]+)(?P<layer>\d)")
_ERROR = re.compile(r"(?s)stopped with (\w+)(?:: )?(.*)")
# How a message begins that says what stops a function.
STOPPED = "Your function stopped with "
_STOPPED = re.compile(rf"{STOPPED}(?:an error|\w+) in `")
_WHOLE = re.compile(r"(?<![\w.])\d+(?![\w.])")
# So far any number may be told: how many parts are wrong, for one.
SMALL = 32
# A longer list is no answer: what is in it does not matter.
MOST_PARTS = 1000
# Of the keys of its own; of these a sentence names some.
MOST_KEYS = 32


class Line(str):
    """A line of the notebook: over the wire nothing of this type can come."""

    __slots__ = ()


class Texts:
    """The code cells of one notebook: taken apart into lines once, as all calls may raise."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._lines: dict[int, list[str]] = {}

    def line(self, cell: int, number: int) -> str:
        """Return that line of that cell, counted from 1, if there is one."""
        if not 0 <= cell < len(self._sources):
            return ""
        if cell not in self._lines:
            self._lines[cell] = str(self._sources[cell]).split("\n")
        lines = self._lines[cell]
        return lines[number - 1].strip()[:LINE_LENGTH] if 0 < number <= len(lines) else ""


def located(answer: Answer, texts: Texts) -> Answer:
    """Return an answer that raised with the line of the notebook that raised it.

    The child says which line of which cell; its text is looked up here.
    """
    if answer.status != "raised":
        return answer
    return _raised(answer.reason, _line(answer.value, texts))


def why_not(answer: Answer, *, known: bool = False) -> str:
    """Say why a function did not return; of an error that was located, where.

    Parameters
    ----------
    known : bool
        Whether it was asked what anyone may see, before it was given anything else: then what an
        error says is told too.
    """
    if answer.status in OURS:
        return answer.reason
    if answer.status != "raised":
        return SENTENCES.get(answer.status, "gave no answer")
    found = _ERROR.match(answer.reason)
    kind = found[1] if found and (known or found[1] in ERRORS) else "an error"
    said = shortened(found[2]) if found and known else ""
    where = f" in `{line}`" if (line := line_of(answer)) else ""
    return f"stopped with {kind}{where}" + (f": {said}" if said else "")


def is_stopped_in(message: str, line: str) -> bool:
    """Tell whether a message on a case says that the function stopped in that line."""
    found = _STOPPED.match(message)
    shown = line.strip()[:LINE_LENGTH]
    return bool(found and shown) and message.startswith(f"{shown}`", found.end() if found else 0)


def shortened(text: str) -> str:
    """Return a text of a student's in one line that is not too long."""
    line = " ".join(text[: 2 * SAID_LENGTH].split())
    return line if len(line) <= SAID_LENGTH else f"{line[:SAID_LENGTH]}…"


def line_of(answer: Answer) -> str:
    """Return the line that an answer which raised was located in, or nothing."""
    return answer.value if type(answer.value) is Line else ""


def plain(value: Any, question: Question) -> Any:
    """Return what was returned with names of ours for keys and types that may say something."""
    return _renamed(value, frozenset(_names(question)))


def bounded(sentence: str, question: Question) -> str:
    """Leave whole numbers out of a sentence that nothing in the question is large enough for."""
    parts = question.call.arguments, question.call.keywords, question.expected
    most = max(SMALL, 2 * max((array.size for array in _arrays(parts)), default=0))
    return _WHOLE.sub(lambda found: found[0] if int(found[0][:20]) <= most else "…", sentence)


# By what it says, not by the answer itself, which may hold more.
@lru_cache(REMEMBERED)
def _raised(reason: str, line: str) -> Answer:
    return Answer("raised", Line(line), reason)


def _line(place: Any, texts: Texts) -> str:
    """Return the line at (cell, number), if there is one."""
    if type(place) is not tuple or [*map(type, place)] != [int, int]:
        return ""
    return texts.line(*place)


def _renamed(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        # In an order of ours: theirs could tell something too.
        expected = sorted(key for key in value if isinstance(key, str) and key in names)
        others = [key for key in value if not (isinstance(key, str) and key in names)]
        named = dict(zip(expected, expected, strict=True))
        named |= {key: f"another key {place}" for place, key in enumerate(others[:MOST_KEYS], 1)}
        return {name: _renamed(value[key], names) for key, name in named.items()}
    if type(value) in (list, tuple):
        if len(value) > MOST_PARTS:
            return type(value)([None]) * len(value)
        return type(value)(_renamed(part, names) for part in value)
    if isinstance(value, Opaque) and value.kind not in TYPES:
        return Opaque("value of another type")
    return value


def _names(question: Question) -> Iterator[str]:
    for key in _keys((question.expected, question.call.arguments, question.call.keywords)):
        yield key
        if match := _KEY.fullmatch(key):
            layer = int(match["layer"])
            yield from (f"{match['letters']}{near}" for near in (layer - 1, layer + 1))


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (key for key in value if isinstance(key, str))
        value = [*value.values()]
    if isinstance(value, tuple | list):
        for part in value:
            yield from _keys(part)


def _arrays(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        yield from _arrays([*value.values()])
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _arrays(part)
