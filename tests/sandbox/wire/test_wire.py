"""Messages to and from a student's process: plain data arrives as it was."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire
from autograder.sandbox.wire import Opaque
from autograder.sandbox.wire.frame import DTYPES
from autograder.sandbox.wire.writer import Writer
from tests.support.wiring import assert_same, over_the_wire, unpacked

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
    first, (second,) = over_the_wire([array, (array,)])
    assert first is second


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


def test_pack_leaves_an_array_as_it_is():
    array = np.arange(3.0)
    array.flags.writeable = False
    wire.pack({"W": array})
    assert array.tolist() == [0, 1, 2]


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
