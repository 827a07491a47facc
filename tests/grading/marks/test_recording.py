"""What is written of a graded notebook."""

from __future__ import annotations

import copy

import nbformat

from autograder.grading.marks.recording import as_text


def test_a_notebook_is_written_as_nbformat_writes_it(repo):
    notebook = nbformat.read(repo.notebook("optimization"), as_version=4)
    notebook.cells[0].source = 'é ß 漢 "quoted"\\\n\n\ttab \x07 </script>'
    expected = nbformat.v4.writes(copy.deepcopy(notebook))
    assert as_text(notebook) == expected
