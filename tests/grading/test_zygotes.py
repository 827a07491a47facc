"""A zygote that is begun before the command knows what it has to do."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.grading.zygotes import HeadStart, head_start
from autograder.sandbox.isolation import Level
from tests.conftest import NAME, needs_isolation, run

pytestmark = [pytest.mark.slow, needs_isolation]


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def pid_of(early: HeadStart) -> int:
    assert early._launched
    return early._launched.pid


def test_it_is_the_first_of_the_pool(small_class):
    with head_start(small_class, NAME, None) as early:
        assert early
        pid = pid_of(early)
        early.fill(Settings().limits)
        with Pool(small_class, NAME, Settings(workers=1), early=early) as pool:
            (zygote,) = pool._zygotes
            assert zygote._process.pid == pid
            assert not zygote.cold and "seccomp" in " ".join(zygote.parts)
        assert not is_running(pid)


def test_one_of_another_level_is_not_taken(small_class):
    with head_start(small_class, NAME, None) as early:
        assert early
        pid = pid_of(early)
        early.fill(Settings().limits)
        settings = Settings(workers=1, level=Level.PROCESS)
        with Pool(small_class, NAME, settings, early=early) as pool:
            assert pool.level is Level.PROCESS
            assert [one._process.pid for one in pool._zygotes] != [pid]
    assert not is_running(pid)


@pytest.mark.parametrize("is_filled", [False, True])
def test_one_that_nobody_takes_is_ended(small_class, is_filled):
    with head_start(small_class, NAME, None) as early:
        assert early
        pid = pid_of(early)
        if is_filled:
            early.fill(Settings().limits)
    assert not is_running(pid)


def test_there_is_none_where_everybody_has_a_verdict(small_class):
    assert run("autograder", "grade", NAME, cwd=small_class.root).returncode == 0
    with head_start(small_class, NAME, None) as early:
        assert early is None
    first = next(path for path in small_class.submitted().iterdir() if path.is_dir())
    shutil.copytree(first, first.with_name("new"))
    with head_start(small_class, NAME, None) as early:
        assert early


def test_marks_are_the_same_with_it_and_without(small_class):
    assert run("autograder", "grade", NAME, cwd=small_class.root).returncode == 0
    kept = sorted(path.name for path in (small_class.private / NAME).iterdir())
    export = "autograder", "export", NAME, "--format", "json"
    before = run(*export, cwd=small_class.root).stdout
    again = run("autograder", "grade", NAME, "--force", cwd=small_class.root)
    assert again.returncode == 0
    assert sorted(path.name for path in (small_class.private / NAME).iterdir()) == kept
    assert run(*export, cwd=small_class.root).stdout == before


def test_what_cannot_be_graded_is_told_as_ever(small_class):
    os.remove(small_class.root / "gradebook.db")
    outcome = run("autograder", "grade", NAME, cwd=small_class.root)
    assert outcome.returncode == 2
    assert "is not released yet" in outcome.stderr and "Traceback" not in outcome.stderr


def test_one_that_is_given_too_little_to_work_with_is_ended(small_class):
    with head_start(small_class, NAME, None) as early:
        assert early
        pid = pid_of(early)
        early.fill(replace(Settings().limits, memory_bytes=1 << 20))
    assert not is_running(pid)
