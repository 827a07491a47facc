"""The lines of a student's code that are marked: those a finding is about, and no others."""

from __future__ import annotations

import ast
from contextlib import suppress
from pathlib import Path
from signal import ITIMER_PROF

import numpy as np
import pytest

from autograder.assignment.exercise import Answer
from autograder.assignment.verdict import (
    CaseVerdict,
    Diagnosis,
    ExerciseVerdict,
    Obstacle,
    Outcome,
)
from autograder.feedback import code
from autograder.feedback.lines import spoken_of
from autograder.feedback.steps import steps_of
from autograder.feedback.values import function_of
from autograder.judging.marking import mark
from autograder.judging.obstacles import RanCell, find_obstacle
from autograder.judging.telling import Texts, located, why_not
from autograder.sandbox.timing import time_limit
from tests.conftest import NAME
from tests.proving.trials import answers_of, benches
from tests.support.assignments import load

ASSIGNMENTS = ("optimization", "initialization", "gradient_checking", "optimizer_ideas")
CATALOGUES = [
    pytest.param(exercise, id=f"{name}-{exercise.id}")
    for name in ASSIGNMENTS
    for exercise in load(name).exercises
    if exercise.catalogue
]
SOLUTIONS = Path(__file__).parents[1] / "solutions"
ADAM = "update_parameters_with_adam"

# As the documented notebook has it: each line twice, for W and for b, and the layers from 0.
TEXTBOOK = '''\
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Take a step."""
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(L):
        v["dW" + str(l+1)] = beta1 * v["dW" + str(l+1)] + (1 - beta1) * grads["dW" + str(l+1)]
        v["db" + str(l+1)] = beta1 * v["db" + str(l+1)] + (1 - beta1) * grads["db" + str(l+1)]
        v_corrected["dW" + str(l+1)] = v["dW" + str(l+1)] / (1 - beta1 ** t)
        v_corrected["db" + str(l+1)] = v["db" + str(l+1)] / (1 - beta1 ** t)
        s["dW" + str(l+1)] = beta2 * s["dW" + str(l+1)] + (1 - beta2) * grads["dW" + str(l+1)] ** 2
        s["db" + str(l+1)] = beta2 * s["db" + str(l+1)] + (1 - beta2) * grads["db" + str(l+1)] ** 2
        s_corrected["dW" + str(l+1)] = s["dW" + str(l+1)] / (1 - beta2 ** t)
        s_corrected["db" + str(l+1)] = s["db" + str(l+1)] / (1 - beta2 ** t)
        parameters["W" + str(l+1)] -= learning_rate * v_corrected["dW" + str(l+1)] / (
            np.sqrt(s_corrected["dW" + str(l+1)]) + epsilon)
        parameters["b" + str(l+1)] -= learning_rate * v_corrected["db" + str(l+1)] / (
            np.sqrt(s_corrected["db" + str(l+1)]) + epsilon)
    return parameters, v, s
'''

# In other words, and in one line.
SHORT = """\
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    for name, g in grads.items():
        v[name] = (1 - beta1) * grads[name] + v[name] * beta1
        s[name] = beta2 * s[name] + np.square(grads[name]) * (1 - beta2)
        hat, root = v[name] / (1 - beta1 ** t), np.sqrt(s[name] / (1 - beta2 ** t))
        parameters[name[1:]] = parameters[name[1:]] - learning_rate * hat / (root + epsilon)
    return parameters, v, s
"""


def marked(exercise_id: str, source: str, *mistakes: str, **others) -> list[int]:
    """Return the lines that are marked where these mistakes are told."""
    exercise = load(NAME).exercise(exercise_id)
    diagnoses = tuple(Diagnosis(mistake, "", "") for mistake in mistakes)
    verdict = ExerciseVerdict(exercise_id, 10, others.pop("cases", ()), diagnoses, **others)
    return sorted(spoken_of(exercise, verdict, source))


@pytest.mark.parametrize(
    ("source", "old", "new", "mistake", "lines"),
    [
        (TEXTBOOK, '"dW" + str(l+1)] / (1 - beta2', '"dW" + str(l+1)] / (1 - beta1', "W", [14]),
        (TEXTBOOK, "/ (1 - beta2 ** t)", "/ (1 - beta1 ** t)", "beta1-in-s-hat", [14, 15]),
        (TEXTBOOK, " ** 2", "", "gradient-not-squared", [12, 13]),
        (TEXTBOOK, ") + epsilon", " + epsilon)", "epsilon-inside-root", [16, 17, 18, 19]),
        (TEXTBOOK, " -= ", " += ", "step-added", [16, 17, 18, 19]),
        (TEXTBOOK, "return parameters, v, s", "return parameters", "moments-not-returned", [20]),
        (TEXTBOOK, "learning_rate=0.01", "learning_rate=0.001", "rate-default", [1]),
        (TEXTBOOK, "epsilon=1e-8", "epsilon=1e-4", "epsilon-default-1e-4", [2]),
        (SHORT, "(1 - beta2 ** t)", "(1 - beta1 ** t)", "beta1-in-s-hat", [6]),
        (SHORT, "np.square(grads[name])", "grads[name]", "gradient-not-squared", [5]),
        (SHORT, "v[name] * beta1", "v[name]", "v-without-beta1", [4]),
    ],
)
def test_the_line_with_the_mistake_is_marked(source, old, new, mistake, lines):
    assert old in source
    mistake = "beta1-in-s-hat" if mistake == "W" else mistake
    assert marked(ADAM, source.replace(old, new), mistake) == lines


