"""The public cases of the check: a green check means it, and no solution stands in the release."""

from __future__ import annotations

import ast
import inspect
import json
import re
from itertools import pairwise

import numpy as np
import pytest

from autograder.authoring import practice as making
from autograder.authoring.exercises import student_modules
from autograder.authoring.release import SOLUTION
from tests.conftest import NAME
from tests.support.assignments import COURSE, available, load
from workbook import checks, limits, mistakes, practice
from workbook.calling import Status, attempt
from workbook.checks import examine, few_prints, implemented, show
from workbook.examples import EXAMPLES

# All of them are right on the documented example, but for Adam's last digits.
SIX = """
def update_parameters_with_gd(parameters, grads, learning_rate):
    for l in range(1, 3):
        for k in (f"W{l}", f"b{l}"):
            parameters[k] = parameters[k] - learning_rate * grads["d" + k]
    return parameters
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k:k + 64], Y[:, k:k + 64]) for k in range(0, X.shape[1], 64)]
def initialize_velocity(parameters):
    v = {}
    for k in parameters:
        v["d" + k] = parameters[k]
        v["d" + k] *= 0
    return v
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for k in parameters:
        v["d" + k] = (1 - BETA) * grads["d" + k]
        parameters[k] = parameters[k] - learning_rate * v["d" + k]
    return parameters, v
def initialize_adam(parameters):
    v, s = {}, {}
    for k in ("W1", "b1", "W2", "b2"):
        v["d" + k], s["d" + k] = np.zeros(parameters[k].shape), np.zeros(parameters[k].shape)
    return v, s
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    for k in parameters:
        d = "d" + k
        v[d] = OLD_V + (1 - beta1) * grads[d]
        s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
        step = v[d] / (1 - beta1**t) / ROOT
        parameters[k] = parameters[k] - learning_rate * step
    return parameters, v, s
"""
PLAIN_ROOT = "(np.sqrt(s[d] / (1 - beta2**t)) + epsilon)"
INSIDE = "np.sqrt(s[d] / (1 - beta2**t) + epsilon)"
FORMS = {
    "without the old v": {"BETA": "beta", "OLD_V": "0", "ROOT": PLAIN_ROOT},
    "epsilon inside, beta of 0.9": {"BETA": "0.9", "OLD_V": "beta1 * v[d]", "ROOT": INSIDE},
}


def defined(text):
    names = {"np": np}
    exec(text, names)
    return names


