"""The zip for Gradescope is unpacked, set up and run here as Gradescope would, offline."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import site
import sqlite3
import stat
import subprocess
import sys
import tomllib
import zipfile
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.gradebook.status import Status
from autograder.platforms.engine_wheel import constraints, engine_wheel
from autograder.platforms.gradescope_container import take
from autograder.platforms.gradescope_results import final
from autograder.sandbox.isolation import Level
from tests import ROOT
from tests.conftest import needs_isolation, run, with_tools

pytestmark = pytest.mark.slow

NAME = "week1"
ROOT_NAME = "AUTOGRADER_ROOT"


def called(*command: str, cwd: Path) -> str:
    outcome = run("autograder", *command, cwd=cwd)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of the assignment that `autograder new` writes, in a course where students are."""
    folder = tmp_path_factory.mktemp("course")
    called("init", str(folder), cwd=folder)
    called("new", NAME, cwd=folder)
    called("new", "other", cwd=folder)
    called("build", NAME, cwd=folder)
    (folder / "submitted" / "ada" / NAME).mkdir(parents=True)
    said = called("gradescope", NAME, "--out", "the.zip", cwd=folder)
    assert "solutions and hidden cases" in said
    return folder / "the.zip"


def linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copy2(source, target)


def set_up(root: Path, archive: Path) -> None:
    """Lay out /autograder and run setup.sh; what it would fetch is installed here already."""
    for part in ("source", "submission", "results"):
        (root / part).mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            mode = entry.external_attr >> 16
            Path(opened.extract(entry, root / "source")).chmod(stat.S_IMODE(mode))
    shutil.copy(root / "source" / "run_autograder", root)
    # What the engine needs is there already; the engine itself is what the wheel brings.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / "engine"], check=True)
    (packages,) = (root / "engine" / "lib").glob("python*/site-packages")
    own = shutil.ignore_patterns("*workbook_autograder*", "__pycache__")
    shutil.copytree(
        site.getsitepackages()[0], packages, copy_function=linked, ignore=own, dirs_exist_ok=True
    )
    script(root, "source/setup.sh", PIP_NO_INDEX="1")
    assert (packages / "autograder" / "platforms" / "gradescope_zip.py").is_file()


