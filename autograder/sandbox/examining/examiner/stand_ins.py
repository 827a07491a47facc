"""What stands in an examiner's process for the objects of a student's, by what is said of them."""

from __future__ import annotations

from typing import Any

from autograder.sandbox.examining import errors, functions
from autograder.sandbox.examining.describing import text
from autograder.sandbox.examining.examiner import remote
from autograder.sandbox.examining.functions import Asks
from autograder.sandbox.examining.travelling import natives
from autograder.sandbox.examining.travelling.reading import Reading
from autograder.sandbox.examining.travelling.references import Malformed


def made(session: Asks, reading: Reading, number: int, said: tuple[Any, ...]) -> Any:
    """Return what stands for an object that is known by a number from now on.

    Raises
    ------
    Malformed
        If what is said of it is nothing that a student's end may say.
    """
    form, *rest = said
    make = _MAKING.get(form)
    if make is not None:
        return reading.refs.add(number, make(session, reading, number, *rest))
    if form == "x":
        return errors.rebuilt(reading, number, tuple(rest))
    kind = reading.read(rest[0])
    if isinstance(kind, remote.RemoteMeta) and form == "i":
        return reading.refs.add(number, object.__new__(kind))
    if isinstance(kind, remote.RemoteMeta) and form == natives.FORM:
        return reading.refs.add(number, natives.made(kind, reading.read(rest[1])))
    raise Malformed("nothing is known of an object")


def _function(session: Asks, _reading: Reading, number: int, *said: Any) -> Any:
    return functions.made(session, number, *map(text, said))


def _class(
    session: Asks, reading: Reading, _number: int, name: Any, module: Any, special: Any, *rest: Any
) -> type:
    bases, doc, native = rest
    kinds = [kind for kind in reading.all(bases) if isinstance(kind, type)]
    said = remote.ClassSaid(text(name), module, special, kinds, text(doc), reading.read(native))
    return remote.class_of(session, said)


def _coroutine(session: Asks, reading: Reading, number: int) -> Any:
    async def awaited() -> Any:
        return session.ask("run", reading.refs.get(number))

    return awaited()


_MAKING = {"f": _function, "c": _class, "co": _coroutine}
