"""Tests that nbgrader writes itself, and notebooks for other kernels."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import nbgrader
import pytest
from nbgrader.api import Gradebook

from tests.conftest import needs_isolation, run
from tests.grading.examining.course import ANSWER, NAME, cell, write_course

FILES = Path(nbgrader.__file__).parent / "tests/apps/files"
KINDS = ("autotest-simple", "autotest-hashed", "autotest-hidden", "autotest-multi")
HAND_INS = {
    "right": [f"{kind}-changed" for kind in KINDS],
    "wrong": [f"{kind}-unchanged" for kind in KINDS],
}


def autotest_course(root: Path) -> Path:
    (root / "source" / "auto").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    shutil.copy(FILES / "autotests.yml", root)
    for kind in KINDS:
        shutil.copy(FILES / f"{kind}.ipynb", root / "source" / "auto")
    for student, names in HAND_INS.items():
        folder = root / "submitted" / student / "auto"
        folder.mkdir(parents=True)
        for kind, name in zip(KINDS, names, strict=True):
            path = FILES / f"{name}.ipynb"
            chosen = path if path.is_file() else FILES / f"{kind}-changed-right.ipynb"
            shutil.copy(chosen, folder / f"{kind}.ipynb")
    done = run("nbgrader", "generate_assignment", "auto", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def rows(root: Path) -> dict[tuple[str, str, str], float | None]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            (submission.student.id, made.name, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions("auto")
            for made in submission.notebooks
            for grade in made.grades
        }


@pytest.mark.slow
@needs_isolation
def test_tests_that_nbgrader_writes_give_its_points(tmp_path):
    ours, stock = autotest_course(tmp_path / "ours"), autotest_course(tmp_path / "stock")
    assert run("autograder", "grade", "auto", cwd=ours).returncode in (0, 1)
    decided = [path.read_text() for path in (ours / ".autograder/.judged/auto").glob("*.json")]
    assert len(decided) == len(KINDS) and not any('"outside": false' in one for one in decided)
    assert run("nbgrader", "autograde", "auto", cwd=stock).returncode == 0
    assert rows(ours) == rows(stock)
    assert {score for (student, *_), score in rows(ours).items() if student == "right"} != {0}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), [("ir", "R"), ("julia-1.10", "julia")])
def test_a_notebook_for_another_kernel_is_refused_before_anything_runs(tmp_path, name, language):
    root = write_course(tmp_path / "other")
    path = root / "source" / "kinds" / "kinds.ipynb"
    made = nbformat.read(path, as_version=4)
    made.metadata = {"kernelspec": {"name": name, "display_name": name, "language": language}}
    nbformat.write(made, path)
    done = run("autograder", "check", "kinds", cwd=root)
    assert done.returncode == 2
    assert f"kinds.ipynb is for the language {language}" in done.stderr
    assert not (root / ".autograder").exists()


@pytest.mark.slow
@needs_isolation
def test_a_test_that_ends_its_process_takes_no_other_inside(tmp_path):
    root = write_course(tmp_path / "ending")
    path = root / "source" / NAME / f"{NAME}.ipynb"
    made = nbformat.read(path, as_version=4)
    role = {"grade": True, "locked": True, "points": 1.0}
    made.cells = [
        cell(ANSWER.format("def one():\n    return 1"), "answer", solution=True),
        cell("import os\nos._exit(0)", "ending", **role),
        cell("assert one() == 1", "after", **role),
    ]
    nbformat.write(made, path)
    done = run("autograder", "check", NAME, cwd=root)
    assert done.returncode == 0, done.stderr
    assert "ending: inside" in done.stdout
    assert "after: outside" in done.stdout
