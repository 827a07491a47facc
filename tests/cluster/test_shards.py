"""A class in shards, and their bundles merged: the gradebook is that of a quiet run."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import needs_isolation, run
from tests.support.sample_class import hand_in
from tests.support.tiny_class import (
    NAME,
    SOLUTION,
    STUDENTS,
    class_in,
    expected,
    grade,
    marks,
    notebook,
    released_course,
)
from tests.support.tiny_course import tables

pytestmark = [pytest.mark.slow, needs_isolation]

SHARDS = ("1/2", "2/2")
FIRST = STUDENTS[0]


@dataclass(frozen=True)
class Shards:
    """A class, its bundles, and the same class as `grade` leaves it. Tests only look at them.

    Nothing is in the gradebook of `course`: its shards have only written bundles.
    """

    course: Course
    bundles: tuple[Path, Path]
    undisturbed: Course


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Shards:
    place = tmp_path_factory.mktemp("shards")
    undisturbed = class_in(released_course(place / "template"), place / "undisturbed")
    course = class_in(undisturbed, place / "course")
    grade(undisturbed)
    assert marks(undisturbed) == expected()
    bundles = place / "first.zip", place / "second.zip"
    for part, bundle in zip(SHARDS, bundles, strict=True):
        command = ("autograder", "grade", NAME, "--shard", part, "--bundle", str(bundle))
        outcome = run(*command, cwd=course.root)
        assert outcome.returncode == 0, outcome.stderr
    assert marks(course) == []
    return Shards(course, bundles, undisturbed)


@pytest.fixture
def course(shards: Shards, tmp_path: Path) -> Course:
    """The course where the bundles are from, to merge them into."""
    return Course.find(shutil.copytree(shards.course.root, tmp_path / "course"))


def merge(course: Course, *bundles: Path) -> subprocess.CompletedProcess[str]:
    return run("autograder", "merge", *map(str, bundles), cwd=course.root)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the last first"])
def test_bundles_give_the_gradebook_of_one_run_however_often(order, course, shards):
    for place in order:
        outcome = merge(course, shards.bundles[place])
        assert outcome.returncode == 0, outcome.stderr
        assert ": 3 entered, 0 were there already." in outcome.stdout
    assert tables(course) == tables(shards.undisturbed)
    for student in STUDENTS:
        place = course.autograded() / student / NAME / f"{NAME}.ipynb"
        assert place.is_file()
    again = merge(course, *shards.bundles)
    assert again.returncode == 0, again.stderr
    assert again.stdout.count(": 0 entered, 3 were there already.") == 2
    assert tables(course) == tables(shards.undisturbed)
    outcome = run("autograder", "grade", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert tables(course) == tables(shards.undisturbed)


def refused(course: Course, *bundles: Path) -> str:
    """See bundles refused and the gradebook left alone; return the one sentence that is said."""
    before = tables(course)
    outcome = merge(course, *bundles)
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("autograder: ")
    assert outcome.stdout == ""
    assert tables(course) == before
    return line


def test_what_is_no_whole_bundle_is_refused(course, shards, tmp_path):
    good, other = shards.bundles
    whole = good.read_bytes()
    middle = len(whole) // 2
    bad = {
        "empty": b"",
        "text": b"no zip at all",
        "cut off": whole[:middle],
        "changed": whole[:middle] + bytes(100) + whole[middle + 100 :],
    }
    for what, data in bad.items():
        bundle = tmp_path / f"{what}.zip"
        bundle.write_bytes(data)
        assert f"{bundle} is no whole bundle (" in refused(course, other, bundle), what
    assert f"{tmp_path} is not there" in refused(course, tmp_path)


def without(bundle: Path, to: Path, left_out: str) -> Path:
    """Copy a bundle without one of its parts."""
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(to, "w") as new:
        for part in old.namelist():
            if part != left_out:
                new.writestr(part, old.read(part))
    return to


@pytest.mark.parametrize("part", ["bundle.json", "end.json", "2.json", "2-0.ipynb"])
def test_a_bundle_without_one_of_its_parts_is_refused(part, course, shards, tmp_path):
    bundle = without(shards.bundles[0], tmp_path / "some.zip", part)
    assert "is no whole bundle (" in refused(course, bundle)


def test_a_bundle_of_another_assignment_is_refused(course, shards):
    for folder in ("source", "release"):
        (course.root / folder / NAME).rename(course.root / folder / "tripling")
    assert f"is of the assignment '{NAME}', which this course does not" in refused(
        course, shards.bundles[0]
    )


def test_a_bundle_of_another_version_is_refused(course, shards):
    source = course.notebook(NAME)
    source.write_text(source.read_text().replace("double(5) == 10", "double(6) == 12"))
    line = refused(course, *shards.bundles)
    assert f"{shards.bundles[0]} is of another version (the exercises differ" in line


def test_a_hand_in_that_changed_since_is_named_and_left_to_be_graded(course, shards):
    hand_in(course, FIRST, NAME, nbformat.writes(notebook(SOLUTION)))
    outcome = merge(course, *shards.bundles)
    assert outcome.returncode == 1, outcome.stderr
    assert f"Handed in anew since, to be graded: {FIRST}." in outcome.stdout
    assert [mark[0] for mark in marks(course)] == STUDENTS[1:]
    outcome = run("autograder", "grade", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert marks(course)[0] == (FIRST, 3.0, None)


@pytest.mark.parametrize("shard", ["4/3", "0/3", "x"])
def test_a_shard_that_is_none_is_refused(shard, shards):
    outcome = run("autograder", "grade", NAME, "--shard", shard, cwd=shards.course.root)
    assert outcome.returncode == 2
    (line,) = outcome.stderr.splitlines()
    assert line.startswith(f"autograder: '{shard}' is no shard: ")
