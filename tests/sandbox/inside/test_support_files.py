"""The instructor's files beside a notebook: every child finds them, whatever the last one did."""

from __future__ import annotations

import pytest

from autograder.sandbox.client import Zygote
from autograder.sandbox.inside.support import LARGE
from autograder.sandbox.isolation import Level, Limits
from tests.conftest import needs_isolation

pytestmark = [pytest.mark.slow, needs_isolation]

# Larger than a child's folder may be.
LIMITS = Limits(folder_bytes=1 << 20, file_bytes=1 << 20)
FILES = {"small.csv": b"1,2", "data/large.csv": b"3" * (2 << 20), "helpers.py": b"#" * LARGE}
LOOK = """
import helpers
from pathlib import Path
print(Path("small.csv").read_text(), Path("data/large.csv").stat().st_size)
Path("small.csv").write_text("changed")
Path("data/large.csv").unlink()
Path("data/large.csv").write_text("my own")
print(Path("small.csv").read_text(), Path("data/large.csv").read_text())
"""


@pytest.mark.parametrize("level", [Level.NAMESPACES, Level.PROCESS])
def test_every_child_finds_them_as_they_were_given(level):
    limits = LIMITS if level is Level.NAMESPACES else Limits()
    zygote = Zygote(FILES, (), level, limits)
    try:
        zygote.wait()
        for _ in range(2):
            with zygote.child() as child:
                (done,) = child.run([(LOOK, 10.0)])
            assert [one["text"] for one in done.outputs] == ["1,2 2097152\nchanged my own\n"]
    finally:
        zygote.close()
