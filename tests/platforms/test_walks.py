"""What docs/platforms.md says of each platform, command by command, with 300 students."""

from __future__ import annotations

import re
import shlex
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import yaml

from autograder.course import Course
from autograder.gradebook.people import read_people
from autograder.platforms.formats import layout_of
from autograder.platforms.matching import match
from autograder.platforms.numbers import number
from autograder.platforms.table import read_table
from tests.conftest import needs_isolation, run
from tests.support.platform_class import PEOPLE, STUDENTS, TITLE, Someone, exported
from tests.support.tiny_class import NAME, notebook, released_course

pytestmark = [pytest.mark.slow, needs_isolation]

DOCS = Path(__file__).parents[2] / "docs" / "platforms.md"
FILE = f"{NAME}.ipynb"
ANSWERS = {3.0: "2 * x", 0.0: "x + 2"}
HANDED_IN = [one for one in PEOPLE if one.kind != "nothing"]


def mark_of(one: Someone) -> float | None:
    """Return what the hand-in earns; None where there is none."""
    return (3.0 if one.number % 3 else 0.0) if one.kind != "nothing" else None


def canvas_name(one: Someone) -> str:
    squashed = re.sub(r"\W", "", f"{one.last}{one.first}".lower())
    return f"{squashed}_{one.id}_{8000 + one.number}_{FILE}"


# The platform's section in the docs, and what it calls the file of a student in its download.
MOODLES = (
    "Moodle",
    lambda one: f"{one.first} {one.last}_{700 + one.number}_assignsubmission_file/{FILE}",
)
DOWNLOADS: dict[str, tuple[str, Callable[[Someone], str]]] = {
    "Canvas": ("Canvas", canvas_name),
    "Moodle": MOODLES,
    "Moodle, German": MOODLES,
    "Brightspace": (
        "Brightspace, Blackboard, Gradescope",
        lambda one: f"{one.sis}-77 - {one.first} {one.last} - Nov 27, 2026 310 PM/{FILE}",
    ),
    "Blackboard": (
        "Brightspace, Blackboard, Gradescope",
        lambda one: f"{TITLE}_{one.login}_attempt_2026-11-27-10-00-00_{FILE}",
    ),
    "Gradescope": (
        "Brightspace, Blackboard, Gradescope",
        lambda one: f"assignment_9_export/submission_{one.number}/{FILE}",
    ),
}


def commands(section: str) -> list[list[str]]:
    """Return the first commands of a section, as a reader would type them."""
    text = DOCS.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    block = re.search(r"(?m)(^    autograder .*\n)+", text)
    assert block
    lines = block[0].replace("optimization", NAME).splitlines()
    return [shlex.split(line) for line in lines]


def download(path: Path, name_of: Callable[[Someone], str], platform: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for one in HANDED_IN:
            answer = f"def double(x):\n    return {ANSWERS[mark_of(one) or 0.0]}  # {one.number}"
            archive.writestr(name_of(one), nbformat.writes(notebook(answer)))
        if platform == "Gradescope":
            archive.writestr("assignment_9_export/submission_metadata.yml", metadata())


def metadata() -> str:
    """Return what Gradescope writes beside the hand-ins, with Ruby's names."""
    return yaml.safe_dump(
        {
            f"submission_{one.number}": {
                ":submitters": [
                    {":name": f"{one.first} {one.last}", ":sid": one.sis, ":email": one.email}
                ],
                ":created_at": "2026-11-27 10:00:00 Z",
            }
            for one in HANDED_IN
        }
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Course:
    """The course as it was released. Tests only look at it."""
    return released_course(tmp_path_factory.mktemp("released"))


@pytest.mark.parametrize("platform", DOWNLOADS)
def test_a_class_of_300_goes_from_download_to_marks_in_its_table(platform, released, tmp_path):
    shutil.copytree(released.root, tmp_path / "course")
    course = Course.find(tmp_path / "course")
    section, name_of = DOWNLOADS[platform]
    table = {"Moodle": "worksheet.csv"}.get(section, "grades.csv")
    (course.root / table).write_bytes(exported(platform))
    download(course.root / "submissions.zip", name_of, platform)
    walked = commands(section)
    assert len(walked) <= 5
    for words in walked:
        outcome = run(*words, cwd=course.root)
        assert outcome.returncode == 0, (words, outcome.stdout + outcome.stderr)
    assert len(read_people(course)) == STUDENTS
    compare(course.root / table.replace(".csv", f"-{NAME}.csv"), course)
    if section == "Moodle":
        with zipfile.ZipFile(course.root / "submissions-feedback.zip") as archive:
            pages = {Path(name).parent.name for name in archive.namelist()}
        assert pages == {Path(name_of(one)).parent.name for one in HANDED_IN}
    if platform == "Gradescope":
        outcome = run("autograder", "feedback", NAME, "--for", "gradescope", cwd=course.root)
        assert outcome.returncode == 0, outcome.stderr
        assert len(list(course.feedback().glob(f"*/{NAME}/results.json"))) == len(HANDED_IN)


def compare(target: Path, course: Course) -> None:
    """Compare each row of the table with what the student handed in."""
    layout = layout_of(read_table(target), target)
    (column,) = [one for one in layout.columns if layout.is_alone or TITLE in one.title]
    people = read_people(course)
    matched = match(layout, people.values())
    assert len(matched.rows) == STUDENTS
    by_email = {one.email: mark_of(one) for one in PEOPLE}
    by_name = {f"{one.first} {one.last}": mark_of(one) for one in PEOPLE}
    for row, student in matched.rows.items():
        known = people[student]
        expected = by_email.get(known.email, by_name.get(known.name))
        found = number(layout.table.text(row, column.place))
        assert found == (pytest.approx(expected) if expected is not None else None), student
