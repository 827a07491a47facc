"""A folder that somebody fills is looked at within a bound, and a hand-in in it is still seen."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.course import Course
from autograder.handin.arriving import MOST_ENTRIES, Arrivals
from tests.support.tiny_class import NAME


def test_of_a_hand_in_of_thousands_of_folders_a_part_is_looked_at(tmp_path: Path, monkeypatch):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    course = Course.find(tmp_path)
    home = course.submitted() / "ada" / NAME
    for outer in range(40):
        for inner in range(40):
            (home / f"{outer}" / f"{inner}").mkdir(parents=True)
    (home / f"{NAME}.ipynb").write_text("{}")
    looked = []
    lstat = Path.lstat
    monkeypatch.setattr(Path, "lstat", lambda path: looked.append(path) or lstat(path))
    arrivals = Arrivals(course, NAME)
    arrivals.look(["ada"])
    assert arrivals._waiting and len(looked) <= MOST_ENTRIES + 1
    assert os.path.exists(home)
