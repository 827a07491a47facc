"""Laws that the statistics of a class keep, whatever the class."""

from __future__ import annotations

import math
import statistics as standard
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.report import statistics

hundredths = st.integers(0, 10_000).map(lambda value: value / 100)
shares = st.integers(0, 100).map(lambda value: value / 100)
classes = st.lists(st.tuples(shares, hundredths), min_size=4, max_size=60)


@given(st.lists(hundredths, max_size=60), st.integers(1, 20))
def test_a_histogram_counts_everybody_once(values, bins):
    found = statistics.histogram(values, 0, 100, bins)
    assert sum(one.count for one in found) == len(values)
    assert len(found) == bins
    assert all(one.high == pytest.approx(other.low) for one, other in pairwise(found))


@given(hundredths)
def test_a_value_is_counted_where_it_lies(value):
    (holds,) = [one for one in statistics.histogram([value], 0, 100, 10) if one.count]
    assert holds.low <= value <= holds.high


@pytest.mark.parametrize(
    ("value", "place"),
    [
        pytest.param(-5, 0, id="below the range"),
        pytest.param(105, 3, id="above the range"),
        pytest.param(100, 3, id="the highest value"),
        pytest.param(25, 1, id="on an edge"),
    ],
)
def test_what_is_outside_or_on_an_edge_has_its_bin(value, place):
    counts = [one.count for one in statistics.histogram([value], 0, 100, 4)]
    assert counts.index(1) == place


@given(st.lists(hundredths, min_size=1, max_size=60), shares)
def test_a_percentile_is_a_value_that_enough_do_not_exceed(values, share):
    found = statistics.percentile(values, share)
    assert found in values
    within = sum(value <= found for value in values)
    below = sum(value < found for value in values)
    assert within >= share * len(values)
    assert below <= max(share * len(values), 0)


@given(classes)
def test_discrimination_lies_between_its_bounds(pairs):
    found = statistics.discrimination(*zip(*pairs, strict=True))
    assert found is None or -1 - 1e-9 <= found <= 1 + 1e-9


@given(classes, st.randoms())
def test_discrimination_does_not_hang_on_the_order_of_students(pairs, chance):
    shuffled = chance.sample(pairs, len(pairs))
    one, other = (statistics.discrimination(*zip(*p, strict=True)) for p in (pairs, shuffled))
    assert one is None if other is None else one == pytest.approx(other)


@given(classes)
def test_discrimination_turns_its_sign_with_the_exercise(pairs):
    given_shares, totals = zip(*pairs, strict=True)
    turned = statistics.discrimination([1 - share for share in given_shares], totals)
    found = statistics.discrimination(given_shares, totals)
    assert turned is None if found is None else turned == pytest.approx(-found, abs=1e-9)


@given(shares, st.lists(hundredths, min_size=4, max_size=60, unique=True))
def test_an_exercise_that_all_solve_alike_tells_nothing(share, totals):
    given_shares = [share] * len(totals)
    assert statistics.discrimination(given_shares, totals) == pytest.approx(0, abs=1e-9)
    assert statistics.item_rest_correlation(given_shares, totals) is None


def test_discrimination_is_that_of_the_upper_and_lower_27_percent():
    # Eleven students: round(2.97) = 3 in either group.
    totals = list(range(11))
    given_shares = [0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0.5]
    expected = (0.5 + 1 + 1) / 3 - (0 + 0 + 1) / 3
    assert statistics.discrimination(given_shares, totals) == pytest.approx(expected)


def test_students_with_the_same_total_enter_a_group_with_equal_weights():
    # Eight students, two in either group; three share the second place from above.
    totals = [9, 8, 8, 8, 3, 2, 1, 0]
    given_shares = [1, 1, 0, 0, 0, 0, 0, 0]
    assert statistics.discrimination(given_shares, totals) == pytest.approx((1 + 1 / 3) / 2)


@given(classes)
def test_the_correlation_is_that_of_the_textbook(pairs):
    given_shares, rests = zip(*pairs, strict=True)
    found = statistics.item_rest_correlation(given_shares, rests)
    assume(found is not None)
    mean_x, mean_y = standard.fmean(given_shares), standard.fmean(rests)
    products = ((x - mean_x) * (y - mean_y) for x, y in pairs)
    expected = math.fsum(products) / len(pairs)
    expected /= standard.pstdev(given_shares) * standard.pstdev(rests)
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_small_a_class_has_no_index(count):
    numbers = [float(n) for n in range(count)]
    assert statistics.item_rest_correlation(numbers, numbers) is None
    assert (statistics.discrimination(numbers, numbers) is None) == (count < 2)


@given(st.lists(shares, min_size=1))
def test_difficulty_is_a_share(values):
    found = statistics.difficulty(values)
    assert found is not None
    assert min(values) - 1e-9 <= found <= max(values) + 1e-9


@given(st.floats(1e-6, 1e6))
def test_a_neat_bound_is_near_and_holds_the_value(value):
    assert value <= statistics.neat_bound(value) <= 2.5 * value * (1 + 1e-9)


def test_nothing_is_summed_up_to_nothing():
    assert statistics.summary([]) is None
    assert statistics.percentile([], 0.5) is None
    assert statistics.difficulty([]) is None
