"""The engine: a notebook's cells run in the sandbox, its answers are judged outside."""

from __future__ import annotations

import copy
import os
import signal
import textwrap
import threading

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.course import Course
from autograder.grading.pool import Pool
from autograder.grading.settings import Budgets, Settings
from autograder.handin.notebook import submitted_cells
from autograder.sandbox.isolation import Limits
from tests.conftest import NAME, needs_isolation
from tests.support.sample_class import fill_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

GD = "update_parameters_with_gd"
ALL = {
    GD: 10,
    "random_mini_batches": 20,
    "initialize_velocity": 10,
    "update_parameters_with_momentum": 20,
    "initialize_adam": 10,
    "update_parameters_with_adam": 30,
}


@pytest.fixture(scope="module")
def pool(released_course: Course):
    budgets = Budgets(cell=2.0, call=1.0, submission=60.0)
    settings = Settings(workers=1, seed=11, limits=Limits(cpu_seconds=60), budgets=budgets)
    with Pool(released_course, NAME, settings) as pool:
        yield pool


@pytest.fixture(scope="module")
def released(released_course: Course):
    return nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", as_version=4)


def with_cell(notebook, source, after="imports"):
    """Add a cell of the student's own."""
    notebook = copy.deepcopy(notebook)
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    notebook.cells.insert(names.index(after) + 1, new_code_cell(textwrap.dedent(source)))
    return notebook


def right(released):
    return fill_in(released, NAME, *written_by("ada", NAME))


def points(verdict):
    return {exercise.exercise_id: exercise.score for exercise in verdict.exercises}


def grade(pool, notebook):
    return pool.grade("ada", submitted_cells(notebook))


def outputs_of_added_cell(graded):
    (cell,) = (cell for cell in graded.cells if cell.id.startswith("added"))
    return cell.outputs


def text_of(outputs):
    parts = (o.get("text") or o.get("evalue") or o.data.get("text/plain", "") for o in outputs)
    return "".join(parts)


def test_answers_alike_are_judged_once_and_as_they_would_be_alone(pool, released, released_course):
    notebook = fill_in(released, NAME, *written_by("eva", NAME))
    first, second = (grade(pool, notebook)[0].exercises for _ in range(2))
    assert first == second
    for one, other in zip(first, second, strict=True):
        assert one.cases is other.cases
    with Pool(released_course, NAME, Settings(workers=1, seed=11)) as another:
        assert grade(another, notebook)[0].exercises == first


@pytest.mark.parametrize("student", ["ada", "ben", "chloe"])
def test_right_answers_get_all_points(student, pool, released):
    verdict, _ = grade(pool, fill_in(released, NAME, *written_by(student, NAME)))
    assert points(verdict) == ALL
    assert verdict.flags == ()


def test_the_verdict_tells_how_it_came_about(pool, released):
    verdict, _ = grade(pool, right(released))
    assert {"user", "pid", "mount", "net", "ipc"} <= set(verdict.isolation)
    assert verdict.seed == 11
    assert verdict.repairs == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("print('hello')\n1 + 1", "hello\n2", id="print and value"),
        pytest.param("%%time\nx = 5\nx", "5", id="a cell magic"),
        pytest.param("%matplotlib inline\nplt.plot([1, 2]);", "<Figure", id="a plot"),
        pytest.param("import asyncio\nawait asyncio.sleep(0)\n7", "7", id="await"),
        pytest.param("input('name?')", "input() has nobody to ask", id="input"),
        pytest.param(
            "from IPython.display import display\ndisplay({'a': 1})", "{'a': 1}", id="display"
        ),
        pytest.param("import warnings\nwarnings.warn('careful')", "careful", id="a warning"),
        pytest.param("1 / 0", "division by zero", id="an error"),
        pytest.param("def f(:", "invalid syntax", id="a syntax error"),
        pytest.param("exit()", "", id="exit"),
        pytest.param("import sys\nsys.exit(1)", "1", id="sys.exit"),
        pytest.param("while True: pass", "ran past 2 s", id="a loop"),
        pytest.param("!echo from the shell", "from the shell", id="a shell command"),
        pytest.param(
            "for i in range(10**6): print('flood')", "the rest of the output is cut", id="flood"
        ),
    ],
)
def test_cells_behave_as_in_jupyter_and_stop_nobody(source, words, pool, released):
    verdict, graded = grade(pool, with_cell(right(released), source))
    assert points(verdict) == ALL
    assert words in text_of(outputs_of_added_cell(graded))


