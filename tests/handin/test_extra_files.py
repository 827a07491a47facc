"""Files beside the notebook reach the cells, and never stand before what the instructor gave."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.handin.extra_files import MOST_BYTES, MOST_ENTRIES, MOST_FILES, read_extra_files
from tests.conftest import needs_isolation, run
from tests.support.sample_class import hand_in
from tests.support.tiny_class import NAME, marks, notebook, our_steps, released_course


def put(folder: Path, name: str, content: str | bytes = "x") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def several(folder: Path) -> None:
    for name in ("data.csv", "deep/er/x.py", "week1.ipynb", "deep/old.ipynb", "timestamp.txt"):
        put(folder, name)
    for name in (".git/config", ".ipynb_checkpoints/a.csv", "__pycache__/a.pyc", "Zoë's 🦊.txt"):
        put(folder, name)


def links(folder: Path) -> None:
    (folder / "passwd").symlink_to("/etc/passwd")
    (folder / "everything").symlink_to("/")
    (folder / "itself").symlink_to("itself")
    put(folder, "z.csv")


def no_files(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    put(folder, "z.csv")


def large(folder: Path) -> None:
    put(folder, "a.csv", bytes(MOST_BYTES - 10))
    put(folder, "b.csv", bytes(11))
    put(folder, "c.csv", bytes(10))
    with (folder / "d.csv").open("wb") as file:
        file.truncate(1 << 40)


def too_many(folder: Path) -> None:
    for number in range(MOST_FILES + 1):
        put(folder, f"{number}.csv")


def too_many_folders(folder: Path) -> None:
    for number in range(MOST_ENTRIES + 1):
        (folder / f"{number // 100}" / f"{number}").mkdir(parents=True)


def too_deep(folder: Path) -> None:
    put(folder, "a/b/c/d/e/fits.csv")
    put(folder, "a/b/c/d/e/f/deep.csv")


def odd_names(folder: Path) -> None:
    put(folder, "two\nlines.csv")
    put(folder, os.fsdecode(b"\xff.csv"))
    put(folder, "-rf <b>'\"\\.csv")


LEFT_OUT = {
    "kept but for notebooks and what is hidden": (
        several,
        {"data.csv", "deep/er/x.py", "Zoë's 🦊.txt"},
        [],
    ),
    "links": (links, {"z.csv"}, ["everything", "itself", "passwd"]),
    "pipes": (no_files, {"z.csv"}, ["not a regular file"]),
    "too large": (large, {"a.csv", "c.csv"}, ["b.csv", "d.csv"]),
    "too many": (too_many, set(), ["they are more than 100"]),
    "too many folders": (too_many_folders, set(), ["the folder holds more than 1000"]),
    "too deep": (too_deep, {"a/b/c/d/e/fits.csv"}, ["more than 5 folders deep"]),
    "odd names": (odd_names, {"-rf <b>'\"\\.csv"}, ["two\\nlines.csv", "\\udcff.csv"]),
    "none": (lambda folder: None, set(), []),
    "no folder": (Path.rmdir, set(), ["it cannot be read: No such file"]),
}


@pytest.mark.parametrize(("make", "kept", "told"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_small_regular_files_are_kept_and_others_told(make, kept, told, tmp_path):
    folder = tmp_path / "hand-in"
    folder.mkdir()
    make(folder)
    found = read_extra_files(folder)
    assert set(found.contents) == kept
    assert len(found.problems) == len(told)
    for part, problem in zip(told, found.problems, strict=True):
        assert part in problem
        assert "left out" in problem


USES = "def double(x):\n    return {} * x"
BOMB = "raise SystemExit('shadowed')"

# What the answer is, and the files beside it. All but the last double their argument.
HANDED_IN = {
    "reads a file": (USES.format("int(open('factor.txt').read())"), {"factor.txt": "2"}),
    "reads a file in a folder": (
        USES.format("int(open('data/more/factor.txt').read())"),
        {"data/more/factor.txt": "2"},
    ),
    "imports a module of their own": (
        "import mine\n\n" + USES.format("mine.FACTOR"),
        {"mine.py": "FACTOR = 2"},
    ),
    "shadows numpy": ("import numpy\n\n" + USES.format("numpy.arange(3)[2]"), {"numpy.py": BOMB}),
    "shadows numpy by a folder": (
        "import numpy\n\n" + USES.format("numpy.arange(3)[2]"),
        {"numpy/__init__.py": BOMB},
    ),
    "shadows what starts Python": (
        USES.format("2"),
        {"sitecustomize.py": BOMB, "usercustomize.py": BOMB},
    ),
    "shadows the grader": (
        "import autograder\n\n" + USES.format("2"),
        {"autograder.py": BOMB, "autograder/sandbox/wire.py": BOMB, "msgspec.py": BOMB},
    ),
    "shadows the standard library": (
        USES.format("2") + "\n\n1 / 0",
        {"traceback.py": BOMB, "warnings.py": BOMB, "io.py": BOMB, "linecache.py": BOMB},
    ),
    "overwrites a given module": (
        "import checks\n\n" + USES.format("checks.FACTOR"),
        {"checks.py": "FACTOR = 0"},
    ),
    "overwrites a given module by a folder": (
        "import checks\n\n" + USES.format("checks.FACTOR"),
        {"checks/__init__.py": "FACTOR = 0"},
    ),
    "overwrites a given file": (
        USES.format("int(open('given.txt').read())"),
        {"given.txt": "0"},
    ),
    "puts a folder in a given file's place": (
        USES.format("int(open('given.txt').read())"),
        {"given.txt/x": "0"},
    ),
    "reads what was not handed in": (USES.format("len(open('factor.txt').read())"), {}),
}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Course:
    folder = tmp_path_factory.mktemp("extra")
    put(folder, f"source/{NAME}/checks.py", "FACTOR = 2")
    put(folder, f"source/{NAME}/given.txt", "2")
    course = released_course(folder)
    for student, (answer, files) in HANDED_IN.items():
        hand_in(course, student, NAME, nbformat.writes(notebook(answer)))
        for name, content in files.items():
            put(course.submitted() / student / NAME, name, content)
    return course


@pytest.fixture(scope="module")
def ours(handed_in) -> dict[str, float]:
    outcome = run("autograder", "grade", NAME, cwd=handed_in.root)
    assert outcome.returncode == 0, outcome.stderr
    return {student: points for student, points, _ in marks(handed_in)}


@pytest.mark.slow
@needs_isolation
@pytest.mark.parametrize("student", HANDED_IN)
def test_a_file_helps_its_own_notebook_and_shadows_nothing(student, ours):
    assert ours[student] == (0 if student == "reads what was not handed in" else 3)


@pytest.mark.slow
@needs_isolation
def test_nbgrader_autograde_gives_the_files_too(handed_in, ours):
    path = handed_in.root / "nbgrader_config.py"
    path.write_text(path.read_text() + our_steps())
    # nbgrader itself copies the given file to where that folder is, and grades all but this one.
    shutil.rmtree(handed_in.submitted() / "puts a folder in a given file's place")
    outcome = run("nbgrader", "autograde", NAME, "--force", cwd=handed_in.root)
    assert outcome.returncode == 0, outcome.stderr
    assert {student: points for student, points, _ in marks(handed_in)} == ours


@pytest.mark.slow
@needs_isolation
def test_a_changed_file_is_graded_again(handed_in, ours):
    put(handed_in.submitted() / "reads a file" / NAME, "factor.txt", "3")
    run("autograder", "grade", NAME, cwd=handed_in.root)
    assert dict(row[:2] for row in marks(handed_in)) == ours | {"reads a file": 0}
