"""A course for each test that needs one, and one graded class for all that look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings

from autograder.course import Course
from autograder.sandbox.isolation import missing
from tests.support import warm
from tests.support.sample_class import fill_in, hand_in, write_class, written_by

# A failure in what several files of tests share says as much as one in a test.
SHARED = ("collecting.downloads", "notebook.hand_ins", "wiring")
pytest.register_assert_rewrite(*(f"tests.{name}" for name in SHARED))

# How long an example takes says more about a busy machine than about what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

collect_ignore_glob = ["samples/*", "solutions/*/*"]

NAME = "optimization"
FEW = ["ada", "ben", "eva", "hugo", "ines"]

REASONS = missing()
needs_isolation = pytest.mark.skipif(
    bool(REASONS), reason=f"too little isolation here: {'; '.join(REASONS)}"
)
BIN = Path(sys.executable).parent

Run = Callable[..., subprocess.CompletedProcess[str]]


def with_tools(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return variables in which the environment's commands are found first, and `env` holds."""
    path = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return os.environ | path | dict(env or {})


def run(
    *command: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    seconds: float = 600,
    text: bool = True,
    cold: bool = False,
) -> subprocess.CompletedProcess[Any]:
    """Run one of the environment's commands as a user would, and keep what it says.

    If not `cold`, in a process that has imported before what the command imports.
    """
    env = with_tools(env)
    if not cold and warm.can_run(command, env):
        return warm.run_warm(command, cwd, env, seconds, text)
    return subprocess.run(
        command,
        cwd=cwd,
        env=env,
        capture_output=True,
        text=text,
        check=False,
        timeout=seconds,
    )


@pytest.fixture(scope="session")
def repo() -> Course:
    """The course in this repository. Tests only look at it."""
    return Course.find(Path(__file__).parent)


@pytest.fixture
def course(repo: Course, tmp_path: Path) -> Course:
    """A copy of the course, to do anything with."""
    return repo.copy_to(tmp_path)


@pytest.fixture(scope="session")
def released_course(repo: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A copy of the course that has been released. Tests only look at it."""
    course = repo.copy_to(tmp_path_factory.mktemp("released"))
    outcome = run("autograder", "release", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    return course


@pytest.fixture
def small_class(released_course: Course, tmp_path: Path) -> Course:
    """A released course in which a few students have handed in, to do anything with."""
    course = released_course.copy_to(tmp_path)
    shutil.copytree(released_course.release(NAME), course.release(NAME))
    shutil.copy(released_course.root / "gradebook.db", course.root)
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    for student in FEW:
        notebook = fill_in(released, NAME, *written_by(student, NAME))
        hand_in(course, student, NAME, nbformat.writes(notebook))
    return course


@pytest.fixture(scope="session")
def graded(repo: Course, tmp_path_factory: pytest.TempPathFactory):
    """A course whose sample class is graded, and what the command said. Tests only look at it."""
    course = repo.copy_to(tmp_path_factory.mktemp("graded"))
    outcome = run("autograder", "release", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    write_class(course, NAME)
    return course, run("autograder", "grade", NAME, "--json", cwd=course.root)