def test_a_plot_is_kept_as_a_picture(pool, released):
    _, graded = grade(pool, with_cell(right(released), "plt.plot([1, 2]);"))
    assert "image/png" in outputs_of_added_cell(graded)[0].data


def test_no_markup_of_a_students_is_kept(pool, released):
    source = "from IPython.display import HTML\nHTML('<script>alert(1)</script>')"
    _, graded = grade(pool, with_cell(right(released), source))
    assert text_of(outputs_of_added_cell(graded)) == "<IPython.core.display.HTML object>"
    assert [list(output.data) for output in outputs_of_added_cell(graded)] == [["text/plain"]]


def test_the_last_of_two_definitions_counts(pool, released):
    again = f"def {GD}(parameters, grads, learning_rate):\n    return None"
    verdict, _ = grade(pool, with_cell(right(released), again, after=GD))
    assert points(verdict) == {**ALL, GD: 0}


def test_an_untouched_notebook_scores_0_without_an_error(pool, released):
    verdict, graded = grade(pool, released)
    assert verdict.score == 0
    assert verdict.flags == ()
    outputs = [output for cell in graded.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "error"]


GD_HEAD = f"def {GD}(parameters, grads, learning_rate):\n    "


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param("while True: pass", "ran past 1 s", id="a loop"),
        pytest.param(
            "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass",
            "could not be interrupted",
            id="a loop that will not stop",
        ),
        pytest.param("import os; os._exit(0)", "ended its own process", id="leaving"),
        pytest.param("import ctypes; ctypes.string_at(0)", "crashed Python", id="a crash"),
        pytest.param("raise SystemExit", "stopped with SystemExit", id="exit"),
        pytest.param("return f(parameters)", "stopped with NameError", id="an error"),
        pytest.param("return [parameters] * 10**6", "too large", id="a huge answer"),
        pytest.param("return object()", "is an object", id="no data"),
        pytest.param("import time; time.sleep(100)", "ran past 1 s", id="sleep"),
    ],
)
def test_one_exercise_broken_never_costs_another(body, message, pool, released):
    notebook = right(released)
    notebook = fill_in(notebook, NAME, {GD: GD_HEAD + body})
    verdict, _ = grade(pool, notebook)
    assert points(verdict) == {**ALL, GD: 0}
    first = verdict.exercises[0].cases[0].message
    assert message in first


@pytest.mark.parametrize(
    ("source", "how"),
    [
        pytest.param("import os\nos._exit(0)", "ended its own process", id="leaving"),
        pytest.param("import ctypes\nctypes.string_at(0)", "crashed Python", id="a crash"),
        pytest.param("import os\nos.abort()", "crashed Python", id="giving up"),
    ],
)
def test_a_cell_that_ends_the_process_is_left_out_and_flagged(source, how, pool, released):
    verdict, graded = grade(pool, with_cell(right(released), source))
    assert points(verdict) == ALL
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in released.cells]
    number = names.index("imports") + 2  # in the student's notebook, over cells of all kinds
    assert verdict.flags == (f"cell {number} {how}",)
    assert f"This cell {how}." in text_of(outputs_of_added_cell(graded))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("np.allclose = np.isclose = lambda *a, **k: True", id="patched NumPy"),
        pytest.param("import builtins\nbuiltins.isinstance = lambda *a: True", id="builtins"),
        pytest.param("import checks\nchecks.check = lambda name: print(name, '10')", id="checks"),
        pytest.param(
            "get_ipython().run_cell = lambda *a, **k: None\nget_ipython().user_ns['x'] = 1",
            id="the shell",
        ),
        pytest.param(
            """
            class Yes(np.ndarray):
                def __eq__(self, other): return True
                def __array__(self, *a, **k): raise RuntimeError
            """,
            id="an array that lies",
        ),
    ],
)
def test_tampering_with_its_own_process_earns_nothing(source, pool, released):
    wrong = GD_HEAD + "return {k: 0 * v for k, v in parameters.items()}"
    notebook = fill_in(released, NAME, {GD: wrong})
    verdict, _ = grade(pool, with_cell(notebook, source))
    assert points(verdict)[GD] == 0


def test_junk_on_every_descriptor_earns_nothing(pool, released):
    source = """
        import os
        for handle in range(3, 64):
            try:
                os.write(handle, b"\\xff" * 100)
            except OSError:
                pass
        """
    verdict, _ = grade(pool, with_cell(released, source))
    assert verdict.score == 0
    assert verdict.flags


