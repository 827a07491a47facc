"""The digests of a class, made by a process of its own, are those that are made here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.handin import digesting
from autograder.handin.digesting import Digests, digests_ahead, hand_in_digest
from autograder.handin.submission import Submission, submissions_in

NAME, NOTEBOOKS = "week1", ["week1", "theory"]


@pytest.fixture
def submitted(tmp_path):
    """Hand-ins as they come: with a file beside, under another name, a link, an empty folder."""
    for student in ("ada", "ben", "chloë d'Arc", "dora", "ed"):
        (tmp_path / student / NAME).mkdir(parents=True)
    (tmp_path / "ada" / NAME / "week1.ipynb").write_text("{}")
    (tmp_path / "ada" / NAME / "data.csv").write_text("1,2")
    (tmp_path / "ben" / NAME / "Week1 (1).ipynb").write_text("{}")
    (tmp_path / "chloë d'Arc" / NAME / "theory.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "dora" / NAME / "week1.ipynb").write_bytes(b"\xff")
    return tmp_path


@pytest.fixture
def digests(submitted):
    made = Digests(submitted, NAME, NOTEBOOKS)
    yield made
    made.close()


def here(submitted: Path) -> dict[str, str]:
    return {one.student: hand_in_digest(one, NOTEBOOKS) for one in submissions_in(submitted, NAME)}


def test_they_are_those_that_are_made_here_in_any_order(submitted, digests):
    known = here(submitted)
    assert len(set(known.values())) == 5  # a link in a notebook's place is not as an empty folder
    hand_ins = submissions_in(submitted, NAME)
    assert {one.student: digests.of(one) for one in hand_ins[::-1]} == known


def test_each_is_made_anew_when_it_is_asked_for_again(submitted, digests):
    ada = Submission("ada", NAME, submitted)
    before = digests.of(ada)
    (submitted / "ada" / NAME / "data.csv").write_text("1,3")
    assert digests.of(ada) == hand_in_digest(ada, NOTEBOOKS) != before


def test_who_comes_meanwhile_is_digested_here(submitted, digests):
    known = [digests.of(one) for one in submissions_in(submitted, NAME)]
    (submitted / "zoe" / NAME).mkdir(parents=True)
    assert digests.of(Submission("zoe", NAME, submitted)) == known[-1]  # both are empty


@pytest.mark.parametrize("program", ["exit(1)", "print('x' * 10, end='')", "1/0"])
def test_without_the_process_they_are_made_here(submitted, monkeypatch, program):
    monkeypatch.setattr(digesting, "MAKE", program)
    digests = Digests(submitted, NAME, NOTEBOOKS)
    assert {one.student: digests.of(one) for one in submissions_in(submitted, NAME)} == here(
        submitted
    )
    digests.close()


def test_nothing_beside_the_course_is_imported(submitted, tmp_path, monkeypatch):
    trap = tmp_path / "cwd"
    trap.mkdir()
    (trap / "hashlib.py").write_text(f"open({str(tmp_path / 'trapped')!r}, 'w')")
    monkeypatch.chdir(trap)
    digests = Digests(submitted, NAME, NOTEBOOKS)
    assert [digests.of(one) for one in submissions_in(submitted, NAME)]
    digests.close()
    assert not (tmp_path / "trapped").exists()


class Kept:
    """What is asked of a course."""

    def __init__(self, root: Path, count: int) -> None:
        self.private, self._root = root / "kept", root
        (self.private / NAME).mkdir(parents=True)
        for number in range(count):
            (self.private / NAME / f"{number}.json").touch()

    def submitted(self) -> Path:
        return self._root

    def notebooks(self, name: str) -> list[str]:
        assert name == NAME
        return NOTEBOOKS


@pytest.mark.parametrize(
    ("graded", "cores", "begun"), [(9, 2, False), (10, 1, False), (10, 2, True)]
)
def test_a_process_is_begun_for_a_large_class_and_another_core(
    tmp_path, monkeypatch, graded, cores, begun
):
    monkeypatch.setattr(digesting, "MANY", 10)
    monkeypatch.setattr(digesting, "processors", lambda: cores)
    with digests_ahead(Kept(tmp_path, graded), NAME) as digests:  # type: ignore[arg-type]
        assert (digests is not None) == begun
        made = digests and digests._maker
    assert not made or made.returncode is not None


def test_no_library_is_imported_for_it():
    code = "import autograder.handin.digesting, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    assert "hashlib" in modules
    assert not {"nbgrader", "nbformat", "numpy", "sqlalchemy", "traitlets"} & set(modules)
