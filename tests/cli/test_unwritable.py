"""Where a command cannot write what it was asked to, one sentence says so, and of which path."""

from __future__ import annotations

import pytest

from tests.conftest import NAME, needs_isolation, run

# Nobody can make a file there, root neither.
NOWHERE = "/proc/nowhere"


def test_a_course_that_cannot_be_made(tmp_path):
    outcome = run("autograder", "init", NOWHERE, cwd=tmp_path)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith(f"autograder: {NOWHERE}/nbgrader_config.py cannot be written")


@pytest.mark.slow
@needs_isolation
def test_a_bundle_that_cannot_be_written_is_told_before_anything_is_graded(small_class):
    words = "grade", NAME, "--shard", "1/2", "--bundle", NOWHERE
    outcome = run("autograder", *words, cwd=small_class.root)
    assert outcome.returncode == 2
    assert (
        outcome.stderr == f"autograder: {NOWHERE} cannot be written: No such file or directory.\n"
    )
