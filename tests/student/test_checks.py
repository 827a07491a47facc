"""The instant checks in a student's notebook."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from autograder.authoring.reference import load_reference
from tests.conftest import NAME, run
from tests.support.assignments import load
from workbook import checks, columns
from workbook.checks import Status, examine, implemented, show
from workbook.examples import EXAMPLES

NAMES = list(EXAMPLES)


@pytest.fixture(scope="module")
def reference(repo):
    return load_reference(repo, load(NAME))


def gd(body):
    """Return a namespace with update_parameters_with_gd of that body."""
    namespace = {"np": np}
    exec(f"def update_parameters_with_gd(parameters, grads, learning_rate):\n {body}", namespace)
    return namespace


GD = "update_parameters_with_gd"
RIGHT = "return {k: w - learning_rate * grads['d' + k] for k, w in parameters.items()}"


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_is_all_green(name, reference):
    report = examine(name, reference)
    assert report.status is Status.RIGHT, repr(report)


def test_every_exercise_has_a_check():
    assert [exercise.id for exercise in load(NAME).exercises] == NAMES


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        pytest.param("raise NotImplementedError()", Status.TODO, "not implemented", id="a stub"),
        pytest.param("return None", Status.WRONG, "the result is None", id="no return"),
        pytest.param("return missing", Status.WRONG, "NameError", id="a typo"),
        pytest.param("exit()", Status.WRONG, "SystemExit", id="leaving"),
        pytest.param("return parameters", Status.WRONG, 'parameters["W1"] differs', id="no update"),
        pytest.param(
            "return {k: w + learning_rate * grads['d' + k] for k, w in parameters.items()}",
            Status.WRONG,
            "expected:",
            id="uphill",
        ),
        pytest.param(
            "return {'W1': parameters['W1']}", Status.WRONG, 'parameters["b1"]', id="a key"
        ),
        pytest.param("print('hello'); " + RIGHT, Status.RIGHT, "all 4", id="prints"),
        pytest.param("np.log(np.zeros(1)); " + RIGHT, Status.RIGHT, "all 4", id="warns"),
        pytest.param("import sys; sys.stderr.write('x'); " + RIGHT, Status.RIGHT, "all", id="err"),
    ],
)
def test_a_mistake_is_reported_and_nothing_is_raised(body, status, words, capsys):
    report = examine(GD, gd(body))
    assert report.status is status
    assert words in repr(report)
    assert words.split(":")[0] in report._repr_html_().replace("&quot;", '"')
    assert capsys.readouterr() == ("", "")


def test_a_function_that_is_not_there_is_to_do():
    assert examine(GD, {}).status is Status.TODO


def test_an_unknown_name_is_the_authors_mistake():
    with pytest.raises(ValueError, match="choose one of update_parameters_with_gd"):
        examine("update_parameters_with_sgd", {})


def test_a_students_text_cannot_break_the_html():
    report = examine(GD, gd("raise ValueError('<script>alert(1)</script>')"))
    assert "<script>" not in report._repr_html_()


@pytest.mark.parametrize(
    ("answer", "subject"),
    [
        pytest.param(lambda X, Y, size: None, "the list of pairs", id="nothing"),
        pytest.param(lambda X, Y, size: [X, Y], "the list of pairs", id="not pairs"),
        pytest.param(lambda X, Y, size: [(X, Y)], "the sizes", id="one large batch"),
        pytest.param(
            lambda X, Y, size: [(X[:, k : k + size], Y[:, k : k + size]) for k in (0, 64)],
            "every example once",
            id="the last batch dropped",
        ),
        pytest.param(
            lambda X, Y, size: [
                (X[:, k : k + size], Y[:, ::-1][:, k : k + size]) for k in (0, 64, 128)
            ],
            "X and Y together",
            id="labels of others",
        ),
        pytest.param(
            lambda X, Y, size: [(X[:, k : k + size], Y[:, k : k + size]) for k in (0, 64, 128)],
            "first_X_row0_first3",
            id="not shuffled",
        ),
    ],
)
def test_mini_batches_are_judged_property_by_property(answer, subject):
    report = examine("random_mini_batches", {"random_mini_batches": answer})
    assert subject in {finding.subject for finding in report.findings if not finding.passed}


def test_moments_that_share_one_array_are_found():
    def initialize_adam(parameters):
        v = {"d" + key: np.zeros_like(value) for key, value in parameters.items()}
        return v, v

    report = examine("initialize_adam", {"initialize_adam": initialize_adam})
    assert [f.subject for f in report.findings if not f.passed] == ["separate arrays"]


@pytest.fixture
def notebook(monkeypatch):
    """Stand in for the names of a notebook's cells."""
    names: dict = {}
    monkeypatch.setattr(checks, "notebook_namespace", lambda: names)
    return names


def test_show_prints_yours_beside_the_documentation(notebook, capsys):
    notebook.update(gd(RIGHT))
    show(GD, *EXAMPLES[GD].call()[0])
    out = capsys.readouterr().out
    assert out.count("1.63535156 -0.62320365 -0.53718766") == 2
    assert out.splitlines()[0].split() == ["yours", "documented"]


@pytest.mark.parametrize("answer", [None, 3, "text", [1], {"W1": "x"}, {1: 2}], ids=repr)
def test_show_prints_any_answer(answer, notebook, capsys):
    notebook[GD] = lambda *arguments: answer
    show(GD, *EXAMPLES[GD].call()[0])
    assert "documented" in capsys.readouterr().out


def test_show_and_implemented_say_what_is_to_do(notebook, capsys):
    notebook.update(gd("raise NotImplementedError()"))
    show(GD, *EXAMPLES[GD].call()[0])
    assert not implemented(GD)
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{GD}: is not implemented yet"
    assert GD in second


def test_implemented_says_nothing_when_all_is_there(notebook, capsys):
    notebook.update(gd(RIGHT))
    assert implemented(GD)
    assert capsys.readouterr().out == ""


def test_checks_work_in_plain_python(repo):
    code = f"from workbook.checks import check\ncheck({GD!r})"
    outcome = run(sys.executable, "-c", code, cwd=repo.release(NAME))
    assert outcome.stdout.startswith(f"… {GD}: not implemented yet")
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_only_nbgrader_validate_sees_a_failing_cell(repo):
    code = f"from workbook.checks import check\ncheck({GD!r})"
    env = {"NBGRADER_VALIDATING": "1"}
    outcome = run(sys.executable, "-c", code, cwd=repo.release(NAME), env=env)
    assert outcome.returncode == 1
    assert "CheckFailed" in outcome.stderr


def test_a_wrong_structure_stays_in_its_own_column():
    values = tuple({"dW1": np.arange(6.0).reshape(2, 3), "odd": "x" * 150} for _ in range(5))
    documented = {name: {"dW1": np.ones((1, 2))} for name in ("parameters", "v", "s")}
    lines = repr(columns.SideBySide(values, documented)).splitlines()
    assert lines[0].index("documented") == columns.COLUMN
    assert not [line for line in lines if line[columns.COLUMN - 2 :][:2].strip()]
    assert "a tuple of 5: value 5" in "".join(lines)


@pytest.mark.parametrize("result", [(), [], None, "x" * 300, {"W1": None}, object(), ((),)])
def test_an_odd_result_stays_in_its_own_column(result):
    lines = repr(columns.SideBySide(result, {"v": np.ones(2), "s": np.ones(2)})).splitlines()
    assert not [line for line in lines if line[columns.COLUMN - 2 :][:2].strip()]
