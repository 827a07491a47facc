"""What an exception means, in plain words, none of which the exception could have written."""

from __future__ import annotations

import pytest

from autograder.judging.stops import reading

NAMES = {"parameters", "s"}


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
        pytest.param("return L", "name-without-value", "A name", id="no such name"),
        pytest.param("return np", "name-without-value", "`np`", id="no NumPy"),
        pytest.param("b = c; c = 1", "name-before-value", "A name", id="too early"),
        pytest.param("g = s; s = 1", "name-before-value", "`s`", id="an argument too early"),
        pytest.param("return 'W' + a", "text-and-number", "text", id="text and number"),
        pytest.param("return 'W' * '1'", "text-multiplied", "text", id="text times text"),
        pytest.param("return 'd' - 'W'", "text-in-arithmetic", "`-`", id="text minus text"),
        pytest.param("return 'd' ** 'W'", "text-in-arithmetic", "`**`", id="text to the power"),
        pytest.param("return a * d", "dict-in-arithmetic", "`*`", id="a whole dict"),
        pytest.param("return a - None", "none-in-arithmetic", "None", id="None"),
        pytest.param("return f(1, 2, 3)", "arguments-missing", "fewer", id="too few arguments"),
    ],
)
def test_what_python_raises_is_read(body, expected, word):
    (found,) = reading([stopped(body)] * 3, NAMES)
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
    assert reading(reasons, NAMES) == ()


@pytest.mark.parametrize("made_up", ["secret", "x31415926", "31415926", "ᴬ3"])
@pytest.mark.parametrize(
    "says",
    [
        "NameError: name '{}' is not defined",
        "NameError: cannot access free variable '{}' where it is not associated with a value",
        "NameError: cannot access {} variable 'b' where",
        'TypeError: can only concatenate str (not "{}") to str',
        "TypeError: unsupported operand type(s) for *: 'dict' and '{}'",
        "TypeError: unsupported operand type(s) for {}: 'str' and 'str'",
        "TypeError: unsupported operand type(s) for -: 'NoneType' and '{}'",
        "TypeError: {}() takes 1 positional argument but 2 were given",
        "TypeError: f() takes {} positional arguments but 2 were given",
    ],
)
def test_nothing_that_an_exception_makes_up_is_told(says, made_up):
    told = reading([f"stopped with {says.format(made_up)}"] * 2, NAMES)
    assert not any(made_up in f"{one.id} {one.done} {one.look}" for one in told)
