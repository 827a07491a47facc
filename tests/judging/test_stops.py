"""What an exception means, in plain words."""

from __future__ import annotations

import pytest

from autograder.judging.stops import reading


def stopped(body):
    """Return the reason that a call gives which really stops."""
    namespace: dict = {}
    exec(f"def f(a, d={{}}):\n    {body}", namespace)
    try:
        namespace["f"](1)
    except Exception as error:
        return f"stopped with {type(error).__name__}: {error} in `{body}`"
    raise AssertionError("it did not stop")


@pytest.mark.parametrize(
    ("body", "expected", "word"),
    [
        pytest.param("return L", "name-without-value", "`L`", id="no such name"),
        pytest.param("b = c; c = 1", "name-before-value", "`c`", id="too early"),
        pytest.param("return 'W' + a", "text-and-number", "text", id="text and number"),
        pytest.param("return 'W' * '1'", "text-multiplied", "text", id="text times text"),
        pytest.param("return 'd' - 'W'", "text-in-arithmetic", "`-`", id="text minus text"),
        pytest.param("return a * d", "dict-in-arithmetic", "`*`", id="a whole dict"),
        pytest.param("return a - None", "none-in-arithmetic", "None", id="None"),
        pytest.param("return f(1, 2, 3)", "arguments-missing", "fewer", id="too few arguments"),
    ],
)
def test_what_python_raises_is_read(body, expected, word):
    (found,) = reading([stopped(body)] * 3)
    assert found.id == expected
    assert word in found.done


@pytest.mark.parametrize(
    "reasons",
    [
        pytest.param(["stopped with ValueError: odd"], id="no reading"),
        pytest.param(["stopped with KeyError"], id="no message"),
        pytest.param(["returned", ""], id="no exception"),
        pytest.param(
            [
                "stopped with NameError: name 'L' is not defined",
                "stopped with NameError: name 'm' is not defined",
            ],
            id="not the same",
        ),
    ],
)
def test_what_cannot_be_said_of_all_is_not_said(reasons):
    assert reading(reasons) == ()
