"""Frames that are forged or cut short: a `WireError`, in bounded time and memory."""

from __future__ import annotations

import contextlib
import struct
import subprocess
import sys
import unittest.mock

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox import wire
from autograder.sandbox.wire import Bounds, Closed, Opaque, WireError
from autograder.sandbox.wire import reader as frame_reader
from autograder.sandbox.wire.frame import DTYPES
from tests.support.fuzz_wire import SMALL, receive_frame, try_changed, try_frame
from tests.support.wiring import assert_same

BOOL, FLOAT64 = DTYPES.index(np.dtype("?")), DTYPES.index(np.dtype("<f8"))


def header(codes: object = b"N", ints=(), floats=(), texts=(), scalars=b"", arrays=()):
    return msgspec.msgpack.encode([codes, ints, floats, texts, scalars, arrays])


def one_array(*form):
    return header(b"a", [0], arrays=[form])


LIAR = b"\xdd\xff\xff\xff\xff"  # a list of 2**32 - 1 items, none of which follows
FORGED = {
    "empty": b"",
    "not msgpack": b"\xc1",
    "no list": b"\xc0",
    "too few columns": msgspec.msgpack.encode([b"N"]),
    "too many columns": msgspec.msgpack.encode([b"N", [], [], [], b"", [], 1]),
    "bytes after the end": header() + b"\xc0",
    "text for codes": header("N"),
    "a pickle extension": msgspec.msgpack.encode(msgspec.msgpack.Ext(1, b"x")),
    "list that lies": LIAR,
    "column that lies": b"\x96\xc4\x01N" + LIAR,
    "bytes that lie": b"\x96\xc6\xff\xff\xff\xff",
    "deep msgpack": b"\x91" * 100_000,
    "deep column": b"\x96\xc4\x01N" + b"\x91" * 100_000,
    "float for an int": header(b"i", [1.0]),
    "bool for an int": header(b"i", [True]),
    "text that is no UTF-8": b"\x96\xc4\x01s\x90\x90\x91\xa1\xff\xc4\x00\x90",
    "half of a surrogate pair": b"\x96\xc4\x01s\x90\x90\x91\xa3\xed\xa0\x80\xc4\x00\x90",
    "no code": header(b""),
    "unknown code": header(b"?"),
    "codes left": header(b"NN"),
    "ints left": header(ints=[1]),
    "floats left": header(floats=[1.0]),
    "texts left": header(texts=["a"]),
    "scalars left": header(scalars=b"a"),
    "int missing": header(b"i"),
    "float missing": header(b"c", floats=[1.0]),
    "text missing": header(b"s"),
    "items missing": header(b"lN", [2]),
    "count missing": header(b"l"),
    "huge count": header(b"lN", [2**64 - 1]),
    "negative count": header(b"l", [-1]),
    "huge dict": header(b"dN", [2**64 - 1]),
    "same key twice": header(b"diNiN", [2, 1, 1]),
    "key that is a list": header(b"dlN", [1, 0]),
    "key that is True": header(b"dTN", [1]),
    "key that is a float": header(b"dfN", [1], [1.0]),
    "too deep": header(b"l" * 17 + b"N", [1] * 17),
    "much too deep": header(b"l" * 50_000 + b"N", [1] * 50_000),
    "array out of range": header(b"a", [0]),
    "array before the first": header(b"a", [-1], arrays=[[0, 0]]),
    "array without dtype": one_array(),
    "dtype out of range": one_array(len(DTYPES), 0),
    "negative dtype": one_array(-1, 0),
    "object dtype by name": msgspec.msgpack.encode([b"a", [0], [], [], b"", [["|O", 0]]]),
    "negative side": one_array(FLOAT64, -1),
    "two negative sides": one_array(FLOAT64, -1, -1),
    "negative side beside 0": one_array(FLOAT64, 0, -1),
    "65 dimensions": one_array(FLOAT64, *[0] * 65),
    "huge empty shape": one_array(FLOAT64, 0, 2**63, 2**63),
    "empty shape just too large": one_array(FLOAT64, 0, 2**60),
    "huge shape": one_array(FLOAT64, *[2**63] * 60),
    "shape that wraps to 0": one_array(FLOAT64, 2**32, 2**32),
    "more bytes than come": one_array(FLOAT64, 1),
    "scalar dtype out of range": header(b"g", [len(DTYPES)], scalars=b"x" * 32),
    "negative scalar dtype": header(b"g", [-1], scalars=b"x" * DTYPES[-1].itemsize),
    "scalar cut short": header(b"g", [FLOAT64], scalars=b"x" * 7),
    "kind empty": header(b"o", texts=[""]),
    "kind too long": header(b"o", texts=["x" * 81]),
    "kind not printable": header(b"o", texts=["\x1b[2J"]),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_header_is_a_wire_error(forged):
    with pytest.raises(WireError):
        wire.unpack(forged, b"")
    with pytest.raises(WireError):
        receive_frame(wire.PREFIX.pack(wire.MAGIC, len(forged), 0) + forged, Bounds())


@pytest.mark.parametrize("length", [0, 7, 9, 16])
def test_array_bytes_that_do_not_match_the_shape_are_a_wire_error(length):
    with pytest.raises(WireError, match="the arrays need 8 bytes"):
        wire.unpack(one_array(FLOAT64, 1), bytes(length))


def test_too_many_arrays_are_a_wire_error():
    with pytest.raises(WireError, match="arrays"):
        wire.unpack(header(arrays=[[FLOAT64, 0]] * 4097), b"")


def test_forged_bools_arrive_as_true():
    arrived = wire.unpack(
        header(b"tag", [2, 0, BOOL], scalars=b"\x05", arrays=[[BOOL, 3]]), b"\0\2\xff"
    )
    array, scalar = arrived
    assert array.view(np.uint8).tolist() == [0, 1, 1]
    assert scalar.tobytes() == b"\1"


@pytest.mark.parametrize(
    ("prefix", "complaint"),
    [
        (wire.PREFIX.pack(b"HTTP", 0, 0), "beginning of a frame"),
        (wire.PREFIX.pack(wire.MAGIC, (1 << 20) + 1, 0), "header_bytes"),
        (wire.PREFIX.pack(wire.MAGIC, 0xFFFFFFFF, 0), "header_bytes"),
        (wire.PREFIX.pack(wire.MAGIC, 0, (256 << 20) + 1), "buffer_bytes"),
        (wire.PREFIX.pack(wire.MAGIC, 0, 2**64 - 1), "buffer_bytes"),
        (wire.PREFIX.pack(wire.MAGIC, 0, 0), "malformed"),
    ],
)
def test_a_forged_prefix_is_refused_before_anything_is_read(prefix, complaint):
    with pytest.raises(WireError, match=complaint):
        receive_frame(prefix, Bounds())


def test_bytes_that_never_come_cost_no_memory():
    """In a process of its own: the peak of this one's memory is no longer low."""
    lies = one_array(FLOAT64, 31 << 20)
    frames = [
        wire.PREFIX.pack(wire.MAGIC, len(lies), 248 << 20) + lies + bytes(100),
        wire.PREFIX.pack(wire.MAGIC, 1 << 20, 0) + bytes(100),
    ]
    program = (
        "from tests.support.memory import most_used\n"
        "from tests.support.fuzz_wire import receive_frame\n"
        "from autograder.sandbox.wire import Bounds, Closed\n"
        "before = most_used()\n"
        f"for frame in {frames!r}:\n"
        "    try: receive_frame(frame, Bounds())\n"
        "    except Closed: print(most_used() - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    grown = [int(line) for line in done.stdout.split()]
    assert len(grown) == len(frames) and max(grown) < 16 << 20


WORST = {
    "values": lambda n: header(b"l" + b"N" * n, [n]),
    "empty lists": lambda n: header(b"l" + b"l" * n, [n] + [0] * n),
    "numbers": lambda n: header(b"l" + b"g" * n, [n] + [BOOL] * n, scalars=bytes(n)),
    "keys": lambda n: header(b"d" + b"iN" * n, [n, *range(n)]),
    "references": lambda n: header(b"l" + b"a" * n, [n] + [0] * n, arrays=[[BOOL, 0]]),
    "kinds": lambda n: header(b"l" + b"o" * n, [n], texts=["x"] * n),
    "arrays": lambda n: header(b"N", arrays=[[BOOL, 0]] * n),
    "columns that hold nothing": lambda n: header(b"N", ints=[0] * n),
    "lists that all lie": lambda n: b"\x96\xc4\x01N" + b"\xdd\x00\x0f\xff\xff" * n,
}


def calls_to_read(forged: bytes) -> int:
    """Return how many functions are called to read a frame, Python's and those of libraries."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        with contextlib.suppress(WireError):
            wire.unpack(forged, b"")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("made", WORST.values(), ids=WORST)
def test_the_work_of_reading_grows_with_the_header_and_no_faster(made):
    few, many = (calls_to_read(made(n)) for n in (1000, 4000))
    assert few < 20 * 1000
    assert many < 4.5 * few + 100


@pytest.mark.parametrize(
    ("forged", "bound"),
    [
        pytest.param(header(b"l" + b"N" * 9000, [9000]), "values", id="values"),
        pytest.param(header(arrays=[[BOOL, 0]] * 2000), "arrays", id="arrays"),
        pytest.param(header(b"N", [0] * 9000), "more than its message", id="numbers"),
        pytest.param(header(b"N", floats=[0.0] * 5000), "more than its message", id="floats"),
        pytest.param(header(b"N", texts=[""] * 9000), "more than its message", id="texts"),
    ],
)
def test_a_header_with_too_many_items_is_refused_before_they_take_memory(forged, bound):
    with (
        pytest.raises(WireError, match=bound),
        unittest.mock.patch.object(frame_reader, "_DECODER", None),
    ):
        wire.unpack(forged, b"", wire.ANSWER)


EXAMPLE = [
    "call",
    {"W1": np.arange(4.0), 2: (None, True, 1j)},
    np.float32(1),
    np.ones(2),
    "é",
    Opaque("x"),
]


def test_a_frame_cut_short_anywhere_means_that_the_other_end_is_gone():
    frame = b"".join(wire.pack(EXAMPLE))
    for length in range(len(frame)):
        with pytest.raises(Closed):
            receive_frame(frame[:length], Bounds())
    assert_same(EXAMPLE, receive_frame(frame, Bounds()))


def test_a_header_cut_short_anywhere_is_a_wire_error():
    _, size, _ = wire.PREFIX.unpack_from(wire.pack(EXAMPLE)[0])
    whole = wire.pack(EXAMPLE)[0][wire.PREFIX.size :]
    for length in range(size):
        with pytest.raises(WireError):
            wire.unpack(whole[:length], bytes(48))


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_random_bytes_raise_nothing_but_wire_errors(data):
    try_frame(data, SMALL)
    try_frame(wire.PREFIX.pack(wire.MAGIC, len(data), 0) + data, SMALL)


@given(st.binary(max_size=64), st.integers(0, 2**32))
@settings(max_examples=300)
def test_changed_frames_raise_nothing_but_wire_errors(data, seed):
    try_changed(struct.pack("<I", seed % 2**32) + data)
