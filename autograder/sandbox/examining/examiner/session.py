"""The examiner's end: an instructor's cells run here, and ask for the names of a student's."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.examining import generators
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.examining.changes import Changes, handed_over
from autograder.sandbox.examining.deriving import super_of
from autograder.sandbox.examining.describing import FUNCTIONS
from autograder.sandbox.examining.examiner import remote, serving, stand_ins
from autograder.sandbox.examining.examiner.libraries import builtin_class, library_place
from autograder.sandbox.examining.examiner.looking import Texts
from autograder.sandbox.examining.functions import RemoteFunction
from autograder.sandbox.examining.namespace import Namespace
from autograder.sandbox.examining.travelling import tables
from autograder.sandbox.examining.travelling.reading import Reading
from autograder.sandbox.examining.travelling.references import Malformed, References, TooMany
from autograder.sandbox.examining.travelling.writing import Writing
from autograder.sandbox.examining.watching import show_again
from autograder.sandbox.timing import BudgetExceeded

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
    shared : list of str
        Names that the student's functions see as the cell sets them.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._turn = sock, threading.RLock()
        self.refs, self.texts = References(1), Texts()
        self.names, self.given = Namespace(self, super_of(remote.RemoteMeta)), dict[str, Any]()
        self.allowed: frozenset[str] | None = None
        self.used, self.set_names = set[str](), set[str]()
        self.failure = ""
        self.shared: list[str] = []
        self._changes = Changes(self.refs, self._written)
        self._state = generators.get_all()
        self._registry, self._asked = dict[Any, Any](), set[int]()
        self._functions = dict[str, Any]()  # by the student's names for them, while they are so

    def begin(self, source: str) -> None:
        """Take a cell of the instructor's for begun."""
        self._changes.begin(source, self.names)
        self._functions.clear()

    def settle(self) -> None:
        """Take the state of the generators for known: what given cells did, the student's did."""
        self._state = generators.get_all()

    @contextmanager
    def hiding(self, names: list[str]) -> Iterator[None]:
        """Have names stand for a student's in the block, whatever they are here."""
        kept = {name: self.names.pop(name) for name in dict.keys(self.names) & set(names)}
        given, self.given = self.given, {k: v for k, v in self.given.items() if k not in kept}
        try:
            yield
        finally:
            self.names.update(kept)
            self.given = given

    def name(self, name: str) -> Any:
        """Return what a student's name stands for; KeyError if it is not defined."""
        if name in self._functions and not (self.names.removed or self.failure):
            return self._functions[name]
        found = self._exchange(("ask", "name", name))
        self._changes.keep([found])
        if type(found) is RemoteFunction:
            self._functions[name] = found
        return found

    def all_names(self) -> list[str]:
        """Return the names that the student's notebook has defined."""
        return [name for name in self._exchange(("ask", "names")) if type(name) is str]

    def ask(self, operation: str, *operands: Any) -> Any:
        """Return what came of an operation at the student's end, or raise what it raised."""
        result = self._exchange(("ask", operation, *self._written(operands)))
        self._changes.keep([*handed_over(operation, operands), result])
        return result

    def _written(self, values: Iterable[Any]) -> list[Any]:
        return Writing(self.refs, self.given, self._describe).all(values)

    def require_told(self, method: str, kind: str, operands: tuple[Any, ...]) -> None:
        """Refuse to tell an object what it is compared with, unless the reference did so."""
        if not self.may_tell(method, kind, operands):
            raise self.fail(f"an object of the type {kind} came where plain data is asked for")

    def may_tell(self, method: str, kind: str, operands: tuple[Any, ...]) -> bool:
        """Tell whether the reference told such an object such things, too."""
        need = remote.need_of(method, kind, operands)
        return not need or self.may_be(need)

    def is_told_nobody(self, method: str) -> bool:
        """Tell whether the reference told no object anything in that way: it had data there."""
        told = f"{tables.SAME.get(method, method)} "
        return not any(need.startswith(told) for need in self.allowed or ())

    def may_be(self, need: str) -> bool:
        """Tell whether the reference needed that as well."""
        if self.allowed is None:
            self.used.add(need)
        return self.allowed is None or need in self.allowed

    def holding(self, name: str, value: Any) -> Any:
        """Return the value of an attribute; a function only where the reference had one, too."""
        if callable(value) and tables.can_tell(name) and not self.may_be(f"method {name}"):
            raise self.fail(f"a function {name} came where plain data is asked for")
        return value

    def fail(self, why: str) -> Unanswered:
        """Note why this cell cannot have passed; return what ends it."""
        self.failure = self.failure or why
        return Unanswered(why)

    def looked_up(self, name: str, what: str) -> Any:
        """Return what the text of a student's function says of it."""
        return getattr(self.texts.function(name), what)

    def _exchange(self, message: tuple[Any, ...]) -> Any:
        with self._turn:  # a test may have threads
            return self._answered(message)

    def _answered(self, message: tuple[Any, ...]) -> Any:
        if self.failure:
            raise Unanswered(self.failure)
        names = self._changes.names(self.names, {*self.shared, *self.set_names})
        changes = (self._changes.since(), names)
        self._send((*message, changes, self._own_state(), list(self.given)))
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
        try:
            value, after, shown, state, renamed = rest
            self._forget(renamed)
            self._take_state(state)
            reading = Reading(self.refs, self.given, self._stand_in, self.holding)
            if after is not None:
                reading.all(after)
            result = reading.read(value)
        except (Malformed, TooMany, ValueError) as why:
            raise self.fail(f"what came does not travel: {why}") from None
        show_again(shown, self._registry)
        if status == "raised":
            if not isinstance(result, BaseException):
                raise self.fail("what was raised is no exception")
            raise result
        if status == "missing":
            raise KeyError
        return result

    def _forget(self, names: Any) -> None:
        """Ask anew what names stand for."""
        if type(names) is not list:
            raise Malformed("what names stand for is no list")
        for name in filter(self._functions.__contains__, map(str, names)):
            del self._functions[name]

    def _take_state(self, state: Any) -> None:
        if state is None:
            return
        if not self.may_be(RANDOM):
            return  # or a student would choose what the cell draws
        try:
            generators.set_all(state)
        except Exception as why:
            raise Malformed(f"a state of the generators is none ({type(why).__name__})") from None
        self._state = generators.get_all()

    def _serve(self, asked: list[Any]) -> None:
        """Do what the student's function asks of a function or an object that it was given."""
        operation, number, *operands, state = asked
        try:
            self._take_state(state)
            reading = Reading(self.refs, self.given, self._stand_in, self.holding)
            target, parts = reading.read(number), reading.all(operands)
            if self.refs.known(target) not in self._asked:
                raise self.fail("something was asked that no function was given")
            status, result = "ok", serving.done(operation, target, parts, self.may_be)
        except (Unanswered, serving.NotAllowed) as why:  # the cell fails; who asked gets a reply
            self.fail("something was asked that no function may ask")
            status, result = "raised", PermissionError(str(why))
        except (Malformed, TooMany) as why:
            raise self.fail(f"what came does not travel: {why}") from None
        except BudgetExceeded:
            raise
        except BaseException as error:
            status, result = "raised", error
        self._send((status, *self._written([result]), self._own_state()))

    def _describe(self, writing: Writing, value: Any) -> tuple[Any, ...]:
        """Return what the student's end is told of an object of ours: no code, no name."""
        if (place := library_place(value)) is not None:
            return ("lib", *place)
        if isinstance(value, BaseException):
            return ("x", writing.write(builtin_class(value)), writing.all(value.args), "", [])
        self._asked.add(self.refs.number(value))
        return ("f",) if isinstance(value, FUNCTIONS) else serving.own_object(value)

    def _stand_in(self, reading: Reading, number: int, said: tuple[Any, ...]) -> Any:
        return stand_ins.made(self, reading, number, said)
