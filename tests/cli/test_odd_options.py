"""An option with an odd value is refused in a sentence, and never waits or ends in a traceback."""

from __future__ import annotations

import pytest

from tests.conftest import NAME, run

pytestmark = pytest.mark.slow

SECONDS = 300  # a command that waits for ever would never end; a busy machine needs some


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("grade", NAME, "--jobs", "-3"), "not in the range 1<=x<=256"),
        (("grade", NAME, "--jobs", "0"), "not in the range 1<=x<=256"),
        (("grade", NAME, "--jobs", "100000"), "not in the range 1<=x<=256"),
        (("grade", NAME, "--jobs", "many"), "'many' is not a valid int"),
        (("grade", NAME, "--isolation", "none"), "There is no isolation 'none'"),
        (("grade", NAME, "--replay", "--force"), "--replay writes nothing"),
        (("grade", NAME, "--replay", "--json"), "--replay writes nothing"),
        (("grade", NAME, "--course", "/nowhere/at/all"), "/nowhere/at/all"),
        (("grade", NAME, "--course", "/etc/passwd"), "/etc/passwd"),
        (("export", NAME, "--format", "xml"), "xml"),
        (("export", NAME, "--output", "/etc/passwd/all.csv"), "/etc/passwd"),
        (("report", NAME, "--output", "/etc/passwd/all.html"), "/etc/passwd"),
        (("report", NAME, "--output", "/"), "/ is a folder: name the file"),
        (("export", NAME, "--output", "."), ". is a folder: name the file"),
        (("grade", NAME, "--shard", "1/2", "--bundle", "/"), "/ is a folder: name the file"),
        (("grade", NAME, "--shard", "1/2", "--bundle", "."), ". is a folder: name the file"),
        (("grade", NAME, "--shard", "1/2", "--bundle", "/nowhere/at/all"), "/nowhere/at/"),
        (("collect", NAME, "/dev/zero"), "/dev/zero is neither a folder nor a file"),
        (("collect", NAME, ""), "is this course"),
        (("collect", NAME, "submitted"), "is this course"),
        (("export", NAME, "--into", ""), ". is a folder: name the table"),
        (("prove", NAME, "--draws", "1"), "not in the range 2<=x<=1000"),
        (("prove", NAME, "--draws", "1" + "0" * 20), "not in the range 2<=x<=1000"),
        (("collect", NAME, "/nowhere.zip"), "/nowhere.zip"),
        (("collect", NAME, ".", "--pattern", "("), "pattern"),
        (("explain", "ada", "1", "--assignment", ""), "There is no assignment ''"),
        (("feedback", NAME, ""), "''"),
        (("feedback", NAME, "../../etc"), "'../../etc'"),
        (("init", "/etc/passwd/here"), "/etc/passwd"),
        (("new", "two words"), "two words"),
        (("new", ""), "''"),
        (("new", "class"), "'class'"),
        (("doctor", "--course", "/nowhere"), "/nowhere"),
    ],
    ids=" ".join,
)
def test_it_is_refused(command, says, graded):
    course, _ = graded
    outcome = run("autograder", *command, cwd=course.root, seconds=SECONDS)
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    assert says in " ".join(outcome.stderr.replace("│", " ").split())
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
@pytest.mark.parametrize(
    "command",
    [
        ("explain", "eva", "6", "--assignment", NAME),
        ("grade", NAME, "--help"),
        ("feedback", "Ω"),
    ],
    ids=" ".join,
)
def test_no_encoding_of_the_terminal_ends_it(command, encoding, graded):
    course, _ = graded
    env = {"PYTHONIOENCODING": encoding, "COLUMNS": "70"}
    outcome = run("autograder", *command, cwd=course.root, env=env, text=False)
    said = (outcome.stdout + outcome.stderr).decode(encoding, "replace")
    assert "Traceback" not in said
    assert outcome.returncode == (2 if "Ω" in command else 0), said


@pytest.mark.parametrize("terminal", [{"TERM": ""}, {"COLUMNS": "1"}])
def test_no_kind_of_terminal_ends_it(terminal, graded):
    course, _ = graded
    outcome = run(
        "autograder", "explain", "eva", "6", "--assignment", NAME, cwd=course.root, env=terminal
    )
    assert outcome.returncode == 0, outcome.stderr
