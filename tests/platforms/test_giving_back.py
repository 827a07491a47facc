"""Marks go back into the table of each platform, and nothing else in it changes."""

from __future__ import annotations

import csv

import pytest

from autograder.errors import UserError
from autograder.gradebook.status import Status
from autograder.platforms.filling import Wishes, Zero
from autograder.platforms.formats import layout_of
from autograder.platforms.giving_back import give_back
from autograder.platforms.numbers import number
from autograder.platforms.table import Table, read_table
from tests.conftest import run
from tests.support.platform_class import (
    EXPORTS,
    NAME,
    PEOPLE,
    TITLE,
    Someone,
    canvas,
    exported,
    moodle,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=EXPORTS)
def given(marked, tmp_path_factory, request):
    path = tmp_path_factory.mktemp("given") / "class.csv"
    path.write_bytes(exported(request.param))
    done, target = give_back(marked, NAME, path, Wishes())
    return path, target, done


def test_everybody_gets_their_own_mark(given):
    _path, target, done = given
    table = read_table(target)
    layout = layout_of(table, target)
    assert len(layout.rows) == len(done.lines) == len(PEOPLE)
    by_login = {one.login: one for one in PEOPLE}
    for line in done.lines:
        expected = by_login[line.student].mark
        found = number(table.text(line.row, done.column.place))
        assert found == (pytest.approx(expected) if expected is not None else None), line


def test_nothing_else_changes(given):
    path, target, done = given
    before, after = Table(path.read_bytes()), Table(target.read_bytes())
    assert len(before) == len(after)
    changed = {done.column.place, done.column.comment}
    for row in range(len(before)):
        cells = list(zip(before.row(row), after.row(row), strict=True))
        assert {i for i, (old, new) in enumerate(cells) if old != new} <= changed
    for row in range(len(before)):
        for place in filter(None, changed):
            if before.text(row, place) != after.text(row, place):
                before.put(row, place, after.text(row, place))
    assert before.data() == target.read_bytes()


def test_twice_changes_nothing(given, marked):
    _path, target, _done = given
    again, twice = give_back(marked, NAME, target, Wishes())
    assert twice.read_bytes() == target.read_bytes()
    assert not [line for line in again.lines if line.is_new] and not again.comments


def test_without_a_mark_are_four_different_things(given):
    _path, _target, done = given
    kinds = {"nothing": Status.NOTHING, "refused": Status.REFUSED, "waiting": Status.WAITING}
    by_login = {one.login: one for one in PEOPLE}
    for line in done.lines:
        assert line.status is kinds.get(by_login[line.student].kind, Status.GRADED)


def test_a_comment_says_why_there_is_no_mark(given):
    _path, target, done = given
    if done.column.comment is None:
        pytest.skip("the format has no comments")
    table = read_table(target)
    told = {line.student: table.text(line.row, done.column.comment) for line in done.lines}
    assert "could not be read" in told["login58"]
    assert "a person still has to look" in told["login57"]
    assert told["login14"] == ""
    assert "1,5 of 3" in told["login1"] or "1.5 of 3" in told["login1"]


def command(course, *words, code=0):
    outcome = run("autograder", *words, cwd=course.root)
    assert outcome.returncode == code, outcome.stdout + outcome.stderr
    return outcome


def test_the_command_shows_old_and_new_and_writes_beside(own_marked, tmp_path):
    path = tmp_path / "class.csv"
    text = canvas().decode()
    rows = text.split("\r\n")
    rows[2] = rows[2].replace(",7.50,,", ",7.50,EX,")  # login0, who earned 0
    rows[3] = rows[3].replace(",7.50,,", ",7.50,3,")  # login1, who earned 1.5
    rows[4] = rows[4].replace(",7.50,,", ",7.50,N/A,")
    rows[5] = rows[5].replace(",7.50,,", ",7.50,1,")  # login3, who earned 3
    path.write_bytes("\r\n".join(rows).encode())
    told = command(own_marked, "export", NAME, "--into", str(path), "--dry-run").stdout
    assert "Nothing is written" in told and list(tmp_path.glob("*.csv")) == [path]
    assert "stays: excused, the gradebook has 0" in told
    told = command(own_marked, "export", NAME, "--into", str(path)).stdout
    target = tmp_path / f"class-{NAME}.csv"
    assert f"Wrote {target}" in told
    assert "Left as it is, higher in the file" in told and "(3 stays, not 1.5)" in told
    assert "No mark, refused (5)" in told and "No mark, waits for a person (5)" in told
    assert "No mark, not handed in (20)" in told
    marks = [Table(target.read_bytes()).text(row, 6) for row in range(2, 6)]
    assert marks == ["EX", "3", "N/A", "3"]
    assert target.stat().st_mode & 0o077 == 0
    command(own_marked, "export", NAME, "--into", str(path), "--overwrite")
    marks = [Table(target.read_bytes()).text(row, 6) for row in range(2, 6)]
    assert marks == ["0", "1.5", "2.25", "3"]


