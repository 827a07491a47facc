"""The examiner's end: an instructor's cells run here, and ask for the names of a student's."""

from __future__ import annotations

import socket
import sys
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.examining import errors, generators, remote, tables
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.examining.describing import text
from autograder.sandbox.examining.libraries import LIBRARY, builtin_class, library_place
from autograder.sandbox.examining.looking import Texts
from autograder.sandbox.examining.namespace import Namespace
from autograder.sandbox.examining.reading import Reading
from autograder.sandbox.examining.references import Malformed, References, TooMany
from autograder.sandbox.examining.writing import Writing
from autograder.sandbox.shell import BudgetExceeded

RANDOM = "random"


class Unanswered(BaseException):
    """A cell cannot go on; no ``except Exception`` of it goes on all the same."""


class Session:
    """One notebook's examination, as the instructor's cells see it.

    Attributes
    ----------
    allowed : frozenset of str or None
        What the reference needed in this cell; None while that is found out.
    used : set of str
        What this cell needed.
    failure : str
        Why this cell cannot have passed, whatever it makes of that.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.refs, self.texts = References(1), Texts()
        self.names = Namespace(self)
        self.given: dict[str, Any] = {}
        self.allowed: frozenset[str] | None = None
        self.used: set[str] = set()
        self.failure = ""
        self._state = generators.get_all()
        self._registry: dict[Any, Any] = {}
        self._asked: set[int] = set()

    def settle(self) -> None:
        """Take the state of the generators for known: what given cells did, the student's did."""
        self._state = generators.get_all()

    @contextmanager
    def hiding(self, names: list[str]) -> Iterator[None]:
        """Have names stand for a student's in the block, whatever they are here."""
        kept = {name: self.names.pop(name) for name in names if name in self.names}
        given, self.given = self.given, {k: v for k, v in self.given.items() if k not in kept}
        try:
            yield
        finally:
            self.names.update(kept)
            self.given = given

    def name(self, name: str) -> Any:
        """Return what a student's name stands for; KeyError if it is not defined."""
        return self._exchange(("ask", "name", name))

    def ask(self, operation: str, *operands: Any) -> Any:
        """Return what came of an operation at the student's end, or raise what it raised."""
        written = Writing(self.refs, self.given, self._describe).all(operands)
        return self._exchange(("ask", operation, *written))

    def require_told(self, method: str, kind: str, operands: tuple[Any, ...]) -> None:
        """Refuse to tell an object what it is compared with, unless the reference did so."""
        if method not in tables.TELLING:
            return
        is_remote = any(isinstance(type(one), remote.RemoteMeta) for one in operands)
        need = f"{method} {kind} {'object' if is_remote else 'data'}"
        if self.allowed is None:
            self.used.add(need)
        elif need not in self.allowed:
            raise self.fail(f"an object of the type {kind} came where plain data is asked for")

    def fail(self, why: str) -> Unanswered:
        """Note why this cell cannot have passed; return what ends it."""
        self.failure = self.failure or why
        return Unanswered(why)

    def looked_up(self, name: str, what: str) -> Any:
        """Return what the text of a student's function says of it."""
        return getattr(self.texts.function(name), what)

    def _exchange(self, message: tuple[Any, ...]) -> Any:
        if self.failure:
            raise Unanswered(self.failure)
        self._send((*message, self._own_state(), list(self.given)))
        while True:
            came = self.receive()
            if came[0] != "ask":
                return self._taken(came)
            self._serve(came[1:])

    def receive(self) -> Any:
        """Return the next message."""
        return wire.receive(self._sock, EXAM, deadline=None)

    def _send(self, message: tuple[Any, ...]) -> None:
        try:
            pieces = wire.pack(message, EXAM)
        except wire.WireError as large:
            raise self.fail(f"the cell sends too much: {large}") from None
        wire.send_frame(self._sock, pieces, deadline=None)

    def _own_state(self) -> Any:
        state, self._state = generators.changed(self._state)
        return state

    def _taken(self, came: Any) -> Any:
        """Return the value of a reply, after all else that it tells has been done."""
        status, *rest = came
        if status in ("late", "stop"):
            self.failure = self.failure or str(rest[0])
            raise BudgetExceeded
        if status not in ("ok", "raised", "missing"):
            raise self.fail(f"what came does not travel: {rest[0] if rest else status}")
        value, after, shown, state = rest
        try:
            self._take_state(state)
            reading = Reading(self.refs, self.given, self._stand_in)
            if after is not None:
                reading.all(after)
            result = reading.read(value)
        except (Malformed, TooMany, ValueError) as why:
            raise self.fail(f"what came does not travel: {why}") from None
        self._show(shown)
        if status == "raised":
            if not isinstance(result, BaseException):
                raise self.fail("what was raised is no exception")
            raise result
        if status == "missing":
            raise KeyError
        return result

    def _take_state(self, state: Any) -> None:
        if state is None:
            return
        if self.allowed is None:
            self.used.add(RANDOM)
        elif RANDOM not in self.allowed:
            return  # or a student would choose what the cell draws
        try:
            generators.set_all(state)
        except Exception as why:
            raise Malformed(f"a state of the generators is none ({type(why).__name__})") from None
        self._state = generators.get_all()

    def _show(self, shown: Any) -> None:
        if shown is None:
            return
        out, err, warned = shown
        sys.stdout.write(str(out))
        if err:
            sys.stderr.write(str(err))
        for name, message, line in warned:
            kind = tables.ERRORS.get(name, UserWarning)
            kind = kind if issubclass(kind, Warning) else UserWarning
            warnings.warn_explicit(
                str(message), kind, "<notebook>", int(line), registry=self._registry
            )

    def _serve(self, asked: list[Any]) -> None:
        """Do what the student's function asks of a function or an object that it was given."""
        operation, number, *operands, state = asked
        try:
            self._take_state(state)
            reading = Reading(self.refs, self.given, self._stand_in)
            target, parts = reading.read(number), reading.all(operands)
            if self.refs.known(target) not in self._asked:
                raise self.fail("something was asked that no function was given")
            status, result = "ok", self._do(operation, target, parts)
        except Unanswered:
            raise
        except (Malformed, TooMany) as why:
            raise self.fail(f"what came does not travel: {why}") from None
        except BudgetExceeded:
            raise
        except BaseException as error:
            status, result = "raised", error
        written = Writing(self.refs, self.given, self._describe).write(result)
        self._send((status, written, self._own_state()))

    def _do(self, operation: str, target: Any, parts: list[Any]) -> Any:
        if operation == "call" and callable(target):
            arguments, keywords = parts
            return target(*arguments, **keywords)
        if operation == "getattr" and type(parts[0]) is str and not parts[0].startswith("_"):
            found = getattr(target, parts[0])
            if isinstance(found, types.ModuleType | types.FrameType | types.CodeType):
                raise AttributeError(parts[0])
            return found
        raise self.fail("something was asked that no function may ask")

    def _describe(self, writing: Writing, value: Any) -> tuple[Any, ...]:
        """Return what the student's end is told of an object of ours: no code, no name."""
        if (place := library_place(value)) is not None:
            return ("lib", *place)
        if isinstance(value, BaseException):
            return ("x", writing.write(builtin_class(value)), writing.all(value.args), "", [])
        self._asked.add(self.refs.number(value))
        return ("f",) if isinstance(value, LIBRARY) else ("i",)

    def _stand_in(self, reading: Reading, number: int, said: tuple[Any, ...]) -> Any:
        """Return what stands here for an object of the student's."""
        form, *rest = said
        if form == "x":
            return errors.rebuilt(reading, number, tuple(rest))
        if form == "f":
            return self.refs.add(number, remote.function(self, number, *map(text, rest)))
        if form == "c":
            name, module, special, bases, doc = rest
            kinds = [kind for kind in reading.all(bases) if isinstance(kind, type)]
            known = remote.error_class(module, name)
            made = known or remote.class_of(self, text(name), module, special, kinds, text(doc))
            return self.refs.add(number, made)
        if form == "co":
            return self.refs.add(number, self._awaited(number))
        if form == "i":
            kind = reading.read(rest[0])
            if isinstance(kind, remote.RemoteMeta):
                return self.refs.add(number, object.__new__(kind))
        raise Malformed("nothing is known of an object")

    async def _awaited(self, number: int) -> Any:
        return self.ask("run", self.refs.get(number))