def script(root: Path, name: str, **more: str) -> subprocess.CompletedProcess[str]:
    # Anywhere but here, so that nothing of this repository is found by chance.
    env = with_tools({ROOT_NAME: str(root), "PYTHONPATH": "", **more})
    outcome = subprocess.run(
        [root / name], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome


@pytest.fixture(scope="module")
def container(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("autograder")
    set_up(root, zipped)
    return root


def hand_in(root: Path, change) -> None:
    path = root / "source" / "course" / "release" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id.endswith("-answer"):
            cell.source = change(cell.source)
    shutil.rmtree(root / "submission")
    (root / "submission").mkdir()
    nbformat.write(notebook, root / "submission" / f"{NAME} (1).ipynb")


def results_of(root: Path, change) -> dict:
    hand_in(root, change)
    (root / "results" / "results.json").unlink(missing_ok=True)
    script(root, "run_autograder")
    return json.loads((root / "results" / "results.json").read_text())


RIGHT = {
    "standardize": "return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)",
    "mean_squared_error": "return np.mean((predictions - targets) ** 2)",
}


def right(source: str) -> str:
    name = ast.parse(source).body[0].name  # type: ignore[attr-defined]
    return f"{source.split(':', maxsplit=1)[0]}:\n    {RIGHT[name]}\n"


@needs_isolation
def test_grading_there_is_our_engine(container):
    told = results_of(container, right)
    assert [test["status"] for test in told["tests"]] == ["passed", "passed"]
    assert told["score"] == sum(test["max_score"] for test in told["tests"]) > 0
    assert told["visibility"] == "visible" and told["stdout_visibility"] == "hidden"
    told = results_of(container, lambda source: source)
    assert told["score"] == 0
    assert all(test["status"] == "failed" and test["output"] for test in told["tests"])


@needs_isolation
def test_a_hostile_hand_in_earns_what_is_right_in_it(container):
    results = container / "results" / "results.json"
    attack = f"""
import os, pathlib
exercises = {str(container / "source" / "course" / "exercises" / (NAME + ".py"))!r}
forged = '{{"score": 100}}'
for place in ({str(results)!r}, "/autograder/results/results.json"):
    try:
        pathlib.Path(place).write_text(forged)
    except OSError:
        pass
try:
    stolen = pathlib.Path(exercises).read_text()
except OSError:
    stolen = ""
print("STOLEN" if stolen else "NOTHING")
"""
    told = results_of(container, lambda source: f"{source}\n{attack}")
    assert told["score"] == 0 and "STOLEN" not in json.dumps(told)


def test_links_and_pipes_are_not_followed(tmp_path):
    source, target = tmp_path / "submission", tmp_path / "submitted" / "student" / NAME
    (source / "data").mkdir(parents=True)
    (source / "data" / "numbers.csv").write_text("1,2")
    (source / f"{NAME}.ipynb").symlink_to("/etc/passwd")
    (source / "all").symlink_to("/etc")
    os.mkfifo(source / "pipe")
    take(source, target)
    assert sorted(path.name for path in target.iterdir()) == ["all", "data", f"{NAME}.ipynb"]
    assert (target / f"{NAME}.ipynb").is_symlink() and (target / "all").is_symlink()
    assert (target / "data" / "numbers.csv").read_text() == "1,2"


def test_a_mark_that_is_not_final_is_hidden():
    told = {"tests": [{"score": 2.0}, {}], "extra_data": {"status": Status.WAITING}}
    waits = final(told)
    assert waits["score"] == 2 and waits["tests"][-1]["visibility"] == "hidden"
    refused = final({"tests": [{"score": 0.0}], "extra_data": {"status": Status.REFUSED}})
    assert refused["score"] == 0 and len(refused["tests"]) == 1


def test_nobody_and_no_other_assignment_is_in_the_zip(zipped, tmp_path):
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    assert not [name for name in names if "other" in name.split("/")[-1] or "submitted" in name]
    with closing(sqlite3.connect(tmp_path / "course" / "gradebook.db")) as db:
        assert db.execute("SELECT count(*) FROM student").fetchone() == (0,)
    course = Course.find(tmp_path / "course")
    assert course.config.CourseDirectory.root == str(tmp_path / "course")
    assert "isolation" not in course.config.Grading


def test_process_level_is_only_taken_where_it_is_asked_for(zipped, tmp_path):
    called("gradescope", NAME, "--out", str(tmp_path / "open.zip"), "--isolation", "process",
           cwd=zipped.parent)  # fmt: skip
    with zipfile.ZipFile(tmp_path / "open.zip") as archive:
        archive.extractall(tmp_path)
    config = Course.find(tmp_path / "course").config
    assert config.Grading.isolation == Level.PROCESS
    outcome = run("autograder", "gradescope", NAME, "--isolation", "none", cwd=zipped.parent)
    assert outcome.returncode == 2 and "There is no isolation 'none'" in outcome.stderr


def test_the_wheel_holds_the_engine_and_says_what_it_needs():
    name, data = engine_wheel()
    assert (name, data) == engine_wheel()
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        names = wheel.namelist()
        (metadata,) = (one for one in names if one.endswith("METADATA"))
        told = wheel.read(metadata).decode()
    assert "autograder/platforms/templates/setup.sh" in names and "workbook/plain.py" in names
    assert not [one for one in names if "exercises/" in one or "__pycache__" in one]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert re.findall(r"^Requires-Dist: (.+)$", told, re.MULTILINE) == project["dependencies"]
    assert "numpy==" in constraints() and "workbook-autograder" not in constraints()
