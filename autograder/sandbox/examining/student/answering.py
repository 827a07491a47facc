"""The student's end: what an examiner's cell asks of the names that a notebook has defined."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import socket
from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.examining import deriving, describing, errors, generators
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.examining.changes import Kept, handed_over
from autograder.sandbox.examining.student import stubs
from autograder.sandbox.examining.student.replaced import Replaced
from autograder.sandbox.examining.travelling.reading import Reading
from autograder.sandbox.examining.travelling.references import Malformed, References
from autograder.sandbox.examining.travelling.writing import Writing
from autograder.sandbox.examining.watching import Shown, limited, unlimited
from autograder.sandbox.timing import BudgetExceeded

# So many of a student's things are looked at again after each answer.
MOST_KEPT = 64


class Answerer:
    """Answers what is asked of one notebook's names."""

    def __init__(self, sock: socket.socket, namespace: MutableMapping[str, Any]) -> None:
        self._sock, self._names = sock, namespace
        self._refs = References(-1)
        self._given: _Given = _Given(namespace)
        self._state: Any = generators.get_all()
        self._is_asked = False
        self._replaced = Replaced(namespace)
        self._kept = Kept(self._refs, self._all_written, MOST_KEPT)
        self._told = dict[str, Any]()  # functions, by names that need not be asked for again

    def serve(self) -> None:
        """Answer until the examiner goes on."""
        self._state = generators.get_all()
        self._is_asked = True
        self._told.clear()
        while True:
            budget, *message = self._receive()
            if message[0] == "go":
                break
            self._send(self._answer(budget, message[1:]))
        self._is_asked = False
        self._replaced.put_back()

    def _receive(self) -> Any:
        return wire.receive(self._sock, EXAM, deadline=None)

    def _send(self, message: tuple[Any, ...]) -> None:
        try:
            wire.send(self._sock, message, deadline=None, bounds=EXAM)
        except wire.Closed:
            raise
        except wire.WireError as large:
            wire.send(self._sock, ("unsendable", str(large)), deadline=None)

    def _answer(self, budget: float, asked: list[Any]) -> tuple[Any, ...]:
        operation, *operands = asked
        self._given.names = operands.pop()
        shown = Shown()
        try:
            with limited(budget), shown.watching():
                self._take_state(operands.pop())
                reading = Reading(self._refs, self._given, self._stub)
                self._take_changes(reading, *operands.pop())
                status, value, after = self._do(reading, operation, operands)
                state = self._own_state()
        except BudgetExceeded:
            return ("late", f"ran past {budget:.3g} s")
        except Malformed as why:
            return ("unsendable", str(why))
        except Exception as why:
            return ("unsendable", describing.said_by(why))
        return (status, value, after, shown.told(), state, self._renamed())

    def _renamed(self) -> list[str]:
        """Return the names that stand for something else since they were told."""
        gone = [name for name, told in self._told.items() if self._names.get(name) is not told]
        for name in gone:
            del self._told[name]
        return gone

    def _take_state(self, state: Any) -> None:
        if state is not None:
            generators.set_all(state)
            self._state = generators.get_all()

    def _take_changes(self, reading: Reading, values: Any, names: Any) -> None:
        """Do here what a test did to things that both ends know, and to names."""
        reading.all(values)
        for module, name, *value in names:
            self._replaced.take(module, name, [reading.read(one) for one in value])

    def _own_state(self) -> Any:
        state, self._state = generators.changed(self._state)
        return state

    def _do(self, reading: Reading, operation: str, operands: list[Any]) -> Any:
        """Return whether it came off, what came of it, and the arguments as they are afterwards."""
        if operation == "name":
            if operands[0] not in self._names:
                return "missing", None, None
            value = self._names[operands[0]]
            written = self._written(value)
            self._kept.keep([value])
            if isinstance(value, describing.FUNCTIONS):
                self._told[operands[0]] = value
            return "ok", written, None
        if operation == "names":
            return "ok", self._written([name for name in self._names if type(name) is str]), None
        parts = [reading.read(one) for one in operands]
        sent = wire.pack(self._all_written(parts), EXAM)
        try:
            status, result = "ok", _OPERATIONS[operation](*parts)
        except BudgetExceeded:
            raise
        except BaseException as error:
            status, result = "raised", error
        writing = Writing(self._refs, self._given, describing.describe)
        after = writing.all(parts)
        if _octets(wire.pack(after, EXAM)) == _octets(sent):
            after, writing = None, Writing(self._refs, self._given, describing.describe)
        changed = self._kept.since()
        written = writing.write(result)
        self._kept.keep([result, *handed_over(operation, tuple(parts))])
        return status, written, [*(after or []), *changed] or None

    def _all_written(self, values: Iterable[Any]) -> list[Any]:
        return Writing(self._refs, self._given, describing.describe).all(values)

    def _written(self, value: Any) -> Any:
        return Writing(self._refs, self._given, describing.describe).write(value)

    def _stub(self, reading: Reading, number: int, said: tuple[Any, ...]) -> Any:
        """Return what stands here for a function or an object of the examiner's."""
        if said[0] == "lib":
            value: Any = self._replaced.original(said[1], said[2])
            return self._refs.add(number, value)
        if said[0] == "x":
            return errors.rebuilt(reading, number, tuple(said[1:]))
        return self._refs.add(number, stubs.made(self, number, said[0], *said[1:]))

    def call_back(self, operation: str, number: int, operands: list[Any]) -> Any:
        """Ask the examiner for what a function of its own returns."""
        if not self._is_asked:
            raise RuntimeError("the test that this belongs to is over")
        with unlimited():
            writing = Writing(self._refs, self._given, describing.describe)
            asked = [("R", number), *writing.all(operands)]
            self._send(("ask", operation, *asked, self._own_state()))
            while True:
                budget, *came = self._receive()
                if came[0] != "ask":
                    break
                self._send(self._answer(budget, came[1:]))
        status, value, state = came
        self._take_state(state)
        result = Reading(self._refs, self._given, self._stub).read(value)
        if status == "raised":
            raise result
        return result


