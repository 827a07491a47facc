"""The gradebook lies in the course, wherever a command runs."""

from __future__ import annotations

import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.course import Course


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("", "sqlite:///{course}/gradebook.db"),
        ("db_url = 'sqlite:///marks.db'", "sqlite:///{course}/marks.db"),
        ("db_url = 'sqlite:////srv/marks.db'", "sqlite:////srv/marks.db"),
        ("db_url = 'sqlite:///:memory:'", "sqlite:///:memory:"),
        ("db_url = 'postgresql://ada@db/marks'", "postgresql://ada@db/marks"),
        ("root = 'inside'", "sqlite:///{course}/inside/gradebook.db"),
    ],
)
def test_a_course_says_where_its_gradebook_is_without_the_folder_of_the_command(
    setting, address, tmp_path, monkeypatch
):
    folder = tmp_path / "course"
    (folder / "source").mkdir(parents=True)
    lines = ["c = get_config()", f"c.CourseDirectory.{setting}" if setting else ""]
    (folder / "nbgrader_config.py").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    for start in (folder, folder / "source"):
        directory = CourseDirectory(config=Course.find(start).config)
        assert directory.db_url == address.format(course=folder)
