"""Hand-ins as they come: read whatever was made of them, and the instructor's cells put back."""

from __future__ import annotations

import copy
import json
import os
import signal
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import ClearHiddenTests

from autograder import files as files_module
from autograder import notebook as notebook_module
from autograder.notebook import (
    MISSING_ANSWER,
    SubmittedCell,
    UnreadableNotebook,
    name_of,
    read_submission,
    repair,
    submitted_cells,
)
from tests.conftest import NAME
from tests.sample_class import fill_in

EXERCISE = "update_parameters_with_gd"
ANSWER = f"{EXERCISE}-answer"
ORDER = "The cells were in another order and are in the released one again."
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


@pytest.fixture(scope="module")
def source(repo):
    return nbformat.read(repo.notebook(NAME), as_version=4)


@pytest.fixture(scope="module")
def released(repo):
    return nbformat.read(repo.release(NAME) / f"{NAME}.ipynb", as_version=4)


@pytest.fixture
def handed_in(released):
    """A hand-in with an answer and a cell of the student's own, to do anything with."""
    return fill_in(released, NAME, {EXERCISE: "def f():  \n    return 'é😀'\n"}, "HELPER = 1")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks") / "hand-in.ipynb"


@pytest.fixture
def in_time():
    """Fail where a test would wait for ever."""

    def give_up(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def read(path, data: bytes):
    path.write_bytes(data)
    return read_submission(path)


def find(notebook, name):
    (cell,) = (cell for cell in notebook.cells if name_of(cell) == name)
    return cell


def texts(notebook):
    return [cell.source for cell in notebook.cells]


def repaired(source, cells):
    """Repair, and check what holds of every repaired notebook."""
    before = copy.deepcopy(source)
    result = repair(source, cells)
    notebook = result.notebook
    assert source == before
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert {**notebook, "cells": []} == {**source, "cells": []}
    named = [cell for cell in notebook.cells if name_of(cell)]
    assert all(not cell.metadata for cell in notebook.cells if not name_of(cell))
    for cell, original in zip(named, source.cells, strict=True):
        given = {"outputs": [], "execution_count": None} if cell.cell_type == "code" else {}
        if original.metadata.nbgrader.solution:
            given["source"] = cell.source
        assert cell == {**original, **given}
    return result


# --- reading: what editors make of a notebook


def in_format_3(notebook):
    return nbformat.writes(nbformat.convert(notebook, 3), version=nbformat.NO_CONVERT)


def in_format_3_without_outputs(notebook):
    old = json.loads(in_format_3(notebook))
    for cell in old["worksheets"][0]["cells"]:
        cell.pop("outputs", None)
    return json.dumps(old)


def in_minor(minor):
    def change(notebook):
        notebook.nbformat_minor = minor
        for cell in notebook.cells if minor < 5 else []:
            del cell["id"]
        return nbformat.writes(notebook)

    return change


def each_cell(change):
    def change_all(notebook):
        for cell in notebook.cells:
            change(cell)
        return json.dumps(notebook)

    return change_all


def to_schema_1(cell):
    if old := cell.metadata.get("nbgrader"):
        cell.metadata.nbgrader = {key: old[key] for key in ("grade_id", "grade", "locked")}
        cell.metadata.nbgrader |= {"solution": old.solution, "schema_version": 1, "points": 3.0}


def to_colab(cell):
    cell.metadata |= {"id": cell.pop("id"), "colab": {"base_uri": "https://x"}, "outputId": "a-1"}


def to_vscode(cell):
    cell.metadata |= {"vscode": {"languageId": "python"}, "notebookRunGroups": {"x": "1"}}


def to_lab(cell):
    cell.metadata |= {"trusted": True, "editable": True, "jupyter": {"source_hidden": True}}
    cell.metadata |= {"execution": {"iopub.status.busy": "2026-01-01"}, "slideshow": {}}


WRITERS = {
    "format 3": in_format_3,
    "format 3 without outputs": in_format_3_without_outputs,
    **{f"format 4.{minor}": in_minor(minor) for minor in range(6)},
    "schema version 1": each_cell(to_schema_1),
    "Colab": each_cell(to_colab),
    "VS Code": each_cell(to_vscode),
    "JupyterLab": each_cell(to_lab),
    "no outputs": each_cell(lambda cell: cell.pop("outputs", None)),
    "no metadata but ids": each_cell(lambda cell: cell.update(metadata={})),
    "emptied grade_id": each_cell(lambda cell: cell.update(metadata={"nbgrader": {}})),
    "source as lines": each_cell(lambda cell: cell.update(source=cell.source.splitlines(True))),
    "byte order mark": lambda notebook: "\ufeff" + nbformat.writes(notebook),
    "CRLF": lambda notebook: nbformat.writes(notebook).replace("\n", "\r\n"),
    "CRLF in cells": each_cell(
        lambda cell: cell.update(source=cell.source.replace("\n", "\r\n").splitlines(True))
    ),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_every_editors_file_gives_the_same_notebook(write, source, handed_in, scratch):
    expected = repaired(source, submitted_cells(handed_in))
    assert expected.notes == ()
    text = write(copy.deepcopy(handed_in))
    assert repaired(source, read(scratch, text.encode())) == expected


def cells(text):
    return b'{"nbformat": 4, "cells": [%s]}' % text.encode()


ODD = {
    "NaN": ('{"cell_type": "raw", "source": "x", "n": [NaN, -Infinity, 1e999]}', ["x"]),
    "lone surrogate": (r'{"cell_type": "raw", "source": "a\ud800b"}', ["a?b"]),
    "duplicate keys": ('{"cell_type": "raw", "source": "x", "source": "y"}', ["y"]),
    "no source": ('{"cell_type": "raw"}', [""]),
    "source of another kind": ('{"cell_type": "raw", "source": {"a": 1}}', [""]),
    "lines of another kind": ('{"cell_type": "raw", "source": ["a", 1, null, "b"]}', ["ab"]),
    "not a cell": ('[], null, 3, "code", {"cell_type": "raw", "source": "x"}', ["x"]),
    "no type": ('{"source": "x"}', []),
    "unknown type": ('{"cell_type": "heading", "source": "x"}', []),
    "type of another kind": ('{"cell_type": ["code"]}, {"cell_type": {"code": 1}}', []),
    "metadata of another kind": ('{"cell_type": "raw", "source": "x", "metadata": [1]}', ["x"]),
    "nbgrader of another kind": ('{"cell_type": "raw", "metadata": {"nbgrader": "x"}}', [""]),
    "name of another kind": (
        '{"cell_type": "raw", "id": 7, "metadata": {"nbgrader": {"grade_id": {"a": 1}}}}',
        [""],
    ),
    "deep metadata": (f'{{"cell_type": "raw", "source": "x", "m": {"[" * 99 + "]" * 99}}}', ["x"]),
}


@pytest.mark.parametrize(("text", "sources"), ODD.values(), ids=ODD)
def test_odd_cells_are_read_as_far_as_they_go(text, sources, scratch):
    found = read(scratch, cells(text))
    assert [cell.source for cell in found] == sources
    assert all(cell.name == "" for cell in found)


@pytest.mark.parametrize(("level", "text"), [(2, "## A"), (10**12, "###### A"), ("x", "# A")])
def test_headings_of_format_3_are_text(level, text, scratch):
    heading = {"cell_type": "heading", "level": level, "source": ["A"]}
    old = {"nbformat": 3, "worksheets": [{"cells": [heading]}, {"cells": 5}, None]}
    assert read(scratch, json.dumps(old).encode()) == [SubmittedCell("markdown", text)]


# --- reading: refusals

NOT_A_NOTEBOOK = "it is JSON but not a notebook"
TOO_DEEP = "it is nested too deeply or holds too long a number"
NO_CELLS = "it is a notebook without cells"
NOT_TEXT = "it is not a text file in UTF-8"
REFUSED = {
    "empty": (b"", "it is empty"),
    "whitespace": (b" \r\n\t", "it is empty"),
    "byte order mark only": (b"\xef\xbb\xbf", "it is empty"),
    "truncated": (cells('{"cell_type": "code", "source": "x'), "it is not JSON: Unterminated"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00", NOT_TEXT),
    "zeros": (bytes(100), "it is not JSON: Expecting value"),
    "UTF-16": (cells("{}").decode().encode("utf-16"), NOT_TEXT),
    "a Python file": (b"import numpy\n", "it is not JSON: Expecting value"),
    "list": (b"[1, 2]", NOT_A_NOTEBOOK),
    "number": (b"4", NOT_A_NOTEBOOK),
    "null": (b"null", NOT_A_NOTEBOOK),
    "another object": (b'{"cells": []}', NOT_A_NOTEBOOK),
    "format as text": (b'{"nbformat": "4", "cells": [{}]}', NOT_A_NOTEBOOK),
    "format 99": (b'{"nbformat": 99, "cells": [{}]}', "it is of a newer notebook format than 4"),
    "format 0": (b'{"nbformat": 0, "cells": [{}]}', NO_CELLS),
    "format true": (b'{"nbformat": true, "cells": [{}]}', NO_CELLS),
    "format 3 without sheets": (b'{"nbformat": 3, "worksheets": {"cells": 1}}', NO_CELLS),
    "no cells": (b'{"nbformat": 4}', NO_CELLS),
    "empty list of cells": (cells(""), NO_CELLS),
    "cells of another kind": (b'{"nbformat": 4, "cells": {"a": 1}}', NO_CELLS),
    "nested lists": (b"[" * 100_000, TOO_DEEP),
    "nested objects": (b'{"nbformat": 4, "cells": ' + b'{"a":' * 100_000, TOO_DEEP),
    "long number": (b'{"nbformat": 4, "x": %s}' % (b"9" * 5000), TOO_DEEP),
}


def reason_for_refusing(path):
    with pytest.raises(UnreadableNotebook) as refusal:
        read_submission(path)
    reason = str(refusal.value)
    assert len(reason) <= 120 and reason.isprintable()
    return reason


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_notebook_is_refused_with_a_reason(data, reason, scratch):
    scratch.write_bytes(data)
    assert reason_for_refusing(scratch).startswith(reason)


def link_to(target):
    def make(path):
        path.with_name("good").write_bytes(cells('{"cell_type": "raw"}'))
        path.symlink_to(target)

    return make


LINK = "it is a link to another file"
FILES = {
    "missing": (lambda path: None, "it cannot be read: No such file or directory"),
    "folder": (Path.mkdir, "it cannot be read: Is a directory"),
    "FIFO": (os.mkfifo if os.name == "posix" else None, "it is not a regular file"),
    "link": (link_to("good"), LINK),
    "link to nothing": (link_to("nothing"), LINK),
    "link to itself": (link_to("hand\n-in😀.ipynb"), LINK),
    "link to a device": (link_to("/dev/zero"), LINK),
}


@posix
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize(("make", "reason"), FILES.values(), ids=FILES)
def test_what_is_no_file_is_refused_and_stays_closed(make, reason, tmp_path):
    path = tmp_path / "hand\n-in😀.ipynb"
    make(path)
    before = os.listdir("/dev/fd")
    assert reason_for_refusing(path) == reason
    assert os.listdir("/dev/fd") == before


IMPOSSIBLE = {
    "endless device": ("/dev/zero", "it is not a regular file"),
    "file that fails": ("/proc/self/mem", "it cannot be read: Input/output error"),
    "below a file": (f"{__file__}/x", "it cannot be read: Not a directory"),
    "long name": ("x" * 5000, "it cannot be read: File name too long"),
    "zero in the name": ("a\0b", "it cannot be read: embedded null byte"),
    "surrogate in the name": ("a\ud800", "it cannot be read: 'utf-8' codec can't encode"),
}


@posix
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize(("path", "reason"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_read_is_refused(path, reason):
    if path.startswith("/proc") and not os.path.exists(path):
        pytest.skip("only Linux has it")
    assert reason_for_refusing(Path(path)).startswith(reason)


@posix
def test_a_link_put_there_at_the_last_moment_is_not_followed(tmp_path, monkeypatch):
    path = tmp_path / "hand-in.ipynb"
    link_to("good")(path)
    monkeypatch.setattr(files_module.os.path, "islink", lambda _: False)
    assert reason_for_refusing(path).startswith("it cannot be read")


@posix
@pytest.mark.parametrize("name", ["a\nb", "😀", 'it\'s "so"', "-rf", "<b>", "..."])
def test_any_name_will_do_for_a_file(name, tmp_path):
    assert read(tmp_path / name, cells('{"cell_type": "raw"}')) == [SubmittedCell("raw", "")]


def test_a_system_without_the_flags_reads_too(scratch, monkeypatch):
    monkeypatch.delattr(os, "O_NONBLOCK", raising=False)
    monkeypatch.delattr(os, "O_NOFOLLOW", raising=False)
    assert read(scratch, cells('{"cell_type": "raw"}'))


def test_the_size_limit_is_the_last_size_that_is_read(scratch, monkeypatch):
    data = cells('{"cell_type": "raw"}')
    monkeypatch.setattr(notebook_module, "SIZE_LIMIT", len(data))
    assert read(scratch, data)
    scratch.write_bytes(data + b" ")
    assert reason_for_refusing(scratch).startswith("it is larger than the")


# --- repair


def test_an_untouched_release_gives_the_source_cells_without_a_note(source, released):
    result = repaired(source, submitted_cells(released))
    assert result.notes == ()
    assert [cell.id for cell in result.notebook.cells] == [cell.id for cell in source.cells]


def test_the_source_version_itself_needs_no_repair(source):
    result = repaired(source, submitted_cells(source))
    assert (result.notes, texts(result.notebook)) == ((), texts(source))


ANSWERS = {
    "empty": "",
    "not Python": "def (:\n\tx\x0b\x00",
    "outer space": "\n\n  x = 1  \n\n",
    "magic": "%%time\n!ls",
    "hidden tests": "### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS",
    "Unicode": "π = '😀\u2028'",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answers_are_taken_over_verbatim(answer, source, released):
    result = repaired(source, submitted_cells(fill_in(released, NAME, {EXERCISE: answer})))
    assert find(result.notebook, ANSWER).source == answer
    assert result.notes == ()


def delete(name):
    return lambda notebook: notebook.cells.remove(find(notebook, name))


def change(name, **fields):
    return lambda notebook: find(notebook, name).update(fields)


def change_metadata(name, **fields):
    return lambda notebook: find(notebook, name).metadata.nbgrader.update(fields)


def copy_to_end(name, times=1):
    def duplicate(notebook):
        notebook.cells += [{**find(notebook, name), "id": f"copy-{i}"} for i in range(times)]

    return duplicate


def swap(notebook):
    notebook.cells[5], notebook.cells[7] = notebook.cells[7], notebook.cells[5]


def released_again(name):
    return f"The cell {name} had been changed and is as it was released again."


def back(name):
    return f"The cell {name} was missing and has been put back."


REPAIRS = {
    "deleted answer": (delete(ANSWER), [back(ANSWER)]),
    "deleted check": (delete(EXERCISE), [back(EXERCISE)]),
    "deleted text": (delete("adam"), [back("adam")]),
    "renamed": (change_metadata(EXERCISE, grade_id="mine"), [back(EXERCISE)]),
    "answer copied": (
        copy_to_end(ANSWER, 2),
        [f"Of the 3 cells {ANSWER} the last one counts.", ORDER],
    ),
    "check copied": (
        copy_to_end(EXERCISE),
        [f"Of the 2 cells {EXERCISE} the released one counts."],
    ),
    "swapped": (swap, [ORDER]),
    "reversed": (lambda notebook: notebook.cells.reverse(), [ORDER]),
    "answer made text": (
        change(ANSWER, cell_type="markdown"),
        [f"The cell {ANSWER} was markdown and is code again."],
    ),
    "check made raw and edited": (
        change(EXERCISE, cell_type="raw", source="10"),
        [f"The cell {EXERCISE} was raw and is code again.", released_again(EXERCISE)],
    ),
    "edited code": (change("imports", source="import os"), [released_again("imports")]),
    "edited check": (change(EXERCISE, source=""), [released_again(EXERCISE)]),
    "edited text": (change("adam", source="Adam!"), [released_again("adam")]),
    "check with tests of its own": (
        change(EXERCISE, source=f'check("{EXERCISE}")\n{ANSWERS["hidden tests"]}'),
        [released_again(EXERCISE)],
    ),
    "points": (change_metadata(EXERCISE, points=1000), []),
    "check as an answer": (change_metadata(EXERCISE, solution=True, grade=False, locked=False), []),
    "answer as a check": (change_metadata(ANSWER, solution=False, grade=True, points=5), []),
    "tags": (lambda notebook: find(notebook, EXERCISE).metadata.update(tags=["ungraded"]), []),
    "kernel": (lambda notebook: notebook.metadata.update(kernelspec={"name": "sh"}), []),
    "outputs": (change(EXERCISE, outputs=[{"output_type": "stream"}], execution_count=7), []),
    "attachments": (change("adam", attachments={"a.png": {"image/png": "AAAA"}}), []),
    "long id": (change("adam", id="x" * 100), []),
}


@pytest.mark.parametrize(("damage", "notes"), REPAIRS.values(), ids=REPAIRS)
def test_each_repair_leaves_a_note(damage, notes, source, released):
    damaged = copy.deepcopy(released)
    damage(damaged)
    assert list(repaired(source, submitted_cells(damaged)).notes) == notes


def test_the_answer_of_a_re_typed_cell_counts(source, handed_in):
    answer = find(handed_in, ANSWER)
    answer.cell_type = "raw"
    notebook = repaired(source, submitted_cells(handed_in)).notebook
    assert find(notebook, ANSWER).source == answer.source


def test_the_last_of_several_answers_counts(source):
    cells = [SubmittedCell("code", text, ANSWER) for text in ("x", "y", "z")]
    assert find(repaired(source, cells).notebook, ANSWER).source == "z"


def test_a_missing_answer_says_so_in_its_cell(source, released):
    damaged = copy.deepcopy(released)
    delete(ANSWER)(damaged)
    notebook = repaired(source, submitted_cells(damaged)).notebook
    assert find(notebook, ANSWER).source == MISSING_ANSWER


def own(*cells):
    return [SubmittedCell("code", text, name) for name, text in cells]


PLACES = {
    "the first of two answers runs above the last": (
        own(("", "first of all"), (ANSWER, "x"), (ANSWER, "y")),
        ["first of all", "x", "imports", ANSWER],
    ),
    "what stands between two answers stays between": (
        own(("imports", "import np"), (ANSWER, "x"), ("", "use x"), (ANSWER, "y")),
        ["imports", "x", "use x", ANSWER],
    ),
    "a late copy does not leave what needs the first without it": (
        own(("imports", "import np"), ("", "use np"), ("imports", "import os")),
        ["imports", "use np", "import os", ANSWER],
    ),
    "a cell moves with the one it follows": (
        own((ANSWER, "x"), ("", "use x"), ("imports", "import np"), ("", "use np")),
        ["imports", "use np", ANSWER, "use x"],
    ),
    "without that cell it follows the one before": (
        own(("imports", "import np"), ("deleted", "1"), ("", "2")),
        ["imports", "1", "2", ANSWER],
    ),
}


def outline(notebook, names=("imports", ANSWER)):
    """Return these cells' names, and the sources of the added cells, in order."""
    ours = ((name_of(cell), cell.source) for cell in notebook.cells)
    return [name or text for name, text in ours if not name or name in names]


@pytest.mark.parametrize(("cells", "expected"), PLACES.values(), ids=PLACES)
def test_added_cells_stay_with_their_neighbours(cells, expected, source):
    assert outline(repaired(source, cells).notebook) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("imports", ["imports", "use", ANSWER], id="of a given cell once"),
        pytest.param(ANSWER, ["copied", "use", "imports", ANSWER], id="of an answer each time"),
    ],
)
def test_an_unchanged_copy_runs(name, expected, source):
    text = find(source, name).source
    notebook = repaired(source, own((name, text), ("", "use"), (name, text))).notebook
    assert outline(notebook) == [text if line == "copied" else line for line in expected]


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_an_added_cell_keeps_its_kind(kind, source):
    added = repaired(source, [SubmittedCell(kind, "mine")]).notebook.cells[0]
    assert (added.cell_type, added.source) == (kind, "mine")


def test_without_any_name_everything_runs_as_added_before_the_checks(source, handed_in):
    for cell in handed_in.cells:
        cell.metadata, cell.id = {}, ""
    result = repaired(source, submitted_cells(handed_in))
    assert outline(result.notebook) == [*texts(handed_in), "imports", ANSWER]
    assert list(result.notes) == [back(name_of(cell)) for cell in source.cells]


def test_pictures_stay_in_the_instructors_text_but_not_in_an_answer():
    picture = {"a.png": {"image/png": "AAAA"}}
    locked, answer = (
        {"grade_id": name, "solution": name == "answer"} for name in ("text", "answer")
    )
    made = [
        new_markdown_cell("x", attachments=picture, metadata={"nbgrader": nbgrader})
        for nbgrader in (locked, answer)
    ]
    given = [
        cell.get("attachments") for cell in repair(new_notebook(cells=made), []).notebook.cells
    ]
    assert given == [picture, None]


HIDDEN = "### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS"
REGIONS = {
    "at the end": f"a\n{HIDDEN}",
    "at the start": f"{HIDDEN}\na",
    "in the middle": f"a\n{HIDDEN}\nb",
    "indented": "if a:\n    " + HIDDEN.replace("\n", "\n    ") + "\n    b",
    "twice": f"a\n{HIDDEN}\nb\n{HIDDEN}\nc",
    "nothing else": HIDDEN,
    "none": "a\n\nb",
}


@pytest.mark.parametrize("text", REGIONS.values(), ids=REGIONS)
def test_a_check_released_by_nbgrader_counts_as_unchanged(text):
    nbgrader = {"grade_id": "check", "grade": True, "solution": False, "points": 1}
    instructor = new_notebook(cells=[new_code_cell(text, metadata={"nbgrader": nbgrader})])
    student = copy.deepcopy(instructor)
    ClearHiddenTests().preprocess_cell(student.cells[0], ResourcesDict(), 0)
    assert "secret" not in student.cells[0].source
    result = repair(instructor, submitted_cells(student))
    assert (result.notes, texts(result.notebook)) == ((), [text])


# --- laws, for whatever is handed in

KINDS = st.sampled_from(["code", "markdown", "raw"])
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=4),
    max_leaves=12,
)
any_name = st.just("imports") | any_json
any_metadata = st.fixed_dictionaries(
    {"nbgrader": st.fixed_dictionaries({"grade_id": any_name}) | any_json}
)
any_cell = st.fixed_dictionaries(
    {"cell_type": KINDS | st.just("heading") | any_json},
    optional={
        "source": any_json,
        "input": any_json,
        "level": any_json,
        "id": any_name,
        "metadata": any_metadata | any_json,
    },
)
any_cells = st.lists(any_cell | any_json, max_size=5) | any_json
any_notebook = st.fixed_dictionaries(
    {"nbformat": st.integers(1, 4) | any_json},
    optional={
        "cells": any_cells,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": any_cells})),
    },
)


def cells_or_refusal(path, data):
    try:
        found = read(path, data)
    except UnreadableNotebook:
        reason_for_refusing(path)
        return []
    for cell in found:
        assert cell.kind in {"code", "markdown", "raw"}
        assert isinstance(cell.name, str)
        assert cell.source.encode().decode() == cell.source
    return found


@settings(deadline=None, max_examples=50)
@given(st.binary())
def test_any_bytes_are_read_or_refused(scratch, data):
    cells_or_refusal(scratch, data)


@settings(deadline=None, max_examples=50)
@given(any_json | any_notebook)
def test_any_json_is_read_or_refused_and_can_be_repaired(scratch, source, value):
    repaired(source, cells_or_refusal(scratch, json.dumps(value).encode()))


@settings(deadline=None, max_examples=50)
@given(value=any_json, key=st.text())
def test_what_else_a_cell_holds_changes_nothing(value, key, scratch, released):
    changed = copy.deepcopy(released)
    for cell in changed.cells[:20]:
        metadata = {key: value, **cell.metadata, "tags": value, "deletable": value}
        junk = {"metadata": metadata, "outputs": value, "attachments": value, "id": value}
        cell.update({key: value, **cell, **junk})
    found = read(scratch, json.dumps(changed).encode())
    assert found == list(submitted_cells(released))


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_whatever_is_handed_in_the_instructors_cells_stand_in_order_once(source, data):
    names = st.sampled_from([name_of(cell) for cell in source.cells])
    text = st.text().filter(lambda text: "\r\n" not in text)  # reading leaves none
    cell = st.builds(SubmittedCell, KINDS, text, names | st.just("") | st.text())
    first = repaired(source, data.draw(st.lists(cell)))
    again = repaired(source, submitted_cells(first.notebook))
    assert texts(again.notebook) == texts(first.notebook)
    assert again.notes == ()


@settings(deadline=None, max_examples=50)
@given(places=st.lists(st.integers(0, 500), max_size=8))
def test_added_cells_stay_where_they_are(places, source, released):
    cells = list(submitted_cells(released))
    for number, place in enumerate(places):
        cells.insert(place, SubmittedCell("code", f"added {number}"))
    result = repaired(source, cells)
    names = [cell.name for cell in cells]
    assert outline(result.notebook, names) == [cell.name or cell.source for cell in cells]
    assert result.notes == ()
