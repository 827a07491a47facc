"""From a text with named cells to a notebook with nbgrader's metadata."""

from __future__ import annotations

import re

import pytest

from autograder.authoring.workbook import compose
from autograder.errors import UserError
from tests.conftest import NAME
from tests.support.assignments import load
from workbook.captions import FIGURES

ASSIGNMENT = load(NAME)
EXERCISES = [exercise.id for exercise in ASSIGNMENT.exercises]


@pytest.fixture(scope="module")
def cells(repo):
    return {cell.id: cell for cell in compose(repo.text(NAME), ASSIGNMENT).cells}


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_one_id_leads_through_an_exercise(exercise_id, cells):
    exercise = ASSIGNMENT.exercise(exercise_id)
    heading, grade = cells[f"{exercise_id}-heading"], cells[exercise_id]
    documented = cells[f"{exercise_id}-documented"]
    assert f"`{exercise_id}` · {exercise.points} points" in heading.source
    assert f'show("{exercise_id}"' in documented.source
    assert f'\ncheck("{exercise_id}")' in grade.source
    assert f'grade("{NAME}", "{exercise_id}")' in grade.source


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_grade_cell_is_locked_and_carries_the_points(exercise_id, cells):
    metadata = cells[exercise_id].metadata.nbgrader
    assert metadata == {
        "grade": True,
        "grade_id": exercise_id,
        "locked": True,
        "points": ASSIGNMENT.exercise(exercise_id).points,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_answer_cell_is_the_students(exercise_id, cells):
    answer = cells[f"{exercise_id}-answer"]
    assert answer.metadata.nbgrader.solution
    assert not answer.metadata.nbgrader.locked
    assert answer.source.count("### BEGIN SOLUTION") == 1
    assert answer.source.count("### END SOLUTION") == 1


def test_all_other_cells_are_locked(cells):
    answers = {f"{exercise_id}-answer" for exercise_id in EXERCISES}
    open_ = {name for name, cell in cells.items() if not cell.metadata.nbgrader.locked}
    experiments = {name for name in open_ if "experiment" in cells[name].metadata.get("tags", ())}
    assert open_ - experiments == answers
    assert experiments == {"gd-experiment", "momentum-experiment"}


def test_given_code_fits_a_screen(cells):
    given = [cell for name, cell in cells.items() if not name.endswith("-answer")]
    long = [cell.id for cell in given if cell.cell_type == "code" and cell.source.count("\n") > 18]
    assert not long


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_answer_cells_say_that_they_are(exercise_id, cells):
    exercise = ASSIGNMENT.exercise(exercise_id)
    heading = f"# ✎ Your answer · {exercise_id} · {exercise.points:g} points"
    assert cells[exercise.answer_cell].source.splitlines()[0] == heading


def test_only_what_is_the_students_is_marked_so(cells):
    marked = {name for name, cell in cells.items() if cell.source.startswith("# ✎")}
    opened = {n for n, cell in cells.items() if not cell.metadata.nbgrader.get("locked", True)}
    assert marked == opened and len(marked) > len(EXERCISES)


def test_every_figure_has_an_alt_text_and_captions_count_up(cells):
    code = "\n".join(cell.source for cell in cells.values() if cell.cell_type == "code")
    shown = set(re.findall(r'with figure\("([a-z-]+)"\)', code)) | {"explore"}
    assert shown == set(FIGURES)
    assert all(note.alt for note in FIGURES.values())
    captions = [note.caption for note in FIGURES.values() if note.caption]
    for number, caption in enumerate(captions, start=1):
        assert caption.startswith(f"Figure {number}. ")


TEXT = """# %% one [markdown]
# A text.

# %% two
x = 1
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("# %%\nx = 1\n", "needs a name, not ''", id="no name"),
        pytest.param("# %% Two words\nx = 1\n", "needs a name, not 'Two words'", id="unfit name"),
        pytest.param(TEXT + "\n# %% two\ny = 1\n", "two cells are named 'two'", id="used twice"),
        pytest.param(TEXT, f"exercise {EXERCISES[0]} needs a cell", id="no exercise"),
    ],
)
def test_a_malformed_text_is_one_sentence(text, words, tmp_path):
    path = tmp_path / "optimization.py"
    path.write_text(text)
    with pytest.raises(UserError, match=re.escape(words)) as error:
        compose(path, ASSIGNMENT)
    assert str(path) in str(error.value)


def test_a_missing_text_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="is missing"):
        compose(tmp_path / "nothing.py", ASSIGNMENT)
