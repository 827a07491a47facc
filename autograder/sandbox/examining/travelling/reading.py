"""Make objects of what came, whatever it is: nothing that arrives can act.

A name that came stands for a type of a fixed table, or for a class of the instructor's own. What
bears a number that is known is changed in place.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import pathlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.sandbox.examining.travelling import natives, small, tables
from autograder.sandbox.examining.travelling.references import Malformed, References
from autograder.sandbox.wire import Opaque


class Reading:
    """Reads what came.

    Parameters
    ----------
    given : mapping
        The instructor's classes, by name.
    stand_in : callable
        Returns what stands here for an object of the other end's, from what is said of it.
    holding : callable
        Returns the value of an attribute of that name, or refuses it.
    """

    def __init__(
        self,
        refs: References,
        given: Mapping[str, Any],
        stand_in: Callable[[Reading, int, tuple[Any, ...]], Any],
        holding: Callable[[str, Any], Any] = lambda _name, value: value,
    ) -> None:
        self.refs, self.given, self._stand_in = refs, given, stand_in
        self.holding = holding

    def read(self, came: Any) -> Any:
        """Return the object that a value of the wire stands for.

        Raises
        ------
        Malformed
            If it stands for none.
        """
        if type(came) is Opaque:
            raise Malformed(f"a {came.kind} does not travel")
        if type(came) is not tuple:
            if type(came) in (list, dict, np.ndarray):
                raise Malformed("this has no tag")
            return came
        try:
            return _READERS[came[0]](self, *came[1:])
        except Malformed:
            raise
        except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError) as why:
            raise Malformed(f"this is malformed ({type(why).__name__})") from None
        except (decimal.DecimalException, ArithmeticError):
            raise Malformed("this is no number") from None

    def all(self, came: Any) -> list[Any]:
        """Return the objects of a list."""
        if type(came) is not list:
            raise Malformed("this is no list")
        return [self.read(part) for part in came]

    def pairs(self, came: Any) -> list[tuple[Any, Any]]:
        """Return keys and values that came in turn."""
        parts = self.all(came)
        return list(zip(parts[::2], parts[1::2], strict=True))

    def held(self, number: int, kind: type, make: Callable[[], Any] | None = None) -> Any:
        """Return the object of a number, made if there is none; of another type it is malformed."""
        if type(number) is not int:
            raise Malformed("a number is none")
        if self.refs.is_known(number):
            value = self.refs.get(number)
            # A student's class may be made from what it goes as.
            is_one = type(value) is kind or (self.refs.is_students and isinstance(value, kind))
            if not is_one:
                raise Malformed("a number stands for something else")
            return value
        if not self.refs.is_foreign(number):
            raise Malformed("a number was never given")
        return self.refs.add(number, (make or kind)())

    def _reference(self, number: int) -> Any:
        return self.refs.get(number)

    def _list(self, number: int, came: Any) -> list[Any]:
        value = self.held(number, list)
        list.__setitem__(value, slice(None), self.all(came))
        return value

    def _set(self, number: int, came: Any) -> set[Any]:
        value, parts = self.held(number, set), self.all(came)
        value.clear()
        value.update(parts)
        return value

    def _array(self, number: int, *content: Any) -> np.ndarray:
        fresh = self.array(*content)
        return self._filled(number, np.ndarray, fresh)

    def _other_array(self, number: int, is_matrix: bool, *content: Any) -> np.ndarray:
        kind = np.matrix if is_matrix else np.ndarray
        return self._filled(number, kind, self.array(*content).view(kind))

    def _filled(self, number: int, kind: type, fresh: np.ndarray) -> np.ndarray:
        if not self.refs.is_known(number):
            return self.held(number, kind, lambda: fresh)
        value = self.held(number, kind)
        if value.shape != fresh.shape or value.dtype != fresh.dtype:
            return self.refs.add(number, fresh)
        if value.flags.writeable:
            np.copyto(value, fresh)
        return value

    def array(self, form: str, *content: Any) -> np.ndarray:
        """Return an array of its kind, shape and content."""
        return small.array(self, form, *content)

    def _given(self, number: int, name: str, came: Any) -> Any:
        kind = self.given[name]
        attributes = self.held(number, kind, lambda: object.__new__(kind))
        pairs = self.pairs(came)
        inside = object.__getattribute__(attributes, "__dict__")
        if any(type(key) is not str for key, _ in pairs):
            raise Malformed("an attribute has no name")
        inside.clear()
        inside.update((key, self.holding(key, part)) for key, part in pairs)
        return attributes

    def _handle(self, number: int, *said: Any) -> Any:
        if self.refs.is_known(number):
            value = self.refs.get(number)
            if said[0] == natives.FORM and number < 0:  # of a student's class
                natives.refill(value, self.read(said[2]))
            return value
        if type(number) is not int or not self.refs.is_foreign(number):
            raise Malformed("a number was never given")
        return self._stand_in(self, number, said)


def _dict_as(kind: Any) -> Callable[..., Any]:
    def read(reading: Reading, number: int, came: Any, factory: Any = None) -> Any:
        pairs = reading.pairs(came)
        value = reading.held(number, kind)
        dict.clear(value)
        for key, part in pairs:
            dict.__setitem__(value, key, part) if kind is dict else value.__setitem__(key, part)
        if kind is collections.defaultdict:
            made = reading.read(factory)
            value.default_factory = made if made in (None, *tables.TYPES.values()) else None
        return value

    return read


def _deque(reading: Reading, number: int, came: Any, most: int | None) -> Any:
    parts = reading.all(came)
    value = reading.held(number, collections.deque, lambda: collections.deque(maxlen=most))
    value.clear()
    value.extend(parts)
    return value


def _bytes(reading: Reading, octets: np.ndarray) -> bytes:
    return octets.tobytes()


def _bytearray(reading: Reading, number: int, octets: np.ndarray) -> bytearray:
    value = reading.held(number, bytearray)
    value[:] = octets.tobytes()
    return value


def _frame(tag: str) -> Callable[..., Any]:
    def read(reading: Reading, *content: Any) -> Any:
        from autograder.sandbox.examining.travelling import frames

        return frames.READERS[tag](reading, *content)

    return read


_READERS: dict[str, Callable[..., Any]] = {
    "R": Reading._reference,
    "I": small.hex,
    "l": Reading._list,
    "s": Reading._set,
    "t": lambda r, came: tuple(r.all(came)),
    "fs": lambda r, came: frozenset(r.all(came)),
    "d": _dict_as(dict),
    "od": _dict_as(collections.OrderedDict),
    "ct": _dict_as(collections.Counter),
    "dd": _dict_as(collections.defaultdict),
    "dq": _deque,
    "B": _bytes,
    "ba": _bytearray,
    "r": lambda r, came: range(*r.all(came)),
    "sl": lambda r, came: slice(*r.all(came)),
    "dk": lambda r, came: dict.fromkeys(r.all(came)).keys(),
    "dv": lambda r, came: dict(enumerate(r.all(came))).values(),
    "di": lambda r, came: dict(r.pairs(came)).items(),
    "da": lambda r, parts: datetime.date(*parts),
    "dt": lambda r, parts, ahead: datetime.datetime(*parts, tzinfo=small.zone(ahead)),
    "tm": lambda r, parts, ahead: datetime.time(*parts, tzinfo=small.zone(ahead)),
    "td": lambda r, parts: datetime.timedelta(*parts),
    "D": lambda r, text: decimal.Decimal(text),
    "Fr": lambda r, above, below: fractions.Fraction(r.read(above), r.read(below)),
    "pp": lambda r, text: pathlib.PosixPath(text),
    "el": lambda r: ...,
    "ni": lambda r: NotImplemented,
    "nd": small.numpy_time,
    "ns": lambda r, text: np.str_(text),
    "nb": lambda r, octets: np.bytes_(octets.tobytes()),
    "nt": small.named_tuple,
    "dy": lambda r, text: np.dtype(text) if text[1:2] in tuple("biufcSUOmM") else small.no_dtype(),
    "ty": lambda r, name: tables.TYPES[name],
    "en": lambda r, name, member: r.given[name][member],
    "a": Reading._array,
    "as": Reading._other_array,
    "o": Reading._given,
    "h": Reading._handle,
    **{tag: _frame(tag) for tag in ("ps", "pf", "pi", "pt", "pq")},
}
