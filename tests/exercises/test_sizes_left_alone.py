"""What a start does to the list of sizes is judged, whatever it puts there."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.verdict import Outcome
from autograder.authoring.reference import load_reference
from autograder.judging.in_process import grade_function
from tests.support.assignments import COURSE, load

ZEROS = "initialize_parameters_zeros"


@pytest.mark.parametrize("there", [np.array([11, 11]), "11", [11], None, np.nan])
def test_something_odd_in_the_list_of_sizes_fails_and_is_judged(there):
    assignment = load("initialization")
    right = load_reference(COURSE, assignment)[ZEROS]

    def start(layers_dims):
        parameters = right(layers_dims)
        layers_dims[0] = there
        return parameters

    verdict = grade_function(assignment.exercise(ZEROS), start, right, 5)
    (case,) = (case for case in verdict.cases if case.name == "the list left alone")
    assert case.outcome is Outcome.FAILED
