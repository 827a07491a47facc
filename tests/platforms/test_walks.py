"""What docs/platforms.md says of each platform: from its table of 300 students and back."""

from __future__ import annotations

import pytest

from autograder.gradebook.people import read_people
from autograder.platforms.formats import layout_of
from autograder.platforms.matching import match
from autograder.platforms.numbers import number
from autograder.platforms.table import read_table
from tests.conftest import run
from tests.support.platform_class import EXPORTS, NAME, PEOPLE, STUDENTS, exported

PLATFORMS = ("Canvas", "Moodle", "Brightspace", "Blackboard", "Gradescope")


@pytest.mark.slow
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_class_of_300_goes_there_and_back(platform, own_marked, tmp_path):
    assert platform in EXPORTS
    path = tmp_path / "class.csv"
    path.write_bytes(exported(platform))
    for words in (("roster", str(path)), ("export", NAME, "--into", str(path))):
        outcome = run("autograder", *words, cwd=own_marked.root)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    people = read_people(own_marked)
    assert len(people) == STUDENTS  # the roster has found those who were there
    target = tmp_path / f"class-{NAME}.csv"
    layout = layout_of(read_table(target), target)
    (column,) = [one for one in layout.columns if "Doubling" in one.title or one.title == "Grade"]
    by_login = {one.login: one.mark for one in PEOPLE}
    matched = match(layout, people.values())
    assert len(matched.rows) == STUDENTS
    for row, student in matched.rows.items():
        mark = by_login[student]
        found = number(layout.table.text(row, column.place))
        assert found == (pytest.approx(mark) if mark is not None else None)
