"""Tables of pandas as they travel: columns as arrays, with their types, labels and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from autograder.sandbox.examining.travelling.reading import Reading
from autograder.sandbox.examining.travelling.references import Malformed
from autograder.sandbox.examining.travelling.writing import Writing

# Types of pandas' own that a text names; every other column is an array of NumPy's.
_EXTENSION = re.compile(
    r"category|string|str|boolean|object|[uU]?Int(8|16|32|64)|Float(32|64)"
    r"|datetime64\[(s|ms|us|ns), [\w/+:-]{1,40}\]"
)
_FREQUENCY = re.compile(r"[\w-]{1,20}")


def writer(kind: type) -> Callable[[Writing, Any], Any] | None:
    """Return what writes an object of that type; None if it does not travel by value.

    One of a class that the notebook makes from a table goes as the table.
    """
    if kind.__module__ != "__main__":
        return _WRITERS.get(kind)
    return next((_WRITERS[one] for one in kind.__mro__ if one in (pd.Series, pd.DataFrame)), None)


def _series(writing: Writing, value: pd.Series) -> Any:
    return writing.numbered(
        value,
        "ps",
        lambda: (_column(writing, value), _index(writing, value.index), writing.write(value.name)),
    )


def _frame(writing: Writing, value: pd.DataFrame) -> Any:
    def content() -> tuple[Any, ...]:
        columns = [_column(writing, value.iloc[:, place]) for place in range(value.shape[1])]
        return columns, _index(writing, value.index), _index(writing, value.columns)

    return writing.numbered(value, "pf", content)


def _column(writing: Writing, value: Any) -> Any:
    """Return the values of a series or an index, and the name of their type."""
    dtype = value.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "biufcmM":
        return ("n", writing.array_content(value.to_numpy()))
    if isinstance(dtype, pd.DatetimeTZDtype):
        return ("z", str(dtype), value.astype("int64").to_numpy())
    if isinstance(dtype, pd.CategoricalDtype):
        codes = value.cat.codes if isinstance(value, pd.Series) else value.codes
        labels = _index(writing, dtype.categories)
        return ("c", np.asarray(codes, np.int64), labels, bool(dtype.ordered))
    if isinstance(dtype, pd.PeriodDtype):
        return ("p", str(dtype)[7:-1], np.asarray(value.astype("int64"), np.int64))
    if isinstance(dtype, pd.IntervalDtype):
        array = value.array
        sides = (_column(writing, pd.Index(side)) for side in (array.left, array.right))
        return ("v", array.closed, *sides)
    return ("e", str(dtype), writing.all(value.astype(object).tolist()))


def _index(writing: Writing, value: pd.Index) -> Any:
    names = [writing.write(name) for name in value.names]
    if isinstance(value, pd.RangeIndex):
        return ("r", [value.start, value.stop, value.step], names)
    if isinstance(value, pd.MultiIndex):
        levels = range(value.nlevels)
        return ("m", [_column(writing, value.get_level_values(level)) for level in levels], names)
    return ("i", _column(writing, value), names, _frequency(value))


def _frequency(value: pd.Index) -> str:
    """Return how often the moments of an index follow each other, if it says so."""
    freq = value.freqstr if isinstance(value, pd.DatetimeIndex | pd.TimedeltaIndex) else None
    return freq if freq and _FREQUENCY.fullmatch(freq) else ""


def _read_column(reading: Reading, came: Any) -> Any:  # noqa: PLR0911 - a row for each form
    form, *content = came
    if form == "n":
        return reading.array(*content[0])
    if form == "z" and _EXTENSION.fullmatch(content[0]):
        unit = content[0].partition("[")[2].partition(",")[0]
        moments = pd.Series(content[1].astype(np.int64).view(f"M8[{unit}]"))
        zone = content[0].partition(", ")[2].rstrip("]")
        return moments.dt.tz_localize("UTC").dt.tz_convert(zone).array
    if form == "c":
        codes, labels, ordered = content
        return pd.Categorical.from_codes(codes, _read_index(reading, labels), ordered=bool(ordered))
    if form == "p" and _FREQUENCY.fullmatch(content[0]):
        return pd.PeriodIndex.from_ordinals(content[1], freq=content[0]).array
    if form == "v" and content[0] in ("left", "right", "both", "neither"):
        left, right = (_read_column(reading, side) for side in content[1:])
        return pd.arrays.IntervalArray.from_arrays(left, right, closed=content[0])
    if form == "e" and _EXTENSION.fullmatch(content[0]):
        if content[0] == "object":
            return reading.array("o", [len(content[1])], content[1])
        return pd.array(reading.all(content[1]), dtype=content[0])
    raise Malformed("a column has a type that does not travel")


def _dtype(values: Any) -> Any:
    """Return the type of things that pandas would otherwise take for text."""
    return object if isinstance(values, np.ndarray) and values.dtype == object else None


def _read_index(reading: Reading, came: Any) -> pd.Index:
    form, content, names, *more = came
    labels = [reading.read(name) for name in names]
    if form == "r":
        start, stop, step = map(int, content)
        return pd.RangeIndex(start, stop, step, name=labels[0])
    if form == "m":
        return pd.MultiIndex.from_arrays(
            [_read_column(reading, part) for part in content], names=labels
        )
    values = _read_column(reading, content)
    made: Any = pd.Index(values, dtype=_dtype(values), name=labels[0])
    if more and more[0] and _FREQUENCY.fullmatch(more[0]):
        made.freq = more[0]  # pandas refuses one that the moments do not have
    return made


def _read_series(reading: Reading, number: int, column: Any, index: Any, name: Any) -> Any:
    values, labels = _read_column(reading, column), _read_index(reading, index)
    fresh = pd.Series(values, labels, _dtype(values), reading.read(name))
    return _held(reading, number, fresh)


def _read_frame(reading: Reading, number: int, columns: Any, index: Any, names: Any) -> Any:
    labels = _read_index(reading, index)
    read = [_read_column(reading, column) for column in columns]
    parts = [pd.Series(values, labels, _dtype(values)) for values in read]
    fresh = pd.DataFrame(dict(enumerate(parts)), labels)
    fresh.columns = _read_index(reading, names)
    return _held(reading, number, fresh)


def _held(reading: Reading, number: int, fresh: Any) -> Any:
    """Return the table of a number with the new content in it."""
    value = reading.held(number, type(fresh), lambda: fresh)
    if value is not fresh:
        value._update_inplace(fresh)
    return value


def _span(writing: Writing, value: Any) -> Any:
    if isinstance(value, pd.Period):
        return ("pq", "period", value.freqstr, int(value.ordinal))
    return ("pq", "interval", value.closed, writing.all([value.left, value.right]))


def _read_span(reading: Reading, kind: str, form: str, content: Any) -> Any:
    if kind == "period" and _FREQUENCY.fullmatch(form):
        return pd.Period(ordinal=content, freq=form)
    return pd.Interval(*reading.all(content), closed=form)  # type: ignore[arg-type]


def _moment(writing: Writing, value: Any) -> Any:
    if value is pd.NaT or value is pd.NA:
        return ("pt", "NaT" if value is pd.NaT else "NA", 0, None)
    zone = str(value.tz) if isinstance(value, pd.Timestamp) and value.tz else None
    return ("pt", type(value).__name__, int(value.value), zone)


def _read_moment(reading: Reading, kind: str, count: int, zone: str | None) -> Any:
    if kind in ("NaT", "NA"):
        return getattr(pd, kind)
    if kind == "Timedelta":
        return pd.Timedelta(count)
    return pd.Timestamp(count, tz="UTC").tz_convert(zone) if zone else pd.Timestamp(count)


_WRITERS: dict[type, Callable[[Writing, Any], Any]] = {
    pd.Series: _series,
    pd.DataFrame: _frame,
    **dict.fromkeys(
        (
            *(pd.Index, pd.RangeIndex, pd.MultiIndex, pd.DatetimeIndex, pd.TimedeltaIndex),
            *(pd.CategoricalIndex, pd.PeriodIndex, pd.IntervalIndex),
        ),
        lambda writing, value: ("pi", _index(writing, value)),
    ),
    **dict.fromkeys((pd.Period, pd.Interval), _span),
    **dict.fromkeys((pd.Timestamp, pd.Timedelta, type(pd.NaT), type(pd.NA)), _moment),
}
READERS: dict[str, Callable[..., Any]] = {
    "ps": _read_series,
    "pf": _read_frame,
    "pi": _read_index,
    "pt": _read_moment,
    "pq": _read_span,
}