def test_shared_arrays_are_found_from_outside(pool, released):
    shared = (
        "def initialize_adam(parameters):\n"
        "    v = {'d' + key: np.zeros_like(value) for key, value in parameters.items()}\n"
        "    return v, v"
    )
    verdict, _ = grade(pool, fill_in(right(released), NAME, {"initialize_adam": shared}))
    (exercise,) = (e for e in verdict.exercises if e.exercise_id == "initialize_adam")
    failed = [case.name for case in exercise.cases if case.message]
    assert failed == ["the documented example", "an array for each key"]


def test_how_answers_are_read_is_ours_whatever_lies_beside_the_notebook(pool, released):
    """Neither a course's older `workbook.plain` nor a student's own is asked."""
    notebook = with_cell(
        fill_in(
            right(released), NAME, {GD: f"def {GD}(*given):\n    return OrderedDict(given[0])"}
        ),
        """
        import sys
        from collections import OrderedDict
        from pathlib import Path
        Path("workbook/plain.py").write_text("raise SystemExit")
        Path("plain.py").write_text("raise SystemExit")
        sys.modules["workbook.plain"] = sys.modules["plain"] = None
        """,
    )
    verdict, _ = grade(pool, notebook)
    assert points(verdict) == ALL | {GD: 0}
    (exercise,) = (e for e in verdict.exercises if e.exercise_id == GD)
    # It was read as a dict, whose numbers are wrong.
    assert all("OrderedDict" not in case.message for case in exercise.cases)


def test_what_a_function_does_to_its_arguments_is_found_from_outside(pool, released):
    zeroing = (
        "def initialize_velocity(parameters):\n"
        "    for value in parameters.values(): value *= 0\n"
        "    return {'d' + key: value for key, value in parameters.items()}"
    )
    verdict, _ = grade(pool, fill_in(right(released), NAME, {"initialize_velocity": zeroing}))
    (exercise,) = (e for e in verdict.exercises if e.exercise_id == "initialize_velocity")
    assert [case.name for case in exercise.cases if case.message] == ["the parameters left alone"]
    assert [told.id for told in exercise.diagnoses] == ["parameters-zeroed"]


def test_a_wrong_answer_is_explained_and_a_right_one_is_not(pool, released):
    verdict, graded = grade(pool, fill_in(released, NAME, *written_by("eva", NAME)))
    told = {e.exercise_id: [d.id for d in e.diagnoses] for e in verdict.exercises if e.diagnoses}
    assert told == {"update_parameters_with_adam": ["beta1-in-s-hat"]}
    texts = [text_of(cell.outputs) for cell in graded.cells if cell.cell_type == "code"]
    assert sum("→ Your ŝ is corrected with β₁." in text for text in texts) == 1


def test_the_course_and_the_answers_are_out_of_sight(pool, released, released_course, repo):
    source = f"""
        import os, sys
        seen = [path for path in ({str(released_course.root)!r}, {str(repo.root / "notebooks")!r},
                {str(repo.root / "autograder" / "exercises")!r}, "/etc/shadow", "/home")
                if os.path.exists(path)]
        loaded = [name for name in sys.modules if name.startswith("exercises")]
        print(seen, loaded, len(os.listdir("/proc/self/fd")) < 8, os.environ.get("HOME"))
        """
    _, graded = grade(pool, with_cell(right(released), source))
    assert text_of(outputs_of_added_cell(graded)) == "[] [] True None\n"


def test_a_zygote_that_is_killed_is_replaced(pool, released):
    (zygote,) = pool._zygotes
    killer = threading.Timer(0.05, os.kill, (zygote._process.pid, signal.SIGKILL))
    killer.start()
    verdict, _ = grade(pool, with_cell(right(released), "import time\ntime.sleep(0.5)"))
    killer.join()
    assert points(verdict) == ALL
    assert pool._zygotes != [zygote]


def test_every_loop_is_stopped_by_itself(pool, released):
    loops = {name: f"def {name}(*arguments, **keywords):\n    while True: pass" for name in ALL}
    verdict, _ = grade(pool, fill_in(released, NAME, loops))
    assert verdict.score == 0
    assert all("ran past 1 s" in exercise.cases[0].message for exercise in verdict.exercises)


