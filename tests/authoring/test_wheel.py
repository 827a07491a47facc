"""The engine as a stranger installs it: a package, a course of their own, a class graded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest

from tests import ROOT
from tests.conftest import BIN, needs_isolation
from tests.support.fresh_environment import make_environment
from tests.support.ordinary_user import ORDINARY, as_ordinary_user, give

NAME = "week1"
CANARY = "CANARY-b1946ac92492"
RIGHT = {
    "standardize": "def standardize(X):\n"
    "    return (X - X.mean(1, keepdims=True)) / X.std(1, keepdims=True)",
    "mean_squared_error": "def mean_squared_error(a, b):\n    return ((a - b) ** 2).mean()",
}
# Reads whatever of the engine it can, and looks for the course.
SPY = f"""
import os, sys
from pathlib import Path
texts = [path.read_text(errors="replace") for root in sys.path
         for package in ("autograder", "workbook", "exercises")
         for path in Path(root or ".").glob(package + "/**/*") if path.is_file()]
print(len(texts) > 20, any({CANARY[:6]!r} + {CANARY[6:]!r} in text for text in texts),
      os.path.exists(COURSE))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The programs of a fresh environment in which only the wheel is installed."""
    folder = tmp_path_factory.mktemp("installed")
    for path in (folder, *folder.parents[:-1]):  # an ordinary user must reach it
        if path.stat().st_uid == os.geteuid() and path != Path("/tmp"):
            path.chmod(path.stat().st_mode | 0o055)
    build = (BIN / "python", "-m", "build", "--wheel", "--outdir", folder, ROOT)
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    made = make_environment(
        folder / "env", str(wheel), "--constraint", str(ROOT / "requirements.lock")
    )
    assert made.returncode == 0, made.stderr
    return folder / "env/bin"


def names_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.slow
def test_the_wheel_holds_the_engine_and_no_exercises(installed):
    (wheel,) = installed.parents[1].glob("*.whl")
    names = names_in(wheel)
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"autograder", "workbook"}
    assert not [name for name in names if name.startswith("autograder/exercises")]
    assert "autograder/py.typed" in names
    assert not [name for name in names if "optimization" in name or "opt_utils" in name]


def hand_in(course: Path, student: str, answers: dict[str, str], more: str = "") -> None:
    notebook = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = (
            answers.get(cell.metadata.nbgrader.grade_id.removesuffix("-answer"), "")
            if cell.metadata.nbgrader.solution and answers
            else cell.source
        )
    if more:
        notebook.cells.append(nbformat.v4.new_code_cell(more))
    target = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)


def a_course(run, folder: Path) -> Path:
    """Begin a course, write an assignment, build, prove and release it, all by the command."""
    course = folder / "mycourse"
    for command, place in (
        (("init", str(course)), folder),
        (("new", NAME), course),
        (("build", NAME), course),
        (("prove", NAME, "--draws", "5"), course),
        (("release", NAME), course),
    ):
        outcome = run("autograder", *command, cwd=place)
        assert outcome.returncode == 0, (command, outcome.stdout, outcome.stderr)
    return course


def grade(run, course: Path) -> dict[str, dict[str, float]]:
    outcome = run("autograder", "grade", NAME, "--json", cwd=course)
    assert outcome.returncode == 0, outcome.stderr
    return {mark["student"]: mark["points"] for mark in json.loads(outcome.stdout)}


@pytest.mark.slow
@needs_isolation
def test_a_stranger_grades_a_class_with_the_wheel_alone(installed, tmp_path):
    def run(*command: str, cwd: Path):
        env = {"PATH": f"{installed}:/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        return subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=600
        )

    course = a_course(run, tmp_path)
    with (course / "exercises" / f"{NAME}.py").open("a") as file:
        file.write(f"# {CANARY}\n")
    hand_in(course, "ada", RIGHT, SPY.replace("COURSE", repr(str(course))))
    hand_in(course, "ben", {})
    wrong = RIGHT["mean_squared_error"].replace("mean()", "sum()")
    hand_in(course, "eva", RIGHT | {"mean_squared_error": wrong})
    marks = grade(run, course)
    assert marks["ada"] == {"standardize": 10, "mean_squared_error": 10}
    assert marks["ben"] == {"standardize": 0, "mean_squared_error": 0}
    assert marks["eva"] == {"standardize": 10, "mean_squared_error": 0}
    graded = nbformat.read(course / "autograded/ada" / NAME / f"{NAME}.ipynb", as_version=4)
    texts = [
        output.text
        for cell in graded.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    ]
    assert "True False False\n" in texts
    told = run("autograder", "explain", "eva", "2", cwd=course)
    assert "You add up the squares" in told.stdout
    validated = run("nbgrader", "autograde", NAME, "--force", cwd=course)
    assert validated.returncode == 0, validated.stderr
    assert grade(run, course) == marks


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_an_ordinary_user_does_so_too(installed, tmp_path):
    home = Path("/tmp") / f"home-of-{ORDINARY}-{os.getpid()}"
    home.mkdir()
    give(home)

    def run(*command: str, cwd: Path):
        return as_ordinary_user(*command, cwd=cwd, aside=tmp_path, programs=installed)

    try:
        probe = run("autograder", "doctor", cwd=home)
        if probe.returncode != 0:
            pytest.skip(f"no isolation for an ordinary user here: {probe.stdout[-200:]}")
        course = a_course(run, home)
        hand_in(course, "ada", RIGHT)
        give(course)
        assert grade(run, course) == {"ada": {"standardize": 10, "mean_squared_error": 10}}
    finally:
        shutil.rmtree(home)
