"""What an examination asks for travels: there and back is the same, and what is odd is refused."""

from __future__ import annotations

import collections
import contextlib
import datetime
import math

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.examining.describing import describe
from autograder.sandbox.examining.travelling.reading import _READERS, Reading
from autograder.sandbox.examining.travelling.references import Malformed, References, TooMany
from autograder.sandbox.examining.travelling.writing import Writing
from tests.support.fuzz_travelling import run

EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True)


def frame_of(written):
    octets = b"".join(map(bytes, wire.pack(written, EXAM)))
    _, size, _ = wire.PREFIX.unpack_from(octets)
    body = octets[wire.PREFIX.size :]
    return wire.Frame(body[:size], body[size:])


def no_object(_reading, _number, _said):
    raise Malformed("no object is known here")


def read(written):
    return Reading(References(-1), {}, no_object).read(wire.unpack(*frame_of(written), EXAM))


def travelled(value):
    return read(Writing(References(1), {}, describe).write(value))


def same(one, other) -> bool:
    """Tell whether two are of one type and content; what is no number is the same as itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return (one == other and math.copysign(1, one) == math.copysign(1, other)) or (
            math.isnan(one) and math.isnan(other)
        )
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple | collections.deque):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same([*one.items()], [*other.items()])
    return one == other


NUMBERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**80), 10**80),
    st.floats(),
    st.complex_numbers(),
    st.fractions(),
    st.decimals(allow_nan=False),
)
PLAIN = st.one_of(
    NUMBERS,
    st.text(st.characters(exclude_categories=["Cs"])),
    st.binary(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(datetime.UTC)),
    st.times(),
    st.timedeltas(),
    st.builds(range, st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 9)),
    st.builds(slice, st.integers() | st.none(), st.integers() | st.none()),
)
KEYS = st.one_of(st.integers(), st.text("abc"), st.tuples(st.integers(), st.text("xy")))
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(KEYS, inner, max_size=4),
        st.lists(inner, max_size=3).map(collections.deque),
        st.dictionaries(KEYS, inner, max_size=3).map(collections.OrderedDict),
        st.sets(KEYS, max_size=4),
        st.frozensets(KEYS, max_size=4),
        st.lists(KEYS, max_size=4).map(collections.Counter),
    ),
    max_leaves=12,
)


@EXAMPLES
@given(NESTED)
def test_plain_data_is_the_same_at_the_other_end(value):
    assert same(travelled(value), value)


DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="="),
    hnp.unsigned_integer_dtypes(endianness="="),
    hnp.floating_dtypes(endianness="=", sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(endianness="=", sizes=(64, 128)),
    hnp.unicode_string_dtypes(endianness="=", min_len=1, max_len=5),
    hnp.byte_string_dtypes(endianness="=", min_len=1, max_len=5),
    hnp.datetime64_dtypes(endianness="="),
    hnp.timedelta64_dtypes(endianness="="),
)


@EXAMPLES
@given(DTYPES.flatmap(lambda kind: hnp.arrays(kind, hnp.array_shapes(min_dims=0, min_side=0))))
def test_an_array_is_the_same_at_the_other_end(value):
    came = travelled(value)
    assert came.shape == value.shape and came.dtype == value.dtype
    np.testing.assert_array_equal(came, value)


@EXAMPLES
@given(DTYPES.flatmap(lambda kind: hnp.arrays(kind, (1,))))
def test_a_scalar_of_numpy_is_the_same_at_the_other_end(value):
    came = travelled(value[0])
    assert type(came) is type(value[0])
    np.testing.assert_array_equal(came, value[0])


FLOATS = st.floats(allow_infinity=False)
COLUMNS = {
    "whole": (st.integers(-(2**40), 2**40), "int64"),
    "real": (FLOATS, "float64"),
    "flag": (st.booleans(), "bool"),
    "missing flag": (st.booleans() | st.none(), "boolean"),
    "missing whole": (st.integers(-99, 99) | st.none(), "Int64"),
    "missing real": (st.floats(-9, 9) | st.none(), "Float64"),
    "word": (st.text("abé", max_size=3) | st.none(), "string"),
    "text": (st.text("abé", max_size=3) | st.none(), "str"),
    "kind": (st.sampled_from(["a", "b", None]), "category"),
    "thing": (st.integers(0, 9) | st.text("ab", max_size=2) | st.none(), "object"),
    "when": (
        st.datetimes(
            min_value=datetime.datetime(1900, 1, 1), max_value=datetime.datetime(2100, 1, 1)
        )
        | st.none(),
        "datetime64[us]",
    ),
    "where": (st.integers(0, 2**31), "datetime64[s, Europe/Rome]"),
    "span": (st.integers(-(2**31), 2**31), "timedelta64[s]"),
    "month": (st.integers(-99, 999), "period[M]"),
}


@st.composite
def series(draw, size=None):
    name = draw(st.sampled_from([*COLUMNS]))
    values, dtype = COLUMNS[name]
    size = draw(st.integers(0, 5)) if size is None else size
    parts = draw(st.lists(values, min_size=size, max_size=size))
    if dtype.startswith("period"):
        return pd.Series(pd.PeriodIndex.from_ordinals(parts, freq="M"), name=name)
    return pd.Series(parts, dtype=dtype, name=name)


@st.composite
def tables(draw):
    size = draw(st.integers(0, 5))
    columns = draw(st.lists(series(size), max_size=4))
    made = pd.DataFrame(dict(enumerate(columns)), index=range(size))
    made.columns = draw(
        st.sampled_from([[column.name for column in columns], [*range(len(columns))]])
    )
    if columns and draw(st.booleans()):
        made.index = pd.Index(columns[0], name="key")
    return made


@EXAMPLES
@given(series())
def test_a_series_is_the_same_at_the_other_end(value):
    pd.testing.assert_series_equal(travelled(value), value)
    pd.testing.assert_index_equal(travelled(pd.Index(value)), pd.Index(value))


@EXAMPLES
@given(tables())
def test_a_table_is_the_same_at_the_other_end(value):
    pd.testing.assert_frame_equal(travelled(value), value, check_column_type=False)


def test_what_is_the_same_object_is_so_at_the_other_end():
    inner: list = [1]
    came = travelled([inner, inner])
    assert came[0] is came[1]
    inner.append(inner)
    came = travelled(inner)
    assert came[1] is came


WIRE = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-9, 9), st.floats(), st.text("abM8<iU[]", max_size=6),
        st.just(np.arange(3)), st.just(np.zeros((2, 0))), st.sampled_from(sorted(_READERS)),
        st.sampled_from(["n", "z", "c", "e", "p", "v", "i", "m", "u", "o", "t", "int64", "<M8[s]"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.lists(inner, max_size=4),
        st.tuples(st.sampled_from(sorted(_READERS)), inner),
        st.tuples(st.sampled_from(sorted(_READERS)), st.integers(-3, 3), inner),
        st.tuples(st.sampled_from(sorted(_READERS)), st.integers(-3, 3), inner, inner),
        st.tuples(st.sampled_from(sorted(_READERS)), inner, inner, inner, inner),
    ),
    max_leaves=12,
)  # fmt: skip


def be_read(came):
    """Read what came, whatever it is; what it stands for or one refusal is all that may come."""
    with contextlib.suppress(Malformed, TooMany):
        Reading(References(-1), {}, no_object).read(came)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None, derandomize=True)
@given(WIRE)
def test_what_is_odd_is_refused_in_one_way(came):
    be_read(came)


@pytest.mark.parametrize("tag", sorted(_READERS))
def test_no_form_is_read_of_nothing(tag):
    if tag in ("el", "ni"):
        assert read((tag,)) is not None
    else:
        with pytest.raises(Malformed):
            read((tag,))


def test_changed_forms_of_every_kind_are_read_or_refused():
    assert min(run(20_000, seed=0)[outcome] for outcome in ("read", "refused")) > 100
