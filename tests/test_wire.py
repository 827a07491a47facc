"""Messages to and from a student's process: plain data survives, nothing else passes."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections import OrderedDict, namedtuple
from collections.abc import Callable
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire
from autograder.sandbox.frame import DTYPES
from autograder.sandbox.frame_writer import Writer
from autograder.sandbox.wire import Bounds, Closed, Opaque, WireError
from tests.fuzz_wire import SMALL


def soon() -> float:
    return time.monotonic() + 20


def over_the_wire(message, bounds=Bounds()):  # noqa: B008  (frozen)
    """Return `message` as the other end gets it, whatever its size."""
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        sending = threading.Thread(
            target=wire.send, args=(ours, message), kwargs={"deadline": soon()}
        )
        sending.start()
        received = wire.receive(theirs, bounds, deadline=soon())
        sending.join()
    return received


def unpacked(message, bounds=Bounds()):  # noqa: B008  (frozen)
    frame = b"".join(wire.pack(message))
    _, size, _ = wire.PREFIX.unpack_from(frame)
    body = frame[wire.PREFIX.size :]
    return wire.unpack(body[:size], body[size:], bounds)


def assert_same(one, other):
    """Same types, bits, order of keys, and dtype but for its byte order."""
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert one.shape == other.shape and other.dtype == one.dtype.newbyteorder("<")
        assert one.astype(other.dtype).tobytes() == other.tobytes()
    elif isinstance(one, np.generic):
        assert one.tobytes() == other.tobytes()
    elif isinstance(one, dict):
        assert list(one) == list(other)
        assert_same(list(one.values()), list(other.values()))
    elif isinstance(one, list | tuple):
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            assert_same(left, right)
    else:
        assert repr(one) == repr(other)


# --- what survives

INTS = st.integers(-(2**63), 2**64 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN_DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(endianness="?", sizes=(64, 128)),
)
ARRAYS = hnp.arrays(PLAIN_DTYPES, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
SCALARS = (
    st.sampled_from(DTYPES).flatmap(hnp.from_dtype).filter(lambda v: isinstance(v, np.generic))
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    INTS,
    st.floats(),
    st.complex_numbers(),
    TEXTS,
    ARRAYS,
    SCALARS,
    st.builds(Opaque, st.sampled_from(["Tensor", "π", "a b"])),
)
MESSAGES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(TEXTS | INTS, inner, max_size=4),
    ),
    max_leaves=20,
)


@given(MESSAGES)
@settings(deadline=None)
def test_plain_data_arrives_as_it_was(message):
    assert_same(message, unpacked(message))


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(np.arange(3_000_000.0).reshape(3, -1), id="more than a socket holds"),
        pytest.param([np.full(3, i) for i in range(4096)], id="as many arrays as allowed"),
        pytest.param([np.full(9000, i) for i in range(1200)], id="more pieces than one sendmsg"),
        pytest.param(["x" * 1000] * 1000, id="a header of many chunks"),
        pytest.param(np.zeros((0, 10**12)), id="empty array of a huge side"),
        pytest.param(np.zeros((1,) * 64), id="64 dimensions"),
        pytest.param(np.array(2.5), id="no dimension"),
    ],
)
def test_large_and_odd_messages_arrive_over_a_socket(message):
    assert_same(message, over_the_wire(message))


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(np.asfortranarray(np.arange(6.0).reshape(2, 3)), id="Fortran order"),
        pytest.param(np.arange(12)[::-2], id="negative stride"),
        pytest.param(np.broadcast_to(np.float32(1), (3, 2)), id="stride 0, read only"),
        pytest.param(np.arange(3, dtype=">i4"), id="big endian"),
    ],
)
@pytest.mark.parametrize("carry", [unpacked, over_the_wire])
def test_an_array_arrives_as_one_of_the_receivers_own(array, carry):
    arrived = carry(array)
    assert_same(array, arrived)
    assert arrived.flags.c_contiguous and arrived.flags.writeable and arrived.flags.owndata
    assert arrived.flags.aligned and arrived.dtype.str[0] in "<|"


def test_the_same_array_twice_arrives_as_one():
    array = np.eye(3)
    first, (second,), view = over_the_wire([array, (array,), array[:]])
    assert first is second is view


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda a: a.copy(), id="copy"),
        pytest.param(lambda a: a.T, id="transposed"),
        pytest.param(lambda a: a[:2], id="slice"),
        pytest.param(lambda a: a.view("u8"), id="other dtype"),
    ],
)
def test_another_array_arrives_as_another(other):
    array = np.arange(9.0).reshape(3, 3)
    first, second = over_the_wire([array, other(array)])
    assert first is not second and not np.shares_memory(first, second)
    assert_same(other(array), second)


# --- what becomes opaque


class Hostile:
    __slots__ = ()

    def __getattribute__(self, name):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    def __hash__(self):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError

    __class__ = property(lambda self: 1 / 0)  # type: ignore[assignment]


def of_a_hostile_metaclass() -> type:
    """Return a class that fails whatever is asked; pytest must not find it in this module."""

    class HostileMeta(type):
        __name__ = property(lambda cls: 1 / 0)  # type: ignore[assignment]

        def __getattribute__(cls, name):
            raise RuntimeError

        def __hash__(cls):
            raise RuntimeError

        def __eq__(cls, other):
            raise RuntimeError

    return HostileMeta("Posing", (), {})


def posing() -> object:
    return of_a_hostile_metaclass()()


class Name(str):
    def __getitem__(self, key):
        raise RuntimeError


Point = namedtuple("Point", "x y")
TRANSPARENT = type("int", (int,), {})(3)


def cyclic():
    items: list = []
    items.append(items)
    return items


OPAQUE: list[tuple[Callable[[], object], str]] = [
    (object, "object"),
    (lambda: b"bytes", "bytes"),
    (lambda: {1}, "set"),
    (lambda: 2**64, "int"),
    (lambda: -(2**63) - 1, "int"),
    (lambda: "\ud800", "str"),
    (lambda: np.str_("text"), "str_"),
    (lambda: TRANSPARENT, "int"),
    (lambda: Point(1, 2), "Point"),
    (lambda: OrderedDict(a=1), "OrderedDict"),
    (lambda: {(1, 2): 3}, "dict"),
    (lambda: {True: 3}, "dict"),
    (lambda: {2**64: 3}, "dict"),
    (lambda: {"\ud800": 3}, "dict"),
    (lambda: {"a": 1, None: 2}, "dict"),
    (lambda: np.longdouble(1), "longdouble"),
    (lambda: np.datetime64("2026-01-01"), "datetime64"),
    (lambda: np.array([1], np.longdouble), "ndarray"),
    (lambda: np.array(["a"]), "ndarray"),
    (lambda: np.array([object()]), "ndarray"),
    (lambda: np.array(["a"], np.dtypes.StringDType()), "ndarray"),
    (lambda: np.zeros(2, [("x", "f8")]), "ndarray"),
    (lambda: np.zeros(2, "m8[s]"), "ndarray"),
    (lambda: np.ma.array([1.0]), "MaskedArray"),
    (lambda: np.zeros(2).view(np.recarray), "recarray"),
    (Hostile, "Hostile"),
    (posing, "Posing"),
    (of_a_hostile_metaclass, "HostileMeta"),
    (type(Name("Named"), (), {}), "Named"),
    (type("x" * 200, (), {}), "x" * 80),
    (type("a\nb\x1b\u202e", (), {}), "a?b??"),
    (type("", (), {}), "?"),
    (lambda: Opaque("a\n" + "b" * 200), "a?" + "b" * 78),
    (lambda: Opaque(TRANSPARENT), "Opaque"),  # type: ignore[arg-type]
    (lambda: soon, "function"),
]


@pytest.mark.parametrize(("make", "kind"), OPAQUE)
def test_anything_else_arrives_as_opaque(make, kind):
    assert unpacked([make(), 1]) == [Opaque(kind), 1]


def test_a_container_within_itself_is_cut_off():
    message = unpacked(cyclic())
    for _ in range(Bounds().depth):
        (message,) = message
    assert message == Opaque("too deep")


@pytest.mark.parametrize("make", [list, dict.fromkeys])
def test_a_container_that_another_thread_empties_meanwhile_arrives_as_it_was(make):
    items = make([1, 2, 3])

    def empty_it(frame, event, arg):
        if frame.f_code is Writer.write.__code__ and frame.f_locals["depth"] == 1:
            items.clear()

    sys.setprofile(empty_it)
    try:
        message = unpacked(items)
    finally:
        sys.setprofile(None)
    assert items == make([]) and message == make([1, 2, 3])


def test_pack_leaves_an_array_as_it_is():
    array = np.arange(3.0)
    array.flags.writeable = False
    wire.pack({"W": array})
    assert array.tolist() == [0, 1, 2]


# --- the socket


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        yield ours, theirs


@pytest.mark.parametrize("sent", [b"", b"wb", wire.PREFIX.pack(wire.MAGIC, 100, 0) + b"x"])
def test_receive_gives_up_at_the_deadline(pair, sent):
    ours, theirs = pair
    theirs.sendall(sent)
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.receive(ours, deadline=start + 0.05)
    assert 0.04 < time.monotonic() - start < 5


def test_a_slow_drip_does_not_move_the_deadline(pair):
    ours, theirs = pair
    stop = threading.Event()

    def drip():
        theirs.send(wire.PREFIX.pack(wire.MAGIC, 1 << 20, 0))
        while not stop.wait(0.005):
            theirs.send(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.receive(ours, deadline=start + 0.1)
    assert time.monotonic() - start < 5
    stop.set()
    dripping.join()


def test_send_gives_up_at_the_deadline_when_nobody_reads(pair):
    with pytest.raises(TimeoutError):
        wire.send(pair[0], np.zeros(1 << 20), deadline=time.monotonic() + 0.05)


@pytest.mark.parametrize(
    "act",
    [
        lambda sock, when: wire.send(sock, 1, deadline=when),
        lambda sock, when: wire.receive(sock, deadline=when),
    ],
    ids=["send", "receive"],
)
def test_a_deadline_that_has_passed_is_a_time_out(pair, act):
    with pytest.raises(TimeoutError):
        act(pair[0], time.monotonic() - 1)


def test_no_deadline_waits(pair):
    ours, theirs = pair
    later = threading.Timer(0.05, wire.send, (theirs, "late"), {"deadline": None})
    later.start()
    assert wire.receive(ours, deadline=None) == "late"
    later.join()


@pytest.mark.parametrize("timeout", [None, 3.0, 0.0])
def test_the_socket_keeps_its_own_time_out(pair, timeout):
    ours, theirs = pair
    ours.settimeout(timeout)
    wire.send(ours, 1, deadline=soon())
    wire.send(theirs, 1, deadline=soon())
    wire.receive(ours, deadline=soon())
    with pytest.raises(TimeoutError):
        wire.receive(ours, deadline=time.monotonic() + 0.01)
    assert ours.gettimeout() == timeout


def test_a_closed_end_is_closed_both_ways(pair):
    ours, theirs = pair
    theirs.close()
    with pytest.raises(Closed):
        wire.receive(ours, deadline=soon())
    with pytest.raises(Closed):
        wire.send(ours, 1, deadline=soon())


def test_an_end_that_closes_with_our_bytes_unread_is_closed(pair):
    ours, theirs = pair
    wire.send(ours, 1, deadline=soon())
    theirs.close()
    with pytest.raises(Closed):
        wire.receive(ours, deadline=soon())


def test_an_end_that_another_thread_of_ours_closes_is_closed():
    class ClosedMeanwhile(socket.socket):
        def recv_into(self, *_):
            self.close()
            return 0

    ours, theirs = socket.socketpair()
    with closing(theirs), pytest.raises(Closed):
        wire.receive(ClosedMeanwhile(fileno=ours.detach()), deadline=soon())


def test_messages_follow_one_another(pair):
    ours, theirs = pair
    for number in range(3):
        wire.send(ours, [number, np.full(2, number)], deadline=soon())
    for number in range(3):
        assert_same([number, np.full(2, number)], wire.receive(theirs, deadline=soon()))


def test_a_message_that_is_too_large_leaves_the_connection_usable(pair):
    ours, theirs = pair
    with pytest.raises(WireError):
        wire.send(ours, np.zeros(513), deadline=soon(), bounds=SMALL)
    wire.send(ours, "smaller", deadline=soon())
    assert wire.receive(theirs, deadline=soon()) == "smaller"


def test_the_wire_needs_nothing_of_the_grading_side():
    program = (
        "import sys, autograder.sandbox.wire\n"
        "print(*sorted(name for name in sys.modules if name.startswith('autograder')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    inside = "autograder autograder.sandbox"
    assert all(
        name in inside or name.startswith("autograder.sandbox.") for name in done.stdout.split()
    )
