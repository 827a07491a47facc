"""Hand-ins of a download come into the course, and a newer one replaces an older one."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.conftest import run
from tests.handin.collecting.downloads import (
    EXPECTED,
    FILE,
    HONEST,
    add,
    collect,
    submitted,
    zipped,
)
from tests.support.tiny_class import NAME


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_a_download_becomes_hand_ins_with_their_times(kind, course, tmp_path):
    source = zipped(tmp_path / "all.zip", HONEST | {"__MACOSX/ada/._x": "", "ada/.DS_Store": ""})
    if kind == "folder":
        shutil.unpack_archive(source, tmp_path / "all")
        source = tmp_path / "all"
        for path in source.rglob("*"):
            os.utime(path, (1772366398, 1772366398))  # 2026-03-01 11:59:58 UTC
    outcome = collect(course, source)
    assert "\nCollected 2 hand-ins" in outcome.stdout
    assert submitted(course) == EXPECTED
    stamp = (course.submitted() / "ada" / NAME / "timestamp.txt").read_text()
    assert stamp == "2026-03-01 11:59:58.000000 UTC\n"


def test_a_newer_hand_in_replaces_an_older_one_whole_and_never_the_other_way(course, tmp_path):
    both_files = {f"ada/{FILE}": "old", "ada/helper.py": "old"}
    collect(course, zipped(tmp_path / "old.zip", both_files))
    collect(course, zipped(tmp_path / "new.zip", {}, add(f"ada/{FILE}", "new")))
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "new"}
    outcome = collect(course, tmp_path / "old.zip")
    assert "Kept 1 that are newer" in outcome.stdout
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "new"}


def test_a_run_killed_between_old_and_new_loses_neither(course, tmp_path):
    collect(course, zipped(tmp_path / "all.zip", HONEST))
    folder = course.submitted() / "ada" / NAME
    folder.rename(folder.with_name(f".{NAME}.old"))
    broken = zipped(tmp_path / "next.zip", {}, add("ada/no notebook.txt"))
    collect(course, broken, code=1)
    assert submitted(course) == EXPECTED


@pytest.mark.slow
def test_the_command_says_what_it_refused_and_exits_with_1(course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST, add(f"../{FILE}"))
    outcome = run("autograder", "collect", NAME, str(path), cwd=course.root)
    assert (outcome.returncode, outcome.stdout) == (
        1,
        f"{path} is taken for folders named after students.\n"
        f"Collected 2 hand-ins into {course.submitted()}.\nRefused 1: see above.\n",
    )
    assert outcome.stderr == (f"{path}: ../{FILE} is refused: its name leads out of the folder.\n")
    nothing = run("autograder", "collect", NAME, str(tmp_path / "no.zip"), cwd=course.root)
    assert nothing.returncode == 2
    assert nothing.stderr.startswith("autograder: ")


def test_a_student_who_is_there_in_other_case_is_not_mixed_up(course, tmp_path):
    collect(course, zipped(tmp_path / "all.zip", HONEST))
    again = zipped(tmp_path / "again.zip", {}, add(f"ADA/{FILE}"))
    assert "ada is there already" in collect(course, again, code=1).stderr
    assert submitted(course) == EXPECTED
