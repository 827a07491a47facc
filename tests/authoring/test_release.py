"""The student version: up to date, leaking nothing, and at home anywhere."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.release import leaks, outdated
from tests.conftest import NAME, run
from tests.support.assignments import load
from tests.support.fresh_environment import is_unreachable, make_environment

pytestmark = pytest.mark.slow

IMPORT_NAMES = {"scikit-learn": "sklearn", "jupyter": "IPython"}
CHOSEN = {"numpy", "matplotlib", "scikit-learn", "nbgrader", "jupyter", "nbval"}
PIN = re.compile(r"([A-Za-z0-9_.-]+)==([\w.]+)")


def pins_of_environment(text: str) -> dict[str, str]:
    return dict(PIN.findall(text))


def pins_of_lock(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines()
    return dict(pin for line in lines for pin in PIN.findall(line.partition("#")[0]))


def listed_twice(text: str) -> list[str]:
    times = Counter(name for name, _ in PIN.findall(text))
    return [name for name, count in times.items() if count > 1]


@pytest.fixture(scope="module")
def notebook(released_course):
    return nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", as_version=4)


def test_the_release_is_up_to_date(repo):
    outcome = run("autograder", "release", NAME, "--check", cwd=repo.root)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_guard_finds_an_outdated_release(released_course, tmp_path):
    course = released_course.copy_to(tmp_path)
    assert outdated(course, NAME) == ["it is missing"]
    folder = course.release(NAME)
    shutil.copytree(released_course.release(NAME), folder)
    assert not outdated(course, NAME)
    (folder / "opt_utils.py").write_text("changed")
    (folder / "workbook" / "checks.py").unlink()
    assert outdated(course, NAME) == ["opt_utils.py differs", "workbook/checks.py differs"]


def test_every_answer_is_a_stub_and_every_grade_cell_a_check(notebook):
    cells = {cell.id: cell for cell in notebook.cells}
    for exercise in load(NAME).exercises:
        answer = cells[exercise.answer_cell].source
        assert "# YOUR CODE HERE" in answer
        assert "raise NotImplementedError()" in answer
        check = f'from workbook.checks import check\n\ncheck("{exercise.id}")'
        assert cells[exercise.id].source.strip() == check


def test_cells_to_try_things_in_are_released_as_they_are_and_open(repo):
    source = nbformat.read(repo.notebook(NAME), as_version=4)
    released = nbformat.read(repo.release(NAME) / f"{NAME}.ipynb", as_version=4)
    texts = {cell.id: cell.source for cell in source.cells}
    tried = [cell for cell in released.cells if cell.id.endswith("-experiment")]
    assert tried
    assert all(cell.source == texts[cell.id] for cell in tried)
    assert all(cell.metadata.get("editable", True) for cell in tried)


def test_the_release_leaks_nothing(repo):
    assert not leaks(repo, NAME, repo.release(NAME))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("opt_utils.py", "# ### BEGIN SOLUTION", id="a mark"),
        pytest.param("notes.md", "from autograder.hidden import grade", id="a hidden test"),
        pytest.param(
            "checks.py",
            '    v_corrected = v[f"d{key}"] / (1 - beta1**t)',
            id="a line of a solution",
        ),
    ],
)
def test_the_guard_finds_a_leak(file, text, repo, tmp_path):
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / file).write_text(f"import os\n{text}\n")
    assert leaks(repo, NAME, folder)


def test_the_guard_finds_a_leak_in_the_notebook(repo, tmp_path):
    (tmp_path / f"{NAME}.ipynb").write_bytes(repo.notebook(NAME).read_bytes())
    assert len(leaks(repo, NAME, tmp_path)) > 10


def test_environment_yml_agrees_with_the_lock(repo):
    environment = pins_of_environment(repo.environment.read_text())
    project = pins_of_lock(repo.root / "requirements.lock")
    assert {name: project.get(name) for name in environment} == environment
    assert set(environment) >= CHOSEN
    assert not listed_twice(repo.environment.read_text())


def test_requirements_txt_is_environment_yml_without_what_only_tests_need(repo):
    environment = pins_of_environment(repo.environment.read_text())
    installed = pins_of_environment((repo.root / "requirements.txt").read_text())
    assert environment == installed | {"nbval": environment["nbval"]}
    for released in sorted(repo.release("-").parent.glob("*/*.ipynb")):
        beside = released.parent / "requirements.txt"
        assert beside.read_bytes() == (repo.root / "requirements.txt").read_bytes()


def test_a_disagreement_would_be_found(repo):
    text = repo.environment.read_text().replace("numpy==2", "numpy==1")
    project = pins_of_lock(repo.root / "requirements.lock")
    assert pins_of_environment(text)["numpy"] != project["numpy"]
    assert listed_twice(f"{text}      - numpy==1.0") == ["numpy"]


def test_students_need_only_what_environment_yml_lists(repo, notebook):
    modules = {path.stem for path in repo.release(NAME).glob("*.py")} | {"workbook"}
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    sources = [*code, *(path.read_text() for path in repo.release(NAME).rglob("*.py"))]
    imported = {name for source in sources for name in imports(source)}
    listed = {
        IMPORT_NAMES.get(name, name) for name in pins_of_environment(repo.environment.read_text())
    }
    assert imported - modules - set(sys.stdlib_module_names) <= listed


def imports(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    return names


def test_the_untouched_release_runs_anywhere_with_environment_yml_alone(repo, tmp_path):
    pins = pins_of_environment(repo.environment.read_text())
    packages = [f"{name}=={pin}" for name, pin in pins.items()]
    made = make_environment(tmp_path / "env", *packages)
    if is_unreachable(made):
        pytest.skip("the packages cannot be installed here")
    assert made.returncode == 0, made.stderr
    python = str(tmp_path / "env" / "bin" / "python")
    folder = tmp_path / "anywhere"
    shutil.copytree(repo.release(NAME), folder)
    outcome = run(
        *(python, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--inplace"),
        f"{NAME}.ipynb",
        cwd=folder,
        env={"PATH": f"{Path(python).parent}:/usr/bin:/bin"},
    )
    assert outcome.returncode == 0, outcome.stderr
    executed = json.loads((folder / f"{NAME}.ipynb").read_text())
    outputs = [output for cell in executed["cells"] for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert sum("not implemented yet" in json.dumps(output) for output in outputs) >= 6
