"""What kept a function from being judged, told from the notebook's text and its cells' ends."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.assignment.exercise import Answer, Exercise
from autograder.judging.obstacles import RanCell, find_obstacle
from autograder.judging.remedies import ENDED, Broken, missing_package

EXERCISE = Exercise("f", 10, ("v",), ())
HEAD = "def f(x):\n    m = len(x)\n"
GIVEN = f"{HEAD}    ### BEGIN SOLUTION\n    v = m\n    ### END SOLUTION\n    return v"
RELEASED = f"{HEAD}    # YOUR CODE HERE\n    raise NotImplementedError()\n    return v"
MISSING = [Answer("missing", reason="is not defined")] * 3
TODO = [Answer("todo", reason="is not implemented yet")] * 3


def answer_cell(source, line=0, error="SyntaxError", reason="", status="error"):
    return RanCell("f-answer", source, status, error, reason, line)


def told(answers, *cells) -> Any:
    return find_obstacle(EXERCISE, answers, cells, GIVEN)


@pytest.mark.parametrize(
    ("cell", "what", "next_step"),
    [
        pytest.param(
            answer_cell("def f(x):\n    return x +", 2),
            "Your answer cell does not run: SyntaxError in line 2: `return x +`",
            "Mend that line",
            id="syntax",
        ),
        pytest.param(
            answer_cell("```python\ndef f(x):\n    return x\n```", 1),
            "SyntaxError in line 1: ```python",
            "Take out the lines that begin with ```",
            id="a fence",
        ),
        pytest.param(
            answer_cell("def f(x):\n    return x[“W”]", 2, reason="invalid character '“'"),
            "in line 2: `return x[“W”]`",
            "Replace “ by a straight quote",
            id="typographic quotes",
        ),
        pytest.param(
            answer_cell("def f(x):\n    return x − 1", 2),
            "in line 2",
            "Python does not know the sign − (minus sign)",
            id="a minus sign",
        ),
        pytest.param(
            answer_cell("def f(x):\n    return x\u00a0+ 1", 2),
            "in line 2",
            "(no-break space)",
            id="a no-break space",
        ),
        pytest.param(
            answer_cell("def f(x):\n    β = 'wrong' 1", 2),
            "in line 2",
            "Mend that line",
            id="a Greek name is no odd sign",
        ),
        pytest.param(
            answer_cell("def f(x):\n    a = 1\n\treturn a", 3, "TabError"),
            "TabError in line 3: `return a`",
            "use four blanks",
            id="tabs",
        ),
        pytest.param(
            answer_cell("def f(x):\n    a = 1\n  return a", 3, "IndentationError"),
            "IndentationError in line 3",
            "how far that line is indented",
            id="indentation",
        ),
        pytest.param(
            answer_cell(
                "import torch\ndef f(x): return x",
                1,
                "ModuleNotFoundError",
                "No module named 'torch'",
            ),
            "ModuleNotFoundError in line 1: `import torch`",
            "torch is missing where notebooks are graded",
            id="a package",
        ),
        pytest.param(
            answer_cell("train()\ndef f(x): return x", status="timeout"),
            "Your answer cell was ended: it ran past its time.",
            ENDED,
            id="time",
        ),
        pytest.param(
            answer_cell("crash()\ndef f(x): return x", status="lost", reason="crashed Python"),
            "Your answer cell was ended: it crashed Python.",
            ENDED,
            id="lost",
        ),
        pytest.param(
            answer_cell("def g(x): return x", status="ok"),
            "Your answer cell defines g and not f.",
            "Give the function the name that it had: f.",
            id="another name",
        ),
        pytest.param(
            answer_cell("x = 1", status="ok"),
            "No cell of your notebook defines f.",
            "`def f`",
            id="nothing",
        ),
    ],
)
def test_a_function_that_is_not_there_is_told_why(cell, what, next_step):
    found = told(MISSING, cell)
    assert what in found.what
    assert next_step in found.next_step


def test_the_last_cell_that_defines_it_is_the_one_to_blame():
    added = RanCell("", "# mine\ndef f(x):\n    return x[", "error", "SyntaxError", "", 3)
    found = told(MISSING, answer_cell("# moved", status="ok"), added)
    assert found.what.startswith(
        "The cell that begins `# mine` does not run: SyntaxError in line 3"
    )


def test_an_earlier_cell_that_broke_it_is_told():
    answers = [Answer("raised", reason="stopped with NameError: name 'torch' is not defined")] * 2
    own = answer_cell("def f(x):\n    return torch.zeros(3)", status="ok")
    first = RanCell("", "import torch, json", "error", "ModuleNotFoundError",
                    "No module named 'torch'", 1)  # fmt: skip
    found = told(answers, first, own)
    assert found.what.startswith("Your function needs `torch`, and the cell that begins `import")
    assert "ModuleNotFoundError in line 1" in found.what
    assert told(answers, RanCell("", "import json"), own) is None


def test_an_earlier_cell_is_found_without_the_text_of_the_error():
    answers = [Answer("raised", reason="stopped with NameError")] * 2
    own = answer_cell("def f(x):\n    return helper(x)", status="ok")
    helper = RanCell("", "1 / 0\ndef helper(x): return x", "error", "ZeroDivisionError", "", 1)
    assert "needs `helper`" in told(answers, helper, own).what


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param(RELEASED, 0, id="untouched"),
        pytest.param("def f(x):\n    raise NotImplementedError()", 0, id="nothing but the starter"),
        pytest.param(RELEASED.replace("m = len(x)", "m=len(x)  # size"), 0, id="other blanks"),
        pytest.param(RELEASED.replace("    raise", "    v = 2 * m\n    raise"), 5, id="before"),
        pytest.param(RELEASED + "\n    v = 2 * m", 4, id="after"),
    ],
)
def test_a_leftover_is_told_from_a_function_that_is_not_begun(source, line):
    found = told(TODO, answer_cell(source, status="ok"))
    assert bool(found) == bool(line)
    if found:
        assert f"line {line} still stops it: `raise NotImplementedError()`" in found.what
        assert found.next_step.startswith("Take out that line")


def test_a_call_of_what_is_not_written_is_no_leftover():
    found = told(TODO, answer_cell("def f(x):\n    return g(x)", status="ok"))
    assert "calls another that is not implemented yet" in found.what


def test_answers_of_several_kinds_have_no_obstacle():
    assert told([*TODO, Answer("returned", 1)], answer_cell(RELEASED, status="ok")) is None
    assert told([Answer("returned", 1)], answer_cell("def f(x): return 1", status="ok")) is None


def test_a_package_is_named_only_if_the_cell_names_it():
    reason = "No module named 'pandas'"
    assert missing_package(Broken("error", "ModuleNotFoundError", reason, "", "import pandas"))
    assert not missing_package(Broken("error", "ModuleNotFoundError", reason, "", "import x"))
    assert not missing_package(Broken("error", "ValueError", reason, "", "import pandas"))


@pytest.mark.parametrize("piece", ["\n", " ", "def ", "import ", "x", '"""', "=", "a\n"])
def test_a_hostile_cell_is_read_in_one_go(piece):
    source = piece * (200_000 // len(piece))
    answers = [Answer("raised", reason="stopped with NameError")]
    broken = RanCell("", source, "error", "SyntaxError", "", 1)
    told(answers, broken, answer_cell("def f(x): return x", status="ok"))
    told(MISSING, answer_cell(source, 1))
    told(TODO, answer_cell(source, status="ok"))


def test_of_a_name_of_megabytes_the_beginning_is_told():
    found = told(MISSING, answer_cell(f"def {'g' * 1_000_000}(): 0", status="ok"))
    assert len(found.what) < 200 and "ggg" in found.what
    failed = RanCell("", f"{'g' * 1_000_000} = 1/0", "error", "ZeroDivisionError")
    raised = [Answer("raised", reason="stopped with NameError")]
    assert told(raised, answer_cell(f"def f(x): return {'g' * 1_000_000}"), failed) is None
