"""A course sets the budgets of grading in its configuration."""

from __future__ import annotations

from dataclasses import replace

import pytest
from traitlets.config import Config

from autograder.errors import UserError
from autograder.grading.pool import Pool
from autograder.grading.settings import LARGE_CLASS, Budgets, Settings, settings_of, workers_for
from autograder.sandbox.isolation import Level, Limits
from tests.conftest import needs_isolation


def configured(repo, **grading):
    return replace(repo, config=Config({**repo.config, "Grading": Config(grading)}))


def test_without_settings_the_defaults_hold(repo):
    settings = settings_of(repo, workers=3)
    assert (settings.budgets, settings.limits) == (Budgets(), Limits())
    assert settings.workers == 3


def test_a_course_sets_its_budgets(repo):
    course = configured(repo, cell_seconds=2, call_seconds=0.5, memory_megabytes=256)
    settings = settings_of(course)
    assert settings.budgets == replace(Budgets(), cell=2, call=0.5)
    assert settings.limits.memory_bytes == 256 << 20


@pytest.mark.parametrize(
    ("given", "seconds"),
    [({}, 120), ({"submission_seconds": 300}, 300), ({"processor_seconds": 30}, 30)],
)
def test_a_hand_in_may_compute_as_long_as_it_may_take_or_as_is_said(given, seconds, repo):
    assert settings_of(configured(repo, **given)).limits.cpu_seconds == seconds


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("cel_seconds", 2, "There is no setting c.Grading.cel_seconds: choose cell_seconds, "),
        ("cell_seconds", 0, "c.Grading.cell_seconds is 0 but should be a positive number."),
        ("call_seconds", "5", "c.Grading.call_seconds is '5' but should be a positive number."),
        ("memory_megabytes", None, "is None but should be a positive number."),
    ],
)
def test_a_mistake_is_said_plainly(name, value, message, repo):
    with pytest.raises(UserError) as caught:
        settings_of(configured(repo, **{name: value}))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "hand_ins", "zygotes"),
    [(0, 1, 1), (0, 3, 3), (0, 100, 4), (0, LARGE_CLASS, 5), (2, 5000, 2), (9, 3, 3)],
)
def test_a_large_class_has_one_zygote_more_than_cores(asked, hand_ins, zygotes, monkeypatch):
    monkeypatch.setattr("autograder.grading.settings.processors", lambda: 4)
    assert workers_for(Settings(workers=asked), hand_ins) == zygotes


@pytest.mark.slow
@needs_isolation
@pytest.mark.parametrize(
    ("asked", "hand_ins", "begun", "most"),
    [(0, 1, 1, 1), (0, 7, 2, 4), (0, 50, 4, 4), (3, 6, 3, 3)],
)
def test_a_small_class_begins_with_few_zygotes(
    asked, hand_ins, begun, most, released_course, monkeypatch
):
    monkeypatch.setattr("autograder.grading.settings.processors", lambda: 4)
    settings = Settings(workers=asked)
    with Pool.for_class(released_course, "optimization", settings, hand_ins) as pool:
        assert (len(pool._zygotes), pool.workers) == (begun, most)
        pool.enlarge(wanted=9)
        assert len(pool._zygotes) == min(begun + 1, most)


@pytest.mark.parametrize(("asked", "level"), [("", "namespaces"), ("landlock", "landlock")])
def test_a_course_may_insist_on_a_level(asked, level, repo):
    course = configured(repo, isolation="namespaces")
    chosen = {"level": Level(asked)} if asked else {}
    assert settings_of(course, **chosen).level == level


def test_an_unknown_level_is_refused(repo):
    with pytest.raises(UserError, match="choose best or namespaces or landlock or process"):
        settings_of(configured(repo, isolation="chroot"))
