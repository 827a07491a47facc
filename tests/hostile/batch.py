"""All attacks and a class of honest students in one course, graded by the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import Verdict
from autograder.authoring.release import release
from autograder.course import Course
from autograder.gradebook.kept import recall
from autograder.sandbox.isolation import Level
from tests.conftest import NAME, with_tools
from tests.hostile.arming import guard, prove_isolation
from tests.hostile.attack import Attack, compose
from tests.hostile.canaries import Listeners, Planted, listeners, plant
from tests.support.sample_class import fill_in, hand_in, written_by

HONEST = 20
AUTHORS = ("ada", "ben", "chloe", "dmitri", "eva", "farid", "grace", "hugo", "ines")
# A class has minutes for each attack; a test has not. Time-outs are what the corpus costs.
BUDGETS = """
c.Grading.cell_seconds = 2
c.Grading.call_seconds = 1
c.Grading.submission_seconds = 20
c.Grading.memory_megabytes = 256
"""
# The ways into the gradebook.
OURS, NBGRADERS = ("autograder", "grade", NAME), ("nbgrader", "autograde", NAME)
REAPER = Path(__file__).with_name("reaper.py")


@dataclass(frozen=True)
class Batch:
    """What came of grading them all.

    Attributes
    ----------
    missing : list of str
        What isolation is missing for the destructive attacks: then none of them was armed.
    callers : list of str
        The listeners that somebody called.
    left_running, left_files : list of str
        What was there afterwards.
    """

    course: Course
    planted: Planted
    missing: list[str]
    outcome: subprocess.CompletedProcess[str]
    seconds: float
    callers: list[str]
    left_running: list[str]
    left_files: list[str]
    marks: Mapping[str, Any] = field(default_factory=dict)

    def verdict(self, student: str) -> Verdict:
        """Return the verdict that was kept."""
        kept = recall(self.course, NAME, student)
        assert kept is not None, f"there is no verdict on {student}"
        return kept.verdict

    def notebook_text(self, student: str) -> str:
        """Return the autograded notebook as it was written."""
        return self._autograded(student).read_text(encoding="utf-8")

    def shown(self, student: str) -> str:
        """Return what the autograded notebook's outputs say."""
        return outputs_of(self._autograded(student))

    def _autograded(self, student: str) -> Path:
        return self.course.autograded() / student / NAME / f"{NAME}.ipynb"


def outputs_of(path: Path) -> str:
    """Return all outputs of a notebook as text."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join(json.dumps(output, ensure_ascii=False) for output in outputs)


def grade_all(
    repo: Course,
    folder: Path,
    attacks: tuple[Attack, ...],
    level: Level = Level.NAMESPACES,
    door: Sequence[str] = OURS,
) -> Batch:
    """Hand in all attacks and the honest class, grade them, and look what is left."""
    temporary = folder / "temporary"
    temporary.mkdir()
    course = make_course(repo, folder / "course")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(f'c.Grading.isolation = "{level}"\n')
    planted, missing = plant(course, folder / "home"), prove_isolation(level)
    with listeners(folder) as open_to_nobody:
        write_hand_ins(
            course, attacks, places(course, planted, open_to_nobody), guard(missing, level)
        )
        write_honest(course, planted.words["submission"])
        before = set(os.listdir("/dev/shm"))
        start = time.monotonic()
        outcome, left = run_reaped(
            *door, cwd=course.root, report=folder / "left.json",
            env={**planted.environment, "TMPDIR": str(temporary)},
        )  # fmt: skip
        seconds = time.monotonic() - start
        callers = open_to_nobody.callers()
    files = [str(path) for path in temporary.rglob("*")]
    files += sorted(set(os.listdir("/dev/shm")) - before)
    marks = _marks(course) if outcome.returncode in {0, 1} else {}
    return Batch(course, planted, missing, outcome, seconds, callers, left, files, marks)


def make_course(repo: Course, folder: Path) -> Course:
    """Return a released course with budgets for a test."""
    folder.mkdir(parents=True)
    course = repo.copy_to(folder)
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(BUDGETS)
    course = Course.find(course.root)
    release(course, NAME)
    return course


def places(course: Course, planted: Planted, open_to_nobody: Listeners) -> dict[str, str]:
    """Return where things are: an attacker may know, and must not get there."""
    return {"COURSE": str(course.root), "HOME": str(planted.home), **open_to_nobody.places}


def write_hand_ins(
    course: Course, attacks: tuple[Attack, ...], where: Mapping[str, str], arming: str
) -> None:
    """Hand in every attack."""
    released = released_notebook(course)
    for attack in attacks:
        notebook = compose(attack, released, arming, where)
        hand_in(course, attack.student, NAME, nbformat.writes(notebook))
        for name, text in attack.files.items():
            (course.submitted() / attack.student / NAME / name).write_text(text)


def write_honest(course: Course, secret: str) -> None:
    """Hand in a class of honest students; each notebook holds the secret."""
    released = released_notebook(course)
    for number in range(HONEST):
        author = AUTHORS[number % len(AUTHORS)]
        notebook = fill_in(released, NAME, *written_by(author, NAME))
        notebook.cells.append(nbformat.v4.new_markdown_cell(secret))
        hand_in(course, f"honest-{number:02}-{author}", NAME, nbformat.writes(notebook))


def released_notebook(course: Course) -> NotebookNode:
    """Return the student version."""
    return nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)


def run_reaped(
    *command: str, cwd: Path, report: Path, env: Mapping[str, str]
) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run a command, and return what it said and which of its processes outlived it."""
    outcome = subprocess.run(
        [sys.executable, str(REAPER), str(report), *command],
        cwd=cwd,
        env=with_tools(env),
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    return outcome, json.loads(report.read_text())


def _marks(course: Course) -> dict[str, dict[str, float]]:
    """Return the points of everybody's exercises as the gradebook has them."""
    from autograder.gradebook.reader import read_marks

    students = [path.name for path in course.submitted().iterdir()]
    return {name: dict(mark.points) for name, mark in read_marks(course, NAME, students).items()}
