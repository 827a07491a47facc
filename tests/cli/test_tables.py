"""The table of points that `autograder grade` prints."""

from __future__ import annotations

from rich.cells import cell_len

from autograder.cli.tables import print_marks, print_remarks
from autograder.gradebook.reader import Mark
from autograder.grading.marks.brief import Brief

COLUMNS = {"first_function": 10.0, "second_function": 30.0}
MARKS = [Mark(f"student-{number}", {"first_function": number / 3, "second_function": 30.0})
         for number in range(6)]  # fmt: skip


def printed(capsys):
    print_marks("notebook", [mark.student for mark in MARKS], MARKS, COLUMNS)
    return capsys.readouterr().out


def test_points_stand_below_their_maximum_to_two_places(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = printed(capsys).splitlines()
    assert lines[2].split() == ["/", "10", "/", "30", "/", "40"]
    assert lines[5].split() == ["student-1", "0.33", "30", "30.33"]
    assert lines[5].rindex("30.33") + len("30.33") == lines[2].rindex("/ 40") + len("/ 40")
    assert lines[-2:] == ["(1) first_function", "(2) second_function"]


def test_a_name_that_is_too_long_for_the_terminal_is_folded(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setitem(COLUMNS, "third_function", 5.0)
    name = "n" * 70
    print_marks("notebook", [name], [Mark(name, dict.fromkeys(COLUMNS, 1.0))], COLUMNS)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 60
    assert sum(line.count("n") for line in lines if set(line.split()[0]) == {"n"}) == 70


def test_wide_signs_do_not_move_the_points(capsys):
    names = ["李小龍", "ada", "é"]
    print_marks("notebook", names, [Mark(n, dict.fromkeys(COLUMNS, 1.0)) for n in names], COLUMNS)
    lines = capsys.readouterr().out.splitlines()[1:-2]
    assert len({cell_len(line) for line in lines}) == 1


def test_brackets_in_a_name_are_no_markup(capsys):
    print_marks("notebook", ["[red]"], [Mark("[red]", dict.fromkeys(COLUMNS, 1.0))], COLUMNS)
    assert "[red]" in capsys.readouterr().out


def remarks(capsys, *flags):
    print_remarks([Brief(f"s{n}", "", found, False, True) for n, found in enumerate(flags)])
    return capsys.readouterr().out.splitlines()


def test_what_many_hand_ins_have_in_common_is_told_once_and_first(capsys):
    pandas, loop = "pandas is missing here, and a cell imports it", "cell 2 ran past 20 s"
    assert remarks(capsys, (loop,), (pandas,), (), (pandas, pandas)) == [
        "Noticed in 3 of 4 hand-ins:",
        f"  {pandas}: 2 hand-ins",
        f"  {loop}: s0",
    ]


def test_of_many_different_remarks_some_are_told(capsys):
    lines = remarks(capsys, *[(f"cell {n} crashed Python",) for n in range(30)])
    assert len(lines) == 10
    assert lines[-1] == "  and 22 more, which --json lists."


def test_nothing_is_said_where_nothing_was_noticed(capsys):
    assert remarks(capsys, (), ()) == []