def test_what_stands_in_a_cell_cannot_disturb_the_terminal(own_marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(canvas().replace(b",7.50,,", b',7.50,"see\nme\x1b[2J",', 1))
    for words in ([], ["--dry-run"]):
        told = command(own_marked, "export", NAME, "--into", str(path), *words).stdout
        assert r"see\nme\x1b[2J" in told and "\x1b" not in told


def test_what_is_missing_gets_a_0_only_if_asked(marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(canvas())
    done, target = give_back(marked, NAME, path, Wishes(zeros=frozenset(Zero)))
    table = read_table(target)
    found = {line.student: table.text(line.row, done.column.place) for line in done.lines}
    assert (found["login14"], found["login58"], found["login57"]) == ("0", "0", "")


def test_marks_can_be_scaled(marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(canvas().replace(b",3.00,(read only)", b",100,(read only)"))
    done, _ = give_back(marked, NAME, path, Wishes())
    assert "out of 100, the gradebook out of 3" in done.warnings[0]
    done, target = give_back(marked, NAME, path, Wishes(scale=True))
    assert read_table(target).text(3, 6) == "50" and not done.warnings


@pytest.mark.parametrize("points", [b"", b"0.00"])
def test_what_is_out_of_nothing_cannot_be_scaled_to(points, marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(canvas().replace(b",3.00,(read only)", b"," + points + b",(read only)"))
    with pytest.raises(UserError, match="leave out --scale"):
        give_back(marked, NAME, path, Wishes(scale=True))


def test_a_locked_grade_of_moodle_stays(marked, tmp_path):
    path = tmp_path / "class.csv"
    rows = moodle(language="de", sign=",").decode().split("\r\n")
    rows[2] = rows[2].replace(",Ja,", ",Nein,")
    path.write_text("\r\n".join(rows), newline="")
    done, target = give_back(marked, NAME, path, Wishes())
    kept = {line.student: line.kept for line in done.lines if line.kept}
    assert kept == {"login1": "locked"}
    assert target.read_bytes().split(b"\r\n")[2] == path.read_bytes().split(b"\r\n")[2]


def test_another_columns_mark_is_never_guessed(marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(canvas().replace(TITLE.encode(), b"Homework 1"))
    outcome = command(marked, "export", NAME, "--into", str(path), code=2)
    assert "Name one with --column" in outcome.stderr and "'Homework 1' (72)" in outcome.stderr
    for wanted in ("Homework 1", "72", "Homework 1 (72)"):
        done, _ = give_back(marked, NAME, path, Wishes(), column=wanted)
        assert done.column.place == 6


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a,b\n1,2\n", "is no table of Canvas, Moodle"),
        (b"PK\3\4 no csv", "not as a workbook"),
        (b"", "is no table of Canvas"),
        (canvas().replace(b",3.00,", b",(read only),"), "read only"),
    ],
)
def test_what_cannot_be_filled_in_is_told(data, reason, marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(data)
    with pytest.raises(UserError, match=reason):
        give_back(marked, NAME, path, Wishes())


def test_who_is_in_one_and_not_in_the_other_is_listed_to_the_last(own_marked, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(canvas([*PEOPLE[:2], *map(Someone, range(400, 430))]))
    told = command(own_marked, "export", NAME, "--into", str(path)).stdout
    (unknown,) = [line for line in told.splitlines() if line.startswith("In the file, not")]
    (missing,) = [line for line in told.splitlines() if line.startswith("In the gradebook, not")]
    assert all(f"{Someone(n).first} {Someone(n).last}" in unknown for n in range(400, 430))
    assert all(f"{one.login}" in missing for one in PEOPLE[2:])  # with a mark or without


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--no-comments"], "with --into FILE"),
        (["--into", "class.csv", "--format", "json"], "leave out --format"),
    ],
)
def test_options_that_would_do_nothing_are_refused(words, reason, marked):
    assert reason in command(marked, "export", NAME, *words, code=2).stderr


def test_a_manual_comment_of_somebody_stays(marked, tmp_path):
    path = tmp_path / "class.csv"
    rows = moodle().decode().split("\r\n")
    rows[2] += "Well done."
    path.write_text("\r\n".join(rows), newline="")
    done, target = give_back(marked, NAME, path, Wishes())
    assert read_table(target).text(2, done.column.comment or 0) == "Well done."


def test_the_own_table_tells_them_apart_too(own_marked):
    command(own_marked, "export", NAME)
    text = (own_marked.root / "report" / f"{NAME}.csv").read_text()
    rows = csv.DictReader(text.splitlines())
    status = {row["student_id"]: row["status"] for row in rows}
    found = [status[f"login{number}"] for number in (0, 14, 57, 58)]
    assert found == ["graded", "not handed in", "waits for a person", "refused"]
