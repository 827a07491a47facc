"""The wire's two ends: deadlines, ends that close, and what follows a message."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox import wire
from autograder.sandbox.wire import Closed, WireError
from tests.support.fuzz_wire import SMALL
from tests.support.wiring import assert_same, soon


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        yield ours, theirs


@pytest.fixture(params=[False, True], ids=["no more than the message", "ahead"])
def ahead(request):
    return bytearray() if request.param else None


@pytest.mark.parametrize("sent", [b"", b"wb", wire.PREFIX.pack(wire.MAGIC, 100, 0) + b"x"])
def test_receive_gives_up_at_the_deadline(pair, sent, ahead):
    ours, theirs = pair
    theirs.sendall(sent)
    deadline = time.monotonic() + 0.05
    with pytest.raises(TimeoutError):
        wire.receive(ours, deadline=deadline, ahead=ahead)
    assert time.monotonic() >= deadline - 0.01  # not before


@given(
    # Some are larger than what is read at once.
    sizes=st.lists(st.integers(0, 200) | st.integers(0, 3 * wire.CHUNK // 8), max_size=8),
    cuts=st.lists(st.integers(0, 1 << 18), max_size=20),
    takes_frames=st.booleans(),
)
def test_messages_arrive_whole_however_they_are_cut(sizes, cuts, takes_frames):
    messages = [[number, np.arange(float(size))] for number, size in enumerate(sizes)]
    data = b"".join(piece for message in messages for piece in wire.pack(message))
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        pieces = [data[start:end] for start, end in pairwise(places)]
        sending = threading.Thread(target=lambda: [theirs.sendall(piece) for piece in pieces])
        sending.start()
        ahead = bytearray()
        for message in messages:
            if takes_frames:
                frame = wire.receive_frame(ours, deadline=soon(), ahead=ahead)
                assert_same(wire.unpack(*frame), message)
            else:
                assert_same(wire.receive(ours, deadline=soon(), ahead=ahead), message)
        sending.join()
        assert not ahead


def test_a_slow_drip_does_not_move_the_deadline(pair, ahead):
    ours, theirs = pair
    stop = threading.Event()

    def drip():
        theirs.send(wire.PREFIX.pack(wire.MAGIC, 1 << 20, 0))
        while not stop.wait(0.005):
            theirs.send(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(TimeoutError):
        wire.receive(ours, deadline=time.monotonic() + 0.1, ahead=ahead)
    assert dripping.is_alive()  # it was not the end of what came that ended the wait
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
