"""The laws look at sizes before they put anything together."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring.exercises import student_modules
from tests.conftest import NAME
from tests.support.assignments import COURSE

with student_modules(COURSE, NAME):
    from workbook.partition import partition


@pytest.mark.parametrize(
    "dealt",
    [
        pytest.param(lambda X, Y: [(X, Y)] * 30, id="one batch thirty times"),
        pytest.param(lambda X, Y: [(X[:, :1], Y[:, :1])] * 400, id="more batches than examples"),
        pytest.param(lambda X, Y: [(X, Y[:, :1]), (X[:, :1], Y)], id="one column too many"),
    ],
)
def test_batches_of_more_columns_than_there_are_go_into_no_array(dealt, monkeypatch):
    X, Y = np.arange(62.0).reshape(2, 31), np.arange(31.0).reshape(1, 31)
    for function in ("hstack", "vstack", "concatenate", "sort", "ascontiguousarray"):
        monkeypatch.delattr(np, function)
    shape, *others = partition(dealt(X, Y), X, Y, 7)
    if shape.passed:  # else the structure is wrong already
        assert [finding.subject for finding in others] == [
            "the sizes",
            "every example once",
            "X and Y together",
        ]
        assert not any(finding.passed for finding in others)


def test_a_negative_zero_is_a_zero():
    X, Y = np.arange(12.0).reshape(2, 6), np.array([[0.0, 1.0] * 3])
    batches = [(X[:, :4], np.negative(Y[:, :4]) * -1), (X[:, 4:], Y[:, 4:])]
    batches[0][1][0, 0] = -0.0
    assert all(finding.passed for finding in partition(batches, X, Y, 4))
