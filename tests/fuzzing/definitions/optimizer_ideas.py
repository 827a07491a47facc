"""Only the documented example has a law: what it prints. Every other case is compared."""

from __future__ import annotations

from autograder.assignment.exercise import DOCUMENTED
from tests.fuzzing.definitions.printed import as_documented
from tests.support.assignments import COURSE
from workbook.documented import read_outputs

# `workbook.examples` is the first assignment's wherever a test collects this module.
_DOCUMENTED = COURSE.student_modules("optimizer_ideas") / "workbook" / "documented.json"

DEFINITIONS = {
    (name, DOCUMENTED): as_documented(printed)
    for name, printed in read_outputs(_DOCUMENTED).items()
}