def with_edit(exercise_id, mistake):
    """Return the function that makes a mistake of the catalogue."""
    catalogue = load(NAME).exercise(exercise_id).catalogue
    assert catalogue
    (entry,) = (one for one in catalogue.entries if one.id == mistake)
    return {exercise_id: catalogue.function(exercise_id, entry)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_notebook_of_six_wrong_functions_is_red_six_times(name, form):
    text = SIX
    for word, code in FORMS[form].items():
        text = text.replace(word, code)
    report = examine(name, defined(text))
    assert report.status is Status.WRONG, repr(report)
    assert len(repr(report).splitlines()) < 20


@pytest.mark.parametrize("exercise", load(NAME).exercises, ids=lambda one: one.id)
def test_the_check_names_what_the_feedback_page_names(exercise):
    assert exercise.catalogue
    entries = exercise.catalogue.entries
    for entry in entries[:: max(1, len(entries) // 8)]:
        function = exercise.catalogue.function(exercise.id, entry)
        report = examine(exercise.id, {exercise.id: function})
        assert report.mistakes == (entry.id,), entry.id
        assert entry.done.split("\n")[0] in repr(report)


def test_two_mistakes_at_once_are_named_both():
    catalogue = load(NAME).exercise("update_parameters_with_momentum").catalogue
    assert catalogue
    known = {entry.id: entry for entry in catalogue.entries}
    pair = [known["weights-again"], known["velocity-overwritten-by-gradient"]]
    function = catalogue.function("update_parameters_with_momentum", *pair)
    names = {"update_parameters_with_momentum": function}
    report = examine("update_parameters_with_momentum", names)
    assert set(report.mistakes) <= {entry.id for entry in pair}


@pytest.mark.parametrize("name", available())
def test_the_public_cases_are_not_the_hidden_ones_and_up_to_date(name):
    with student_modules(COURSE, name):
        path = COURSE.student_modules(name) / "workbook" / practice.FILE
        written = json.loads(path.read_text(encoding="utf-8"))
    assert written["made_from"] == making._digest(COURSE, name)
    assert [*written["exercises"]] == [exercise.id for exercise in load(name).exercises]
    assert all(len(one["cases"]) >= 5 for one in written["exercises"].values())


@pytest.mark.parametrize("name", available())
def test_no_right_solution_stands_in_the_release(name):
    """Neither a line of one nor a function that is one, in whatever file and form."""
    secrets = {line for one in load(name).exercises for line in solution_lines(one)}
    given = COURSE.text(name).read_text(encoding="utf-8")
    secrets -= {squeezed(line) for line in SOLUTION.sub("", given).splitlines()}
    for path in COURSE.release(name).rglob("*"):
        if path.is_file() and path.suffix in {".py", ".json"}:
            text = path.read_text(encoding="utf-8").replace("\\n", "\n").replace('\\"', '"')
            lines = {squeezed(line) for line in text.splitlines()}
            assert not lines & secrets, (path.name, lines & secrets)
    for program in programs(name):
        ast.parse(program)
        assert not {squeezed(line) for line in program.splitlines()} & secrets


def solution_lines(exercise):
    lines = map(squeezed, exercise.catalogue.solution.splitlines())
    return {line for line in lines if len(line) > 22 and not line.startswith(("for", "def"))}


def squeezed(line):
    return re.sub(r"\s+", "", line)


def programs(name):
    path = COURSE.release(name) / "workbook" / practice.FILE
    written = json.loads(path.read_text(encoding="utf-8"))["exercises"]
    return {case["program"] for one in written.values() for case in one["cases"]}


GD = "update_parameters_with_gd"
HEAD = f"def {GD}(parameters, grads, learning_rate):\n"
RIGHT = "    return {k: w - learning_rate * grads['d' + k] for k, w in parameters.items()}\n"


@pytest.fixture
def notebook(monkeypatch):
    names: dict = {}
    monkeypatch.setattr(checks, "notebook_namespace", lambda: names)
    return names


@pytest.mark.parametrize("alarm", [True, False])
def test_an_endless_loop_is_given_up(alarm, notebook, capsys, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    if not alarm:
        monkeypatch.delattr(limits.signal, "setitimer")
    monkeypatch.setattr(checks, "time_limit", lambda: limits.time_limit(0.2))
    notebook.update(defined(f"{HEAD}    while True:\n        pass\n"))
    show(GD, {}, {}, 0.1)
    assert not implemented(GD)
    shown, guarded = capsys.readouterr().out.splitlines()
    assert "Kernel → Interrupt" in shown
    assert guarded.startswith(f"This cell needs a working {GD}; yours did not come to an end")
    assert "did not come to an end" in repr(examine(GD, notebook))


def test_what_is_printed_is_shown_within_bounds(notebook, capsys):
    body = "    for k in range(1000): print('value', k)\n"
    notebook.update(defined(HEAD + body + RIGHT))
    assert "value 3" in repr(examine(GD, notebook))
    show(GD, *EXAMPLES[GD].call()[0])
    out = capsys.readouterr().out
    assert "value 3" in out and "… and 988 more lines" in out


def test_prints_while_training_are_folded(capsys):
    with few_prints() as say:
        for epoch in range(100):
            print("debug", epoch)
            if epoch % 50 == 0:
                say(f"Cost after epoch {epoch}")
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line.startswith("debug")]) == limits.MOST_LINES
    assert "Cost after epoch 50" in lines and "88 more lines" in lines[-1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("    pass\n", "yours returns None", id="nothing returned"),
        pytest.param("    return missing\n", "yours stopped with NameError", id="an error"),
        pytest.param(
            "    return {k: w + grads['d' + k] for k, w in parameters.items()}\n",
            'yours is wrong: parameters["W1"] differs',
            id="uphill",
        ),
    ],
)
def test_a_wrong_function_is_guarded_by_one_sentence(body, words, notebook, capsys):
    notebook.update(defined(HEAD + body))
    assert not implemented(GD)
    out = capsys.readouterr().out
    assert words in out and out.count("\n") == 1


def test_a_leftover_stub_is_told_as_its_line(tmp_path):
    path = tmp_path / "cell.py"
    path.write_text(HEAD + "    raise NotImplementedError()\n" + RIGHT)
    names: dict = {}
    exec(compile(path.read_text(), str(path), "exec"), names)
    assert "it stops at `raise NotImplementedError()`" in repr(examine(GD, names))
    assert inspect.isfunction(names[GD])


def test_a_name_of_the_first_cell_is_told_as_such():
    names: dict = {}
    exec("def f():\n    return np.zeros(1)\ndef g():\n    return nq", names)
    assert "Run the first code cell" in attempt(names["f"]).reason
    assert "Run the first code cell" not in attempt(names["g"]).reason


def test_a_validated_notebook_trains_nothing(notebook, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    notebook.update(defined(HEAD + RIGHT))
    assert not implemented(GD)
    assert capsys.readouterr().out == ""


def test_numbers_pass_through_the_file_unchanged():
    value = ({"W1": np.array([[0.1, np.pi]], np.float32), "n": 3}, [True, None, "x", np.int64(2)])
    read = practice.read(json.loads(json.dumps(practice.write(value))))
    assert read[0]["W1"].dtype == np.float32 and np.array_equal(read[0]["W1"], value[0]["W1"])
    assert read[1] == value[1] and isinstance(read, tuple)


def test_signs_of_other_answers_are_far_apart():
    found = practice.content()[GD]["signs"]
    numbers = sorted({(sign[0], sign[1]) for sign in found})
    gaps = [b[0] - a[0] for a, b in pairwise(numbers) if a[1] == b[1]]
    assert min(gap for gap in gaps if gap > mistakes.ALIKE) > 10 * mistakes.ALIKE
