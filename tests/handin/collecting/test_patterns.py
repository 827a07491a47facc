"""A pattern tells the student, the file and the time from a file's name."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests import ROOT
from tests.handin.collecting.downloads import FILE, HONEST, collect, submitted, zipped
from tests.support.tiny_class import NAME


@pytest.mark.parametrize("where", ["option", "nbgrader_config.py"])
def test_a_pattern_tells_student_file_and_time(where, course, tmp_path):
    pattern = r".*?(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9-]+ [0-9:]+)_(?P<file_id>\w+)"
    files = {
        f"ps1_ada_attempt_2026-02-01 10:00:00_{FILE}": "first",
        f"ps1_ada_attempt_2026-02-03 10:00:00_{FILE}": "last",
        f"ps1_ada_attempt_2026-02-02 10:00:00_{FILE}": "second",
    }
    pattern = pattern.replace(".*?", "ps1_")
    if where == "nbgrader_config.py":
        with (course.root / "nbgrader_config.py").open("a") as config:
            config.write(f"c.FileNameCollectorPlugin.named_regexp = {pattern!r}\n")
    options = ("--pattern", pattern) if where == "option" else ()
    collect(course, zipped(tmp_path / "all.zip", files), options=options)
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "last"}
    stamp = (course.submitted() / "ada" / NAME / "timestamp.txt").read_text()
    assert datetime.fromisoformat(stamp[:19]) == datetime(2026, 2, 3, 10)


def documented_patterns() -> list[list[str]]:
    text = (ROOT / "docs" / "collecting.md").read_text()
    rows = [line.split("` | `") for line in text.splitlines() if "(?P<" in line and "` | `" in line]
    return [[row[0].strip("|` "), row[1].strip("`| ")] for row in rows]


@pytest.mark.parametrize(("name", "pattern"), documented_patterns())
def test_a_documented_pattern_fits_its_example(name, pattern, course, tmp_path):
    name = name.replace("optimization", NAME)
    collect(course, zipped(tmp_path / "all.zip", {name: "x"}), options=("--pattern", pattern))
    ((path, _),) = submitted(course).items()
    assert path.split("/")[0] in {"Ada Byron", "byronada", "ada"}
    assert path.split("/")[2] in {FILE, f"{NAME}-1.ipynb", NAME + ".ipynb"}


def test_there_are_documented_patterns():
    assert len(documented_patterns()) == 1


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("(", "no regular expression"), ("(?P<student_id>.*)", "needs a group (?P<file_id>...)")],
)
def test_a_pattern_that_is_none_is_told(pattern, reason, course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST)
    assert reason in collect(course, path, options=("--pattern", pattern), code=2).stderr
