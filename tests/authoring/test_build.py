"""The instructor version: up to date, the same every time, with the documented outputs."""

from __future__ import annotations

import re
import subprocess
import sys
from copy import deepcopy

import nbformat
import pytest

from autograder.authoring.build import VARYING, differences
from autograder.course import Course
from tests.authoring.conftest import OWN
from tests.conftest import NAME, run
from tests.support.assignments import available
from workbook.examples import OUTPUTS


@pytest.fixture(scope="module")
def notebook(repo):
    return nbformat.read(repo.notebook(NAME), as_version=4)


def printed(notebook, cell_id):
    """Return what a cell prints."""
    (cell,) = (cell for cell in notebook.cells if cell.id == cell_id)
    return "".join(output.get("text", "") for output in cell.outputs)


@pytest.mark.slow
@pytest.mark.parametrize("name", available())
def test_the_instructor_version_is_made_from_what_it_stands_beside(name, course):
    # `make test` replays the outputs of all notebooks with nbval.
    assert "Up to date" in run("autograder", "build", name, cwd=course.root).stdout


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "adam"])
def test_training_prints_the_documented_costs_and_accuracy(optimizer, notebook):
    documented = OUTPUTS["model"][optimizer]
    text = printed(notebook, f"training-{optimizer}")
    costs = dict(re.findall(r"Cost after epoch (\d+): ([\d.]+)", text))
    assert {epoch: float(cost) for epoch, cost in costs.items()} == documented["cost_after_epoch"]
    (accuracy,) = re.findall(r"Accuracy: ([\d.]+)", text)
    assert float(accuracy) == documented["accuracy"]


def test_no_cell_fails_or_warns(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", cell.id


def test_readers_see_figures(notebook):
    drawn = [
        place
        for place, cell in enumerate(notebook.cells)
        if any(
            "<img alt=" in output.get("data", {}).get("text/html", "")
            for output in cell.get("outputs", [])
        )
        and "experiment" not in cell.metadata.get("tags", [])
    ]
    assert len(drawn) >= 14


def changed_copy(notebook, change):
    copy = deepcopy(notebook)
    change({cell.id: cell for cell in copy.cells}, copy)
    return copy


def change_output(cells, _notebook):
    cells["training-gd"].outputs[0].text += "Cost after epoch 10000: 0.4\n"


def change_source(cells, _notebook):
    cells["imports"].source += "\n"


def change_points(cells, _notebook):
    cells["update_parameters_with_gd"].metadata.nbgrader.points = 11


def drop_a_cell(_cells, notebook):
    notebook.cells.pop()


def change_the_kernel(_cells, notebook):
    notebook.metadata.kernelspec.name = "other"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_output, "cell 'training-gd': the text output differs"),
        (change_source, "cell 'imports': the source differs"),
        (change_points, "cell 'update_parameters_with_gd': the metadata differs"),
        (drop_a_cell, "the cells are not the same"),
        (change_the_kernel, "the notebook's metadata differ"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_guard_finds_any_change(change, words, notebook):
    found = differences(notebook, changed_copy(notebook, change))
    assert len(found) == 1
    assert words in found[0]


def change_figure(cells, _notebook):
    for output in cells["gd-landscape"].outputs:
        output.data["text/html"] = re.sub('(?<=base64,)[^"]*', "AAAA", output.data["text/html"])


def change_wall_time(cells, _notebook):
    assert VARYING in cells["summary-time"].metadata.tags
    cells["summary-time"].outputs[0].text = "a slower machine"


@pytest.mark.parametrize("change", [change_figure, change_wall_time])
def test_figures_and_wall_times_may_differ(change, notebook):
    assert not differences(notebook, changed_copy(notebook, change))


def build(course: Course, *options: str) -> bytes:
    outcome = run("autograder", "build", OWN, *options, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    return course.notebook(OWN).read_bytes()


@pytest.mark.slow
def test_a_build_is_repeatable_to_the_byte_and_one_with_nothing_to_do_does_nothing(own):
    first, second = (build(own, "--force") for _ in range(2))
    assert first == second
    before = own.notebook(OWN).stat().st_mtime_ns
    assert "Up to date" in run("autograder", "build", OWN, cwd=own.root).stdout
    assert own.notebook(OWN).stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_cell_that_fails_leaves_the_old_notebook(course):
    before = course.notebook(NAME).read_bytes()
    text = course.text(NAME).read_text()
    course.text(NAME).write_text(
        text.replace("# %% gd [markdown]", "# %% gd\n1 / 0\n\n# %% x [markdown]")
    )
    outcome = run("autograder", "build", NAME, cwd=course.root)
    assert outcome.returncode == 2
    assert "fails when it runs" in outcome.stderr
    assert "ZeroDivisionError" in outcome.stderr
    assert course.notebook(NAME).read_bytes() == before


def nbval(folder) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pytest", "--nbval", "-q", str(folder), cwd=folder)


@pytest.mark.slow
def test_nbval_and_the_check_replay_a_notebook_and_find_a_changed_output(own):
    printing = "\n\n# %% printing\nprint(np.arange(4) / 7)\n"
    with own.text(OWN).open("a") as file:
        file.write(printing)
    build(own)
    build(own, "--check")
    assert nbval(own.source(OWN)).returncode == 0
    path = own.notebook(OWN)
    path.write_text(path.read_text().replace("0.42857143", "0.42857144"))
    checked = run("autograder", "build", OWN, "--check", cwd=own.root)
    assert checked.returncode == 1
    assert "cell 'printing': the text output differs" in checked.stdout + checked.stderr
    outcome = nbval(own.source(OWN))
    assert outcome.returncode == 1
    assert "1 failed" in outcome.stdout
