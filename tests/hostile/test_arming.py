"""Nothing that could do harm runs anywhere but in the sandbox."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from autograder.course import Course
from tests.conftest import NAME, needs_isolation
from tests.hostile.arming import ARMED, NOT_ARMED, guard, prove_isolation
from tests.hostile.attack import Attack, compose
from tests.hostile.attacks import ATTACKS
from tests.hostile.batch import released_notebook
from tests.hostile.table import BEGIN, PAGE, with_table

DESTRUCTIVE = [attack for attack in ATTACKS if attack.destructive]
# What can hurt a machine that does not hold it back. Each stands in destructive attacks only.
DANGERS = ("os.fork(", "os.kill(-1", "setsid", "nohup", "1 << 27", "truncate(1 << 40)")


def run(source: str) -> str:
    command = [sys.executable, "-c", f"{source}\nprint('went on')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def test_outside_the_sandbox_the_guard_stops_the_cell():
    said = run(guard([]))
    assert NOT_ARMED in said
    assert ARMED not in said and "went on" not in said


def test_where_the_isolation_is_not_proved_the_guard_arms_nothing():
    said = run(guard(["network: a listener can be reached"]) + "\narmed()")
    assert f"{NOT_ARMED}: network: a listener can be reached" in said
    assert "went on" not in said


@needs_isolation
def test_the_isolation_is_proved_here():
    assert prove_isolation() == []


@pytest.mark.slow
@pytest.mark.parametrize("attack", DESTRUCTIVE, ids=lambda attack: attack.student)
def test_each_payload_asks_first(attack: Attack, released_course: Course):
    released = released_notebook(released_course)
    notebook = compose(attack, released, "ARMING = 1")
    given = {cell.source for cell in released.cells}
    added = [cell.source for cell in notebook.cells if cell.source not in given]
    answers = {f"def {name}(" for name in attack.answers}
    sources = [text for text in added if not text.startswith("def ")]
    sources += [text for text in added if any(text.startswith(start) for start in answers)]
    assert sources[0] == "ARMING = 1"
    assert len(sources) == 1 + len(attack.cells) + len(attack.answers)
    for source in sources[1:]:
        (first, *_) = ast.parse(source).body
        first = first.body[0] if isinstance(first, ast.FunctionDef) else first
        assert ast.unparse(first) == "armed()"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.student)
def test_what_is_dangerous_is_declared(attack: Attack):
    text = "\n".join([*attack.cells.values(), *attack.answers.values()])
    assert attack.destructive or not [danger for danger in DANGERS if danger in text]


def test_a_forgotten_declaration_would_be_found():
    assert any(danger in str(attack.cells) for attack in DESTRUCTIVE for danger in DANGERS)


def test_the_table_in_the_documentation_is_that_of_the_tests():
    page = PAGE.read_text(encoding="utf-8")
    assert BEGIN in page
    assert page == with_table(page), "run `make hostile-table`"
    assert NAME in page