class _Given(dict):
    """The instructor's classes, as the notebook defined them in the student's process."""

    def __init__(self, namespace: MutableMapping[str, Any]) -> None:
        super().__init__()
        self._namespace, self.names = namespace, ()

    def get(self, name: str, default: Any = None) -> Any:
        """Return the class of that name, if it is one of the instructor's."""
        found = self._namespace.get(name) if name in self.names else None
        return found if isinstance(found, type) else default

    def __getitem__(self, name: str) -> Any:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found


@lru_cache
def _runner() -> asyncio.Runner:
    """Return what runs all that is awaited: a generator ends with the loop that it began in."""
    return asyncio.Runner()


async def _waited(awaited: Any) -> Any:
    return await awaited


def _octets(pieces: list[Any]) -> bytes:
    return b"".join(map(bytes, pieces))


def _special(value: Any, name: str, arguments: list[Any]) -> Any:
    if name in ("__str__", "__repr__"):
        return describing.text(str(value) if name == "__str__" else repr(value))
    if name == "__format__":
        return describing.text(format(value, *arguments))
    if name == "__hash__":
        return hash(value)
    return getattr(type(value), name)(value, *arguments)


_OPERATIONS: dict[str, Any] = {
    "call": lambda function, arguments, keywords: function(*arguments, **keywords),
    "special": _special,
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "dir": lambda value: [name for name in dir(value) if type(name) is str],
    "fields": lambda kind: [
        (one, field.type, [] if field.default is dataclasses.MISSING else [field.default])
        for one, field in kind.__dataclass_fields__.items()
        if type(one) is str
    ],
    "run": lambda awaited: _runner().run(_waited(awaited)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "derive": deriving.derive,
    "above": deriving.above,
}
