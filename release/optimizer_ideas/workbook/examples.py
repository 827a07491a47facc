"""The documented examples of the four functions."""

# The type checker sees the student modules of the first assignment alone.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import testCases
from workbook.documented import Example, read_outputs

OUTPUTS: Mapping[str, Any] = read_outputs(Path(__file__).with_name("documented.json"))

EXAMPLES: Mapping[str, Example] = {
    "weighted_average": Example(testCases.weighted_average_test_case),
    "update_parameters_with_rmsprop": Example(testCases.update_parameters_with_rmsprop_test_case),
    "decayed_learning_rate": Example(testCases.decayed_learning_rate_test_case),
    "steps_to_reach": Example(testCases.steps_to_reach_test_case),
}