def test_two_mistakes_have_a_line_each():
    source = SHORT.replace("v[name] * beta1", "v[name]").replace(
        "- learning_rate", "+ learning_rate"
    )
    assert marked(ADAM, source, "v-without-beta1", "step-added") == [4, 7]


def test_what_is_told_of_a_part_marks_where_that_is_made():
    source = SHORT.replace("(1 - beta2)", "(beta2 - 1)")
    assert marked(ADAM, source, "new_s-rule") == [5]
    assert marked(ADAM, source, "new_s-breaks") == [5]
    assert marked(ADAM, SHORT, "new_s-rule") == []


BATCHES = """\
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    for k in range(0, m, mini_batch_size):
        mini_batches.append((shuffled_X[:, k:k + mini_batch_size],
                             shuffled_Y[:, k:k + mini_batch_size]))
    return mini_batches
"""


@pytest.mark.parametrize(
    ("old", "new", "mistake", "lines"),
    [
        ("Y[:, permutation].reshape((1, m))", "Y", "Y-not-shuffled", []),
        ("X.shape[1]", "X.shape[0]", "m-from-rows", [3]),
        ("seed(seed)", "seed(0)", "seed-always-0", [2]),
        ("Y[:, permutation]", "Y[:, np.random.permutation(m)]", "two-permutations", [7]),
    ],
)
def test_lines_that_shuffle_and_cut_are_found(old, new, mistake, lines):
    assert old in BATCHES
    assert marked("random_mini_batches", BATCHES.replace(old, new), mistake) == lines


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", [ADAM, "random_mini_batches"])
def test_hardly_a_line_of_a_right_solution_is_marked(exercise_id):
    """Whatever is told. A right one may hold, on its way, what is the end of a wrong one."""
    exercise = load(NAME).exercise(exercise_id)
    assert exercise.catalogue
    sources, entries = right_solutions(exercise_id), exercise.catalogue.entries[::9]
    pairs = [(source, entry.id) for source in sources for entry in entries]
    assert len(pairs) > 50
    found = [mistake for source, mistake in pairs if marked(exercise_id, source, mistake)]
    assert len(found) < len(pairs) / 50, found


