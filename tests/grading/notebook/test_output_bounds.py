"""What the cells of a hand-in show has a bound in all, in the child and in the grading process."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.marks.recording import as_text
from autograder.grading.notebook.interview import Interview
from autograder.grading.notebook.outputs import safe_outputs, score_by_nbgrader
from autograder.sandbox.forms import OUTPUTS_BYTES, cost_of
from autograder.sandbox.replies import CellRun
from autograder.sandbox.shown import FULL, OUTPUT_LIMIT, Outputs, Room


def stream(text: str) -> dict:
    return {"output_type": "stream", "name": "stdout", "text": text}


def error(length: int = 1) -> dict:
    lines = ["x" * 80] * length
    return {"output_type": "error", "ename": "ValueError", "evalue": "bad", "traceback": lines}


def test_outputs_beyond_the_bound_are_left_out_with_one_note():
    known = Interview()
    for place in range(16):
        known.keep(place, CellRun("ok", [stream("x" * 1_000_000)], place))
    kept = [place for place, run in known.runs.items() if run.outputs]
    assert kept == [0, 1, 2, 3]
    assert [run.is_cut for run in known.runs.values()] == [False] * 4 + [True] * 12
    assert known.flags == ["outputs beyond 5 MB in all were left out"]


def test_after_the_first_that_is_left_out_even_a_small_one_is():
    known = Interview()
    known.keep(0, CellRun("ok", [stream("x" * 6_000_000)], 1))
    known.keep(1, CellRun("ok", [stream("x")], 2))
    assert [run.outputs for run in known.runs.values()] == [[], []]


def test_an_error_stays_because_it_costs_points():
    known = Interview()
    known.keep(0, CellRun("ok", [stream("x" * 6_000_000)], 1))
    known.keep(1, CellRun("error", [stream("x" * 90_000), error(1000)], 2))
    assert known.runs[1].outputs == [error() | {"traceback": []}]


def test_a_cell_that_runs_again_keeps_its_first_outputs_and_takes_no_room_twice():
    known = Interview()
    for _child in range(10):
        known.keep(0, CellRun("ok", [stream("x" * 1_000_000)], 1))
        known.keep(1, CellRun("ok", [stream("second")], 2))
    assert known.runs[1].outputs == [stream("second")] and not known.flags


TEXTS = {
    "letters": "x" * 90_000,
    "lines": "\n" * 90_000,
    "carriage returns": "\r" * 90_000,
    "odd line ends": "\x0b\x0c\x1c\u2028\u2029\x85" * 15_000,
    "zeros": "\0" * 90_000,
    "escapes": "\x1b[31m" * 18_000,
    "quotes": '"\\' * 45_000,
    "accents": "é漢" * 45_000,
    "halves of pairs": "\ud800" * 90_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_graded_notebook_is_hardly_larger_than_the_bound(text):
    """Whatever JSON makes of the characters: through the child's bound, then through ours."""
    room, known = Room(), Interview()
    for place in range(80):
        outputs = Outputs(room)
        outputs.stream("stdout", text)
        known.keep(place, CellRun("ok", outputs.finished(), place))
    cells = [new_code_cell("1", id=f"c{n}") for n in known.runs]
    for cell, run in zip(cells, known.runs.values(), strict=True):
        cell.outputs = safe_outputs(run)
    written = as_text(new_notebook(cells=cells))
    assert 1_000_000 < len(written.encode()) < 2 * OUTPUTS_BYTES
    nbformat.validate(nbformat.reads(written, as_version=4))
    assert not known.flags  # the child's own bound came first
    assert written.count(json.dumps(FULL, ensure_ascii=False)) == 1


def test_the_child_says_once_that_there_is_no_room_and_still_tells_errors():
    room = Room(left=1000)
    first, second = Outputs(room), Outputs(room)
    first.stream("stdout", "x" * 2000)
    second.stream("stdout", "x")
    second.display("display_data", {"text/plain": "x"})
    second.error("ValueError", "y" * 5000, ["z" * 5000])
    assert first.finished() == [stream(FULL)]
    (told,) = second.finished()
    assert told["ename"] == "ValueError" and cost_of(told) < 1000


def test_what_is_cleared_gives_its_room_back():
    room = Room(left=3000)
    outputs = Outputs(room)
    for _picture in range(100):
        outputs.display("display_data", {"text/plain": "x" * 1000})
        outputs.clear()
    assert room.left == 3000 and not room.is_full


def test_texts_of_a_students_own_kind_become_plain_ones():
    class Shouting(str):
        def __str__(self):
            return self.upper()

    outputs = Outputs(Room())
    outputs.stream("stdout", Shouting("a\ud800"))
    outputs.display("display_data", {"text/plain": Shouting("b")})
    outputs.error(Shouting("C"), Shouting("d"), [Shouting("e")])
    texts = [outputs.finished()[0]["text"], outputs.items[1]["data"]["text/plain"]]
    texts += [outputs.items[2]["ename"], outputs.items[2]["evalue"]]
    assert texts == ["a?", "b", "C", "d"]
    assert {type(text) for text in texts} == {str}


def test_a_cell_shows_no_more_than_so_many_outputs():
    outputs = Outputs(Room())
    for _ in range(2 * OUTPUT_LIMIT):
        outputs.display("display_data", {"text/plain": "x"})
    assert len(outputs.finished()) == OUTPUT_LIMIT


def graded(*outputs: dict):
    cell = new_code_cell("assert f", id="test")
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 3, "grade_id": "t"}
    cell.outputs = safe_outputs(CellRun("ok", list(outputs), 1))
    return cell


def value(data: dict) -> dict:
    return {"output_type": "execute_result", "data": data, "metadata": {}}


@pytest.mark.parametrize(
    ("outputs", "score"),
    [
        pytest.param([], 3.0, id="nothing"),
        pytest.param([error()], 0.0, id="an error"),
        pytest.param([value({"text/plain": "1.5"})], 1.5, id="some points"),
        pytest.param([value({"text/plain": "1e9"})], None, id="too many points"),
        pytest.param([value({"text/plain": "inf"})], None, id="infinity"),
        pytest.param([value({"text/plain": "nan"})], 3.0, id="no number, as nbgrader has it"),
        pytest.param([value({"text/plain": ""})], None, id="no text"),
        pytest.param([value({"image/png": "AAAA"})], None, id="a picture"),
        pytest.param([value({})], None, id="nothing that can be shown"),
    ],
)
def test_what_nbgrader_would_refuse_asks_for_a_person(outputs, score):
    assert score_by_nbgrader(graded(*outputs)) == score


def test_a_formula_that_links_is_text():
    data = {"text/latex": r"$\href{javascript:alert()}{x}$"}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    (safe,) = safe_outputs(CellRun("ok", [output], 1))
    assert safe.data["text/latex"] == r"$\ href{javascript:alert()}{x}$"
