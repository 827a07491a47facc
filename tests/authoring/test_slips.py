"""Slips of an instructor: each is one sentence with file, line and what to do."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.authoring import exercises
from autograder.authoring.starting import start_assignment, start_course
from autograder.authoring.workbook import compose
from autograder.errors import UserError
from tests.authoring.conftest import OWN


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def refusal(course) -> str:
    """Return what is said when the exercises are loaded and the text is read."""
    with pytest.raises(UserError) as refused:
        compose(course.text(OWN), exercises.load(course, OWN))
    return str(refused.value)


def test_what_new_writes_is_right(own):
    assignment = exercises.load(own, OWN)
    assert assignment.points == 20
    assert len(compose(own.text(OWN), assignment).cells) == 10


IN_MODULE = {
    "a syntax error": ("ASSIGNMENT = Assignment(", "ASSIGNMENT = = Assignment(", "invalid syntax"),
    "a name that is not there": ("draw_measurements,\n", "draw_measurement,\n", "NameError"),
    "an import that is not there": ("import numpy as np", "import nunpy as np", "nunpy"),
    "no assignment": ("ASSIGNMENT = ", "EXERCISES = ", "defines no ASSIGNMENT"),
    "another thing as assignment": (
        'ASSIGNMENT = Assignment("week1", (STANDARDIZE, MEAN_SQUARED_ERROR))',
        "ASSIGNMENT = (STANDARDIZE, MEAN_SQUARED_ERROR)",
        "of type tuple: make it an Assignment",
    ),
    "another name": ('Assignment("week1"', 'Assignment("week2"', "give both the same name"),
    "one exercise without a comma": (
        "(STANDARDIZE, MEAN_SQUARED_ERROR)",
        "(STANDARDIZE)",
        "a tuple of one Exercise or more",
    ),
    "no exercise": ("(STANDARDIZE, MEAN_SQUARED_ERROR)", "()", "one Exercise or more"),
    "an exercise twice": (
        "(STANDARDIZE, MEAN_SQUARED_ERROR)",
        "(STANDARDIZE, STANDARDIZE)",
        "two exercises are called 'standardize'",
    ),
    "an id that is no name": ('id="standardize"', 'id="my task"', "the name of a function"),
    "an id that is a word of Python": ('id="standardize"', 'id="class"', "name of a function"),
    "no points": ("points=10", "points=0", "its points are 0"),
    "negative points": ("points=10", "points=-5", "its points are -5"),
    "points as text": ("points=10", 'points="10"', "its points are '10'"),
    "points without end": ("points=10", 'points=float("inf")', "its points are inf"),
    "returns without a comma": ('returns=("X_scaled",)', 'returns=("X_scaled")', "tuple of names"),
    "two cases of a name": ('"a single row"', '"other measurements"', "two cases are called"),
    "a weight of 0": ("weight=2", "weight=0", "its weight is 0"),
    "a weight that is no number": ("weight=2", 'weight=float("nan")', "its weight is nan"),
    "a draw that is called": (
        "            draw_measurements,\n",
        "            draw_measurements(np.random.default_rng(0)),\n",
        "draw must be a function",
    ),
    "a draw that fails": ("columns: int = 6", "columns: int = -1", "drawing its inputs stops"),
    "a draw without a call": ("    return Call((means", "    return ((means", "return Call("),
    "arguments without a comma": (
        "((means + spreads * rng.standard_normal((rows, columns)),))",
        "((means + spreads * rng.standard_normal((rows, columns))))",
        "Call((first,)) has one argument",
    ),
    "an argument that cannot be sent": (
        "    return Call((targets + misses, targets))",
        "    return Call((targets + misses, {1, 2}))",
        "which cannot be sent",
    ),
    "an edit that fits nothing": ('"X - mean": "X"', '"X-mean": "X"', "stands 0 times"),
    "an edit that fits twice": ('{"X - mean": "X"}', '{"keepdims": "keep"}', "stands 2 times"),
    "an edit that changes nothing": ('"X - mean": "X"', '"X - mean": "X - mean"', "change nothing"),
    "no sentence": ('"Subtract the mean before you divide."', '""', "where to look"),
    "a misconception twice": ('"not-scaled"', '"not-centred"', "two misconceptions are called"),
    "a catalogue for another function": (
        "\ndef standardize(X):",
        "\ndef standardise(X):",
        "defines no function 'standardize'",
    ),
    "a catalogue that does not run": ("    mean = np.mean(X, axis=1", "   mean = np(", "not run"),
    "an example that is not documented": (
        'EXAMPLES["standardize"]',
        'EXAMPLES["standardise"]',
        "KeyError: 'standardise'",
    ),
}


@pytest.mark.parametrize("slip", IN_MODULE)
def test_a_slip_in_the_exercises_names_its_line(slip, own):
    old, new, told = IN_MODULE[slip]
    change(own.exercises / f"{OWN}.py", old, new)
    said = refusal(own)
    assert told in said
    assert re.match(rf"\S+/{OWN}\.py(, line \d+)?: |\S+/{OWN}\.py defines", said), said


def test_every_case_known_is_refused(own):
    path = own.exercises / f"{OWN}.py"
    text = path.read_text()
    begin, end = text.index("        Case(\n"), text.index("    catalogue=")
    path.write_text(text[:begin] + "    ),\n" + text[end:])
    assert "students know every case" in refusal(own)


CLAIM = "Statement('odd', 'It is odd.', 'Look at it.', lambda seen: True)"
LINK = "Link('new', 'your new', 'a * old', ('old',), ('a',))"
IN_EXPLANATIONS = {
    "statements without a comma": (f"statements={CLAIM}", "a tuple of Statement"),
    "two statements of a name": (f"statements=({CLAIM}, {CLAIM})", "two statements are called"),
    "a statement without a sentence": (
        f"statements=({CLAIM.replace('Look at it.', '')},)",
        "say what is claimed, and where to look",
    ),
    "a statement that asks nothing": (
        f"statements=({CLAIM.replace('lambda seen: True', '7')},)",
        "agrees must be a function",
    ),
    "a rule that is none": (
        f"chain=Chain(({LINK.replace('a * old', 'a * ')},), dict)",
        "its rule cannot be read",
    ),
    "a rule with another name": (
        f"chain=Chain(({LINK.replace('a * old', 'b * old')},), dict)",
        "give 'b', which stands in its rule",
    ),
}


@pytest.mark.parametrize("slip", IN_EXPLANATIONS)
def test_a_slip_in_what_explains_answers_is_told(slip, own):
    given, told = IN_EXPLANATIONS[slip]
    replaced = f"STANDARDIZE = replace(STANDARDIZE, {given})\n\nASSIGNMENT = "
    path = own.exercises / f"{OWN}.py"
    change(path, "    Assignment,\n", "    Assignment, Chain, Link, Statement,\n")
    change(path, "import numpy as np\n", "from dataclasses import replace\nimport numpy as np\n")
    change(path, "ASSIGNMENT = ", replaced)
    assert told in refusal(own)


def test_what_explains_answers_may_be_given(own):
    path = own.exercises / f"{OWN}.py"
    given = f"statements=({CLAIM},), chain=Chain(({LINK},), dict)"
    change(path, "    Assignment,\n", "    Assignment, Chain, Link, Statement,\n")
    change(path, "import numpy as np\n", "from dataclasses import replace\nimport numpy as np\n")
    change(path, "ASSIGNMENT = ", f"STANDARDIZE = replace(STANDARDIZE, {given})\nASSIGNMENT = ")
    assert len(exercises.load(own, OWN).exercise("standardize").statements) == 1


IN_TEXT = {
    "a cell without a name": ("# %% imports", "# %%", "needs a name"),
    "a name with blanks": ("# %% imports", "# %% the imports", "needs a name"),
    "two cells of a name": ("# %% imports", "# %% standardize", "two cells are named"),
    "no answer cell": ("# %% standardize-answer", "# %% standardize-code", "standardize-answer"),
    "no grade cell": ("# %% standardize\n", "# %% standardise\n", "needs a cell named"),
    "an answer cell of text": (
        "# %% standardize-answer",
        "# %% standardize-answer [markdown]",
        "is text: make it a code cell",
    ),
    "a grade cell of text": ("# %% standardize\n", "# %% standardize [markdown]\n", "is text"),
    "an answer of no exercise": (
        "# %% imports",
        "# %% standardise-answer\n1\n\n# %% imports",
        "answers no exercise",
    ),
    "no solution": ("    ### BEGIN SOLUTION\n", "", "must hold its solution"),
    "a solution without end": ("    ### END SOLUTION\n", "", "must hold its solution"),
    "a mark with a typo": ("### END SOLUTION", "### END SOLUTIONS", "must hold its solution"),
    "another function": ("def standardize(X)", "def standardise(X)", "must define the function"),
    "a solution above its def": (
        "def standardize(X):",
        "### BEGIN SOLUTION\n### END SOLUTION\n### BEGIN SOLUTION\ndef standardize(X):",
        "must hold its solution",
    ),
    "a solution in another cell": (
        "import numpy as np\n",
        "import numpy as np\n### BEGIN SOLUTION\n### END SOLUTION\n",
        "students would keep it",
    ),
}


@pytest.mark.parametrize("slip", IN_TEXT)
def test_a_slip_in_the_text_names_its_cell(slip, own):
    old, new, told = IN_TEXT[slip]
    change(own.text(OWN), old, new)
    said = refusal(own)
    assert told in said
    assert said.startswith(str(own.text(OWN)))


def test_a_text_that_is_not_utf_8_is_refused(own):
    own.text(OWN).write_bytes("# %% \u00e9tude [markdown]\n# é\n".encode("latin-1"))
    assert "save it as UTF-8" in refusal(own)


def test_exercises_that_are_mended_are_loaded_anew(own):
    path = own.exercises / f"{OWN}.py"
    change(path, "points=10", "points=0")
    refusal(own)
    change(path, "points=0", "points=7")
    assert exercises.load(own, OWN).points == 17


def test_a_module_that_changes_in_the_middle_of_a_process_is_seen(own):
    before = exercises.load(own, OWN)
    change(
        own.student_modules(OWN) / "testCases.py", "[1.0, 2.0, 3.0, 4.0]", "[1.0, 2.0, 3.0, 5.0]"
    )
    after = exercises.load(own, OWN)
    arrays = [
        one.exercise("standardize").cases[0].draw(np.random.default_rng(0)).arguments[0]
        for one in (before, after)
    ]
    assert (arrays[0] != arrays[1]).any()


@pytest.mark.parametrize("name", ["Week 1", "1st", "../x", "numpy", "common", "", "Ünit"])
def test_a_name_that_no_module_can_have_is_refused(name, own):
    with pytest.raises(UserError, match="cannot be called"):
        start_assignment(own, name)


def test_nothing_is_written_over(own):
    own.text(OWN).write_text("mine\n")
    with pytest.raises(UserError, match="nothing was written"):
        start_assignment(own, OWN)
    with pytest.raises(UserError, match="is a course already"):
        start_course(own.root)
    assert own.text(OWN).read_text() == "mine\n"
