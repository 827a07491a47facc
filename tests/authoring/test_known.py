"""What one command has worked out of the exercises, the next knows: until anything changes."""

from __future__ import annotations

import pytest

from autograder.authoring import exercises, known, slips
from autograder.errors import UserError
from tests.authoring.conftest import OWN


@pytest.fixture
def looked(monkeypatch) -> list[str]:
    """The assignments that were looked through for slips, as by a command that begins anew."""
    names: list[str] = []
    find = slips.find_problems

    def note(name, assignment):
        names.append(name)
        return find(name, assignment)

    monkeypatch.setattr(slips, "find_problems", note)
    begin_anew(monkeypatch)
    return names


def begin_anew(monkeypatch) -> None:
    monkeypatch.setattr(exercises, "_found_right", {})


def test_it_holds_for_the_same_digest_only(own):
    assert known.recall(own, OWN, "points", "a") is None
    known.remember(own, OWN, "points", "a", "20")
    known.remember(own, OWN, "names", "b", "two")
    assert known.recall(own, OWN, "points", "a") == "20"
    assert known.recall(own, OWN, "names", "b") == "two"
    assert known.recall(own, OWN, "points", "b") is None
    assert known.recall(own, "week2", "points", "a") is None


@pytest.mark.parametrize("content", [b"", b"[]", b'{"points": 1}', b"\xff"])
def test_a_file_that_cannot_be_read_is_as_none(own, content):
    known.remember(own, OWN, "points", "a", "20")
    (own.private / known.PLACE / f"{OWN}.json").write_bytes(content)
    assert known.recall(own, OWN, "points", "a") is None
    known.remember(own, OWN, "points", "a", "20")
    assert known.recall(own, OWN, "points", "a") == "20"


def test_where_nothing_can_be_written_nothing_is_lost(own):
    own.private.write_text("a file where the folder should be")
    known.remember(own, OWN, "points", "a", "20")
    assert known.recall(own, OWN, "points", "a") is None


def test_slips_are_not_looked_for_twice(own, looked, monkeypatch):
    exercises.load(own, OWN)
    exercises.load(own, OWN)
    assert looked == [OWN]
    begin_anew(monkeypatch)
    exercises.load(own, OWN)
    assert looked == [OWN, OWN]  # nobody has asked for it to be remembered
    exercises.remember_no_slips(own, [OWN])
    begin_anew(monkeypatch)
    exercises.load(own, OWN)
    assert looked == [OWN, OWN]


def test_a_slip_after_that_is_refused(own, looked, monkeypatch):
    exercises.remember_no_slips(own, [OWN])
    (module,) = own.exercise_files(OWN)
    module.write_text(module.read_text().replace("points=10", "points=0", 1))
    for _ in range(2):
        begin_anew(monkeypatch)
        with pytest.raises(UserError, match="its points are 0"):
            exercises.load(own, OWN)


def test_a_slip_that_only_a_new_version_sees_is_refused(own, looked, monkeypatch, tmp_path):
    exercises.remember_no_slips(own, [OWN])
    begin_anew(monkeypatch)
    other = tmp_path / "slips.py"
    other.write_text("another look")
    monkeypatch.setattr(slips, "__file__", str(other))
    exercises.load(own, OWN)
    assert looked == [OWN, OWN]