def right_solutions(exercise_id: str) -> list[str]:
    """Return right solutions as different students write them, under the name that is asked."""
    found = []
    for path in sorted((SOLUTIONS / NAME).glob(f"{exercise_id}*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                code = ast.get_source_segment(text, node) or ""
                found.append(code.replace(f"def {node.name}(", f"def {exercise_id}(", 1))
    return found


@pytest.mark.parametrize("exercise", CATALOGUES)
def test_of_a_known_wrong_solution_only_what_was_changed_is_marked(exercise):
    """Or, where that line by itself is a right one elsewhere, the first that goes wrong by it."""
    right = set(exercise.catalogue.solution.split("\n"))
    entries, found = exercise.catalogue.entries[::3], 0
    for entry in entries:
        source = exercise.catalogue.source(entry)
        verdict = ExerciseVerdict(exercise.id, 1, (), (Diagnosis(entry.id, "", ""),))
        lines = spoken_of(exercise, verdict, source)
        changed = [n for n, text in enumerate(source.split("\n"), 1) if text not in right]
        found += bool(lines)
        assert not lines or not changed or min(lines) >= min(changed), entry.id
    assert found >= len(entries) / 3


def raised(line: str, name: str = "KeyError") -> CaseVerdict:
    """Return a case in which a function stopped, as the judge tells it."""
    answer = located(Answer("raised", (0, 1), f"stopped with {name}: 'dw1'"), Texts([line]))
    message = f"Your function {why_not(answer, known=True)}."
    return CaseVerdict("the documented example", Outcome.FAILED, 1, message)


def test_the_line_that_raised_is_marked():
    source = SHORT.replace("grads[name]) *", "grads['dw1']) *")
    line = source.split("\n")[4]
    assert marked(ADAM, source, cases=(raised(line),)) == [5]
    assert marked(ADAM, source, cases=(raised("x = grads['dw1']"),)) == []
    twice = source.replace(line, f"{line}\n{line}")
    assert marked(ADAM, twice, cases=(raised(line),)) == []


@pytest.mark.parametrize(
    ("cell", "status", "error", "line", "lines"),
    [
        (f"def {ADAM}(x):\n    return (", "error", "SyntaxError", 2, [2]),
        (f"def {ADAM}(x)\n    return x", "error", "SyntaxError", 1, [1]),
        ("def adam(x):\n    return x", "ok", "", 0, [1]),
    ],
)
def test_the_line_that_keeps_a_cell_from_running_is_marked(cell, status, error, line, lines):
    exercise = load(NAME).exercise(ADAM)
    ran = RanCell(exercise.answer_cell, cell, status, error, "invalid", line)
    obstacle = find_obstacle(exercise, [Answer("missing")], [ran], "")
    assert marked(ADAM, cell, obstacle=obstacle) == lines


def test_a_line_that_was_to_be_taken_out_is_marked():
    cell = SHORT + "    raise NotImplementedError()\n"
    exercise = load(NAME).exercise(ADAM)
    ran = RanCell(exercise.answer_cell, cell)
    obstacle = find_obstacle(exercise, [Answer("todo")], [ran], "")
    assert marked(ADAM, cell, obstacle=obstacle) == [9]
    other = Obstacle(obstacle.what.replace("line 9", "line 99999999999"), "") if obstacle else None
    assert marked(ADAM, cell, obstacle=other) == []


@pytest.mark.parametrize(
    "source",
    ["", "def f(", f"def {ADAM}(x): pass", "x = " + "(" * 5000, "x = " + "-" * 15_000 + "1",
     f"def {ADAM}(v):\n    return 9 ** 9 ** 9 ** 9", f"def {ADAM}(v):\n    v[1e999] = 1 / 0",
     f"def {ADAM}(v):\n    return " + "v[" * 80 + "0" + "]" * 80, "\ud800", "\x00", "1" * 9000],
)  # fmt: skip
def test_odd_code_is_marked_nowhere(source):
    assert marked(ADAM, source, "step-added") == []


@pytest.fixture(scope="module")
def bench():
    return benches(NAME, seed=21)


def test_a_function_that_was_judged_is_marked_where_it_is_wrong(bench):
    source = TEXTBOOK.replace("/ (1 - beta2 ** t)", "/ (1 - beta1 ** t)")
    assert told_and_marked(bench, source) == (["beta1-in-s-hat"], [14, 15])


def test_a_rule_that_nobody_knew_is_marked_where_it_stands(bench):
    source = SHORT.replace("beta2 * s[name] +", "beta1 ** 2 * s[name] +")
    (_, *_), lines = told_and_marked(bench, source)
    assert lines == [5]


def told_and_marked(bench, source: str) -> tuple[list[str], list[int]]:
    """Judge a function as grading does; return what is told of it and which lines are marked."""
    namespace = {"np": np}
    exec(source, namespace)
    one = bench[ADAM]
    verdict = mark(one.diagnostician, answers_of(namespace[ADAM], one.questions))
    found = spoken_of(one.diagnostician.exercise, verdict, source)
    return [diagnosis.id for diagnosis in verdict.diagnoses], sorted(found)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("x = a" + "[0]" * 500, id="brackets"),
        pytest.param("x = a" + "()" * 500, id="calls"),
        pytest.param(" = ".join(["x"] * 5_000) + " = a", id="targets"),
        pytest.param(", ".join(["x"] * 3_000) + " = " + ", ".join(["1"] * 3_000), id="pairs"),
        pytest.param("x = " + "9" * 4_000 + " ** 9e300 ** a", id="a huge number"),
    ],
)
def test_a_statement_without_end_is_read_in_passing(statement):
    # It would take minutes or more if anything of it were worked out for each of its parts.
    function = function_of(ast.parse(f"def f(a):\n    {statement}\n"), "f")
    assert function
    # Whoever asks for marks takes a recursion error for no mark.
    with time_limit(10, ITIMER_PROF), suppress(RecursionError):
        assert steps_of(function, frozenset("ax"))


def test_of_code_that_many_gave_the_colours_are_remembered_but_not_of_what_nobody_reads():
    known = code._remembered
    short, long = "x = 1  # as many wrote it", "x = 1\n" * code.MOST_CHARACTERS
    first = code.coloured(short, [1])
    before = known.cache_info()
    assert code.coloured(short, [1]) is first
    assert code.coloured(short) != first
    assert "is not shown" in code.coloured(long)
    assert known.cache_info().hits == before.hits + 1
    assert known.cache_info().currsize == before.currsize + 1
