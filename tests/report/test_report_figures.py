"""What the figures say in words: true of ties, too, and of a class of one."""

from __future__ import annotations

import pytest

from autograder.report import figures
from autograder.report.findings import CaseFinding, ExerciseFinding, Timing


def exercise(name: str, difficulty: float, discrimination: float | None = 0.5) -> ExerciseFinding:
    return ExerciseFinding(1, name, 10, 1, 0, 0, difficulty, discrimination, None)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        pytest.param([("a", 0.5), ("b", 0.7)], "a is the hardest: the class earns 50", id="one"),
        pytest.param([("a", 0.5), ("b", 0.5)], "a and b are the hardest", id="two"),
        pytest.param([("a", 0.5)] * 3, "a and 2 others are the hardest", id="three"),
        pytest.param([("a", 0.502), ("b", 0.498)], "a and b are", id="the same as shown"),
    ],
)
def test_the_hardest_exercises_are_named(found, says):
    assert says in figures.exercises([exercise(*one) for one in found]).message


def test_the_least_telling_exercise_is_named_where_the_class_tells():
    known = figures.discrimination([exercise("a", 1, None), exercise("b", 1, -0.1)])
    assert known is not None
    assert known.message.startswith("b tells strong from weak students least: its index is -0.10")
    assert "-1" in known.chart
    assert figures.discrimination([exercise("a", 1, None)]) is None


@pytest.mark.parametrize(
    ("failed", "says"),
    [
        pytest.param([5, 4], "“case 0” of f fails most often: in 50", id="one"),
        pytest.param([5, 5], "“case 0” of f and 1 other fail most often", id="two"),
        pytest.param([5, 5, 5], "“case 0” of f and 2 others fail most often", id="three"),
    ],
)
def test_the_hardest_cases_are_named(failed, says):
    found = [CaseFinding("f", f"case {n}", count, 10) for n, count in enumerate(failed)]
    figure = figures.cases(found)
    assert figure is not None
    assert says in figure.message
    assert figure.table is not None
    assert len(figure.table.rows) == len(failed)


@pytest.mark.parametrize(
    ("seconds", "axis"),
    [
        pytest.param((0.1, 0.12, 0.15), "0.2", id="alike"),
        pytest.param((0.1,) * 50 + (30.0,), "last column: and above", id="one ran into its limit"),
    ],
)
def test_one_slow_hand_in_does_not_hide_the_others(seconds, axis):
    found = Timing(0.1, sorted(seconds)[-2], (("ada", max(seconds)),), seconds)
    assert axis in figures.timing(found).chart


def test_nobody_failing_leaves_nothing_to_show():
    assert figures.cases([]) is None
    assert figures.misconceptions([]) is None
