"""Three hundred hand-ins as they come: collected, graded, changed under way, graded again."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random

import nbformat
import pytest

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from tests.conftest import needs_isolation
from tests.support.term import (
    DOUBLE_RIGHT,
    DUE,
    NAME,
    RIGHT,
    WRONG,
    add_double,
    build_and_release,
    command,
    edit,
    exercises_of,
    give,
    grade,
    set_due,
    set_policy,
    totals,
)

pytestmark = [pytest.mark.slow, needs_isolation]

SIZE = 300
FILE = f"{NAME}.ipynb"
BROKEN = RIGHT | {"standardize": "def standardize(X)\n    return X"}


@dataclass(frozen=True)
class Kind:
    """A way to hand in, and what the two exercises earn of their points."""

    answers: dict[str, str]
    shares: tuple[float, float]
    file: str = FILE
    imports: str = ""
    more: str = ""
    output: int = 0
    in_zip: bool = False
    late: timedelta = timedelta(0)


WITH_MATH = RIGHT | {
    "mean_squared_error": "def mean_squared_error(a, b):\n"
    "    return math.fsum(((a - b) ** 2).ravel()) / a.size"
}
KINDS = [
    Kind(RIGHT, (1, 1)),
    Kind(WRONG, (0, 1)),
    Kind({}, (0, 0)),
    Kind(BROKEN, (0, 1)),
    Kind(WITH_MATH, (1, 1), imports="import math"),
    Kind(RIGHT, (1, 1), file=f"{NAME} (1).ipynb"),
    Kind(WRONG, (0, 1), file=f"{NAME}-Copy1.ipynb"),
    Kind(RIGHT, (1, 1), file=f"{NAME.upper()}.ipynb"),
    Kind(RIGHT, (1, 1), file=f"my work/{FILE}"),
    Kind(RIGHT, (1, 1), output=100_000),
    Kind(RIGHT, (1, 1), more="import os\nos._exit(3)"),
    Kind(WRONG, (0, 1), in_zip=True),
    Kind(RIGHT, (1, 1), late=timedelta(hours=30)),
]
# Costly ones come once: stored animations, cells that do not end.
ONCE = [
    Kind(RIGHT, (1, 1), output=24_000_000),
    Kind(RIGHT, (1, 1), more="while True:\n    pass"),
    Kind(WRONG, (0, 1), more="import torch\n\ntorch.manual_seed(1)"),
]


def class_of(size: int) -> Iterator[tuple[int, str, Kind]]:
    """Yield the platform's number, the name and the hand-in of each student."""
    kinds = [*ONCE, *islice(cycle(KINDS), size - len(ONCE))]
    for number, kind in enumerate(kinds):
        yield 4000 + number, f"Ada Byron {'abcdefghij'[number % 10]}{number}", kind


def notebook(course: Course, kind: Kind) -> bytes:
    made = nbformat.read(course.release(NAME) / FILE, as_version=4)
    for one in made.cells:
        role = one.metadata.nbgrader
        name = role.grade_id.removesuffix("-answer")
        if role.solution and name in kind.answers:
            one.source = kind.answers[name]
        if one.cell_type == "code" and kind.imports and "import numpy" in one.source:
            one.source += f"\n{kind.imports}"
    if kind.more:
        made.cells.append(nbformat.v4.new_code_cell(kind.more))
    if kind.output:
        data = {"image/gif": base64.b64encode(Random(0).randbytes(kind.output)).decode()}
        (first, *_) = [one for one in made.cells if one.cell_type == "code"]
        first.outputs = [nbformat.v4.new_output("display_data", data)]
    return nbformat.writes(made).encode()


def zipped(files: dict[str, tuple[bytes, datetime]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (content, moment) in files.items():
            info = zipfile.ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def download(course: Course, folder: Path) -> Path:
    """Make what Moodle gives an instructor, and the roster beside it."""
    files, rows = {}, ["Identifier,Full name,ID number"]
    for number, name, kind in class_of(SIZE):
        content, path = notebook(course, kind), kind.file
        moment = DUE - timedelta(hours=24) + kind.late
        if kind.in_zip:
            content, path = zipped({path: (content, moment)}), "work.zip"
        files[f"{name}_{number}_assignsubmission_file/{path}"] = (content, moment)
        rows.append(f"Participant {number},{name},{student(number)}")
    (folder / "download.zip").write_bytes(zipped(files))
    (folder / "roster.csv").write_text("\n".join(rows) + "\n")
    return folder / "download.zip"


def student(number: int) -> str:
    return f"s{number}"


def expected(first: float, second: float, of: float, **others: float) -> dict:
    marks = {
        student(number): kind.shares[0] * first + kind.shares[1] * second
        for number, _, kind in class_of(SIZE)
    }
    return {name: (mark, of) for name, mark in (marks | others).items()}


def late_students() -> list[str]:
    return [student(number) for number, _, kind in class_of(SIZE) if kind.late]


def penalties(course: Course) -> dict[str, float]:
    with open_gradebook(course) as gradebook:
        rows = gradebook.find_assignment(NAME).submissions
        return {row.student_id: sum(one.late_submission_penalty or 0 for one in row.notebooks)
                for row in rows}  # fmt: skip


def test_a_class_of_three_hundred_keeps_its_marks_through_a_term(term, tmp_path):
    with (term.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Grading.cell_seconds = 1\n")
    source = download(term, tmp_path)
    said = command(
        term.root, "collect", NAME, str(source), "--roster", str(tmp_path / "roster.csv")
    ).stdout
    assert "Moodle" in said and "300" in said

    set_due(term, DUE, {})
    grade(term)
    assert totals(term) == expected(10, 10, 20)
    assert penalties(term) == dict.fromkeys(totals(term), 0)

    by_hand, late = student(4000 + len(ONCE) + 1), late_students()
    give(term, by_hand, "standardize", 7, "Nearly.")
    edit(exercises_of(term), "points=10", "points=30")
    add_double(term)
    set_policy(term, percent_per_day=10)
    build_and_release(term)
    said = grade(term)
    assert "Graded again" in said
    changed = expected(30, 30, 65, **{by_hand: 37})
    assert totals(term) == changed
    assert {name for name, penalty in penalties(term).items() if penalty} == set(late)

    newer = Kind(RIGHT | {"double": DOUBLE_RIGHT}, (1, 1))
    target = term.submitted() / "s4000" / NAME / FILE
    target.write_bytes(notebook(term, newer))
    said = grade(term)
    assert "Graded again, because of the hand-in: s4000." in said
    assert totals(term) == changed | {"s4000": (65, 65)}
    assert "Graded again" not in grade(term)

    set_policy(term, percent_per_day=50)
    assert "Another late penalty, without running anything again" in grade(term)
    assert all(penalties(term)[name] == 30 for name in late)
