"""Messages that are too large or too deep: refused where they are sent and where they arrive."""

from __future__ import annotations

import tracemalloc

import msgspec
import numpy as np
import pytest

from autograder.sandbox import wire
from autograder.sandbox.wire import Bounds, WireError
from autograder.sandbox.wire.frame import DTYPES
from tests.support.fuzz_wire import SMALL
from tests.support.wiring import unpacked


@pytest.mark.parametrize(
    ("message", "bound"),
    [
        ("x" * 4097, "header_bytes"),
        ([None] * 4097, "header_bytes"),
        ([[None] * 1000] * 5, "header_bytes"),
        ([1.5] * 500, "header_bytes"),
        (["x" * 1000] * 5, "header_bytes"),
        ("é" * 3000, "header_bytes"),
        ([object()] * 1000, "header_bytes"),
        (np.zeros(513), "buffer_bytes"),
        (np.broadcast_to(0.0, (1 << 40,)), "buffer_bytes"),
        ([np.zeros(400), np.zeros(400)], "buffer_bytes"),
        ([np.zeros(1) for _ in range(5)], "arrays"),
        ([np.zeros(0)] * 5, "arrays"),
        ([np.zeros(200)] * 3, "buffer_bytes"),
        ({"a": [np.zeros(200)], "b": (np.zeros(200).reshape(2, 100).T,) * 2}, "buffer_bytes"),
        (dict.fromkeys(range(5)), "keys"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value[:12],
)
def test_too_large_a_message_is_refused_by_the_sender_and_by_the_receiver(message, bound):
    with pytest.raises(WireError, match=bound):
        wire.pack(message, SMALL)
    if getattr(message, "nbytes", 0) < 1 << 20:
        with pytest.raises(WireError, match=bound):
            unpacked(message, SMALL)


@pytest.mark.parametrize(
    ("references", "bound"), [(5, "arrays"), (3, "buffer_bytes")], ids=["count", "bytes"]
)
def test_references_that_a_changed_sender_multiplied_are_refused_by_the_receiver(references, bound):
    columns = [b"l" + b"a" * references, [references, *[0] * references], [], [], b""]
    array = np.zeros(200 if bound == "buffer_bytes" else 1)
    frame = msgspec.msgpack.encode([*columns, [[DTYPES.index(array.dtype), array.size]]])
    assert len(wire.unpack(frame, array.tobytes())) == references
    with pytest.raises(WireError, match=bound):
        wire.unpack(frame, array.tobytes(), SMALL)


def test_a_message_of_too_many_values_is_refused_at_both_ends():
    few = Bounds(values=10)
    with pytest.raises(WireError, match="values"):
        wire.pack([None] * 10, few)
    with pytest.raises(WireError, match="values"):
        unpacked([None] * 10, few)
    assert unpacked([None] * 9, few) == [None] * 9


def test_a_message_of_too_many_containers_is_refused_at_both_ends():
    few = Bounds(containers=3)
    message = [(), {}, 1, 2]
    assert unpacked(message, few) == message
    with pytest.raises(WireError, match="containers"):
        wire.pack([*message, []], few)
    with pytest.raises(WireError, match="containers"):
        unpacked([*message, []], few)


def test_a_deep_message_is_refused_by_the_receiver():
    with pytest.raises(WireError, match="depth 4"):
        unpacked([[[[[]]]]], SMALL)
    assert unpacked([[[[1]]]], SMALL) == [[[[1]]]]


def test_a_list_that_doubles_at_each_level_is_given_up_soon():
    message: list = []
    for _ in range(15):
        message = [message] * 100
    with pytest.raises(WireError, match="header_bytes"):
        wire.pack(message)


@pytest.mark.parametrize(
    "item",
    [pytest.param("x" * 500_000, id="text"), pytest.param(type("x" * 80, (), {})(), id="kind")],
)
def test_what_is_too_large_is_given_up_before_it_is_built(item):
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="header_bytes"):
            wire.pack([item] * 200_000)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
