"""A course of an ordinary user's is graded by that user as it is by root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import Course
from tests.conftest import BIN
from tests.support.tiny_class import NAME, STUDENTS, class_in, expected, marks, released_course

ORDINARY = 60_123  # no account of this machine's has it

# A Python that lies in root's own folder is shown to others, in mounts that nobody else sees.
SHOWN = """
needed=$1 closed=$2 user=$3 aside=$4
shift 4
if [ "$closed" != / ]; then
  mount --bind "$needed" "$aside"
  mount -t tmpfs -o mode=755 tmpfs "$closed"
  mkdir -p "$needed"
  mount --bind "$aside" "$needed"
fi
exec setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
"""


@pytest.fixture
def course(tmp_path_factory) -> Iterator[Course]:
    """A class in a folder that belongs to the ordinary user and can be reached by them."""
    template = released_course(tmp_path_factory.mktemp("template"))
    folder = Path("/tmp") / f"course-of-{ORDINARY}-{os.getpid()}"
    course = class_in(template, folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, ORDINARY, ORDINARY, follow_symlinks=False)
    yield course
    shutil.rmtree(folder)


def closed_folder(path: str) -> Path:
    """Return the first folder on the way to `path` that others may not enter, or the root."""
    ways = [folder for folder in Path(path).parents if not folder.stat().st_mode & 0o001]
    return ways[-1] if ways else Path("/")


def as_ordinary_user(*command: str, cwd: Path, aside: Path) -> subprocess.CompletedProcess[str]:
    parts = (sys.base_prefix, str(closed_folder(sys.base_prefix)), str(ORDINARY), str(aside))
    return subprocess.run(
        ["unshare", "--mount", "sh", "-euc", SHOWN, "sh", *parts, *command],
        cwd=cwd,
        env={"PATH": f"{BIN}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_an_ordinary_user_grades_a_class_in_full_isolation(course, tmp_path):
    probe = as_ordinary_user("autograder", "doctor", cwd=Path("/"), aside=tmp_path)
    if probe.returncode != 0:
        said = (probe.stdout + probe.stderr).strip().splitlines()
        pytest.skip(f"not to be had for an ordinary user here: {said[-1] if said else 'silent'}")
    grade = ("autograder", "grade", NAME, "--json")
    outcome = as_ordinary_user(*grade, cwd=course.root, aside=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    assert [mark["student"] for mark in json.loads(outcome.stdout)] == STUDENTS
    assert marks(course) == expected()
    kept = sorted((course.root / ".autograder" / NAME).iterdir())
    assert len(kept) == len(STUDENTS)
    for path in kept:
        assert path.stat().st_uid == ORDINARY
        isolation = json.loads(path.read_text())["verdict"]["isolation"]
        assert {"user", "pid", "net", "ipc"} <= set(isolation)
