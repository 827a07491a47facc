"""What holds of reading and repair, whatever is handed in."""

from __future__ import annotations

import copy
import json
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.handin import decoding
from autograder.handin.notebook import (
    SubmittedCell,
    UnreadableNotebook,
    name_of,
    submitted_cells,
)
from tests.handin.notebook.hand_ins import outline, read, reason_for_refusing, repaired, texts

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
any_text = st.text() | st.lists(st.text(), max_size=3)
a_name = st.fixed_dictionaries({}, optional={"grade_id": st.text() | st.none() | any_json})
usual_cell = st.fixed_dictionaries(
    {
        "cell_type": KINDS,
        "source": any_text,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": a_name, "tags": any_json}),
    },
    optional={"id": st.text() | st.none(), "outputs": any_json, "level": any_json},
)
usual_notebook = st.fixed_dictionaries(
    {"nbformat": st.just(4), "cells": st.lists(usual_cell, max_size=5)},
    optional={"worksheets": any_json, "metadata": any_json},
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


@settings(deadline=None, max_examples=100)
@given(any_notebook | usual_notebook)
def test_a_small_notebook_is_read_as_a_large_one(scratch, value):
    data, found = json.dumps(value).encode(), []
    for limit in (decoding.SMALL, 0):
        with patch.object(decoding, "SMALL", limit):
            try:
                found.append(read(scratch, data))
            except UnreadableNotebook as error:
                found.append(str(error))
    assert found[0] == found[1]


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