@pytest.mark.parametrize(
    ("answer", "what", "next_step"),
    [
        pytest.param(
            f"```python\n{GD_HEAD}return parameters\n```",
            "Your answer cell does not run: SyntaxError in line 1: ```python",
            "Take out the lines that begin with ```",
            id="a fence",
        ),
        pytest.param(
            f"{GD_HEAD}return parameters[“W1”]",
            "SyntaxError in line 2: `return parameters[“W1”]`",
            "Replace “ by a straight quote",
            id="typographic quotes",
        ),
        pytest.param(
            f"import torch\n{GD_HEAD}return parameters",
            "ModuleNotFoundError in line 1: `import torch`",
            "torch is missing where notebooks are graded",
            id="a package",
        ),
        pytest.param(
            f"x = 1\ny = x / 0\n{GD_HEAD}return parameters",
            "ZeroDivisionError in line 2: `y = x / 0`",
            "Mend that line",
            id="an error above the function",
        ),
        pytest.param(
            f"while True: pass\n{GD_HEAD}return parameters",
            "Your answer cell was ended: it ran past its time.",
            "An answer cell should define its function and no more",
            id="a loop",
        ),
        pytest.param(
            f"import os\nos._exit(0)\n{GD_HEAD}return parameters",
            "Your answer cell was ended: it ended its own process",
            "An answer cell should define its function and no more",
            id="leaving",
        ),
        pytest.param(
            f"{GD_HEAD}L = 3\n    raise NotImplementedError()\n    return parameters",
            "line 3 still stops it: `raise NotImplementedError()`",
            "Take out that line",
            id="the starter's line",
        ),
    ],
)
def test_what_kept_a_function_from_being_judged_is_told(answer, what, next_step, pool, released):
    verdict, graded = grade(pool, fill_in(right(released), NAME, {GD: answer}))
    assert points(verdict) == {**ALL, GD: 0}
    obstacle = verdict.exercises[0].obstacle
    assert what in obstacle.what
    assert next_step in obstacle.next_step
    assert [one.obstacle for one in verdict.exercises[1:]] == [None] * 5
    (cell,) = (c for c in graded.cells if c.metadata.get("nbgrader", {}).get("grade_id") == GD)
    assert obstacle.what.split(":")[0] in " ".join(text_of(cell.outputs).split())


def test_an_earlier_cell_that_broke_a_function_is_told(pool, released):
    uses = fill_in(right(released), NAME, {GD: f"{GD_HEAD}return pd.DataFrame(parameters)"})
    verdict, _ = grade(pool, with_cell(uses, "# tables\nimport polars as pd"))
    assert points(verdict) == {**ALL, GD: 0}
    obstacle = verdict.exercises[0].obstacle
    assert "needs `pd`, and the cell that begins `# tables` does not run" in obstacle.what
    assert "ModuleNotFoundError in line 2: `import polars as pd`" in obstacle.what
    assert verdict.flags == ("polars is missing here, and a cell imports it",)


def test_a_package_that_a_function_imports_is_told_too(pool, released):
    body = f"{GD_HEAD}import torch.nn\n    return parameters"
    verdict, _ = grade(pool, fill_in(right(released), NAME, {GD: body}))
    assert points(verdict) == {**ALL, GD: 0}
    assert verdict.flags == ("torch is missing here, and a cell imports it",)


def test_a_notebook_of_other_cells_is_judged_by_its_own_functions(pool, released):
    answers, _ = written_by("ada", NAME)
    cells = [new_code_cell(source) for source in ["import numpy as np", *answers.values()]]
    verdict, _ = grade(pool, nbformat.v4.new_notebook(cells=cells))
    assert points(verdict) == ALL
    assert verdict.flags == (
        "none of the released cells is in it: it was made from another notebook",
    )
    assert len(verdict.repairs) == 1


def test_a_students_own_cells_leave_time_to_ask_every_question(released_course, released):
    """Each may take a second, all together would take all the time there is."""
    budgets = Budgets(cell=1.0, call=1.0, submission=10.0)
    notebook = right(released)
    for _ in range(30):
        notebook = with_cell(notebook, "import time\ntime.sleep(0.95)")
    with Pool(released_course, NAME, Settings(workers=1, seed=11, budgets=budgets)) as pool:
        verdict, _ = grade(pool, notebook)
    assert points(verdict) == ALL
    assert not [flag for flag in verdict.flags if "in all" in flag]
    assert any("ran past" in flag for flag in verdict.flags)
