"""A workbook in the browser, with nothing installed: filled in, checked, downloaded and graded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import NAME, needs_isolation, run
from tests.support.assignments import load
from tests.support.browser import needs_chromium, running
from tests.support.static_site import (
    PATIENCE,
    WHEELS,
    command,
    needs_wheels,
    open_notebook,
    run_cell,
    served,
    source_of,
    write,
)

pytestmark = [pytest.mark.slow, needs_chromium, needs_wheels]

EXERCISES = [exercise.id for exercise in load(NAME).exercises]
NOTEBOOK = f"{NAME}/{NAME}.ipynb"


@pytest.fixture(scope="module")
def site(released_course: Course, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "site"
    command = ["autograder", "site", NAME, "--to", str(folder), "--pyodide", str(WHEELS)]
    outcome = run(*command, cwd=released_course.root)
    if "npm could not fetch" in outcome.stderr:
        pytest.skip(outcome.stderr)
    assert outcome.returncode == 0, outcome.stderr
    return folder


@needs_isolation
def test_a_workbook_is_solved_in_the_browser_and_graded(site, repo, small_class, tmp_path):
    solution = {
        cell.id: cell.source for cell in nbformat.read(repo.notebook(NAME), as_version=4).cells
    }
    requests: list[str] = []
    with running() as browser, served(site) as address, browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        open_notebook(page, address, NOTEBOOK)
        assert run_cell(page, "imports") == []
        for name in EXERCISES:
            write(page, f"{name}-answer", solution[f"{name}-answer"])
            assert run_cell(page, f"{name}-answer") == []
            (shown,) = run_cell(page, name)
            assert shown["data"]["text/plain"].startswith("✓"), name
        command(page, "docmanager:save")
        with page.expect_download() as download:
            command(page, "docmanager:download")
        handed_in = tmp_path / "downloaded.ipynb"
        download.value.save_as(handed_in)
        # A second visit finds the work.
        open_notebook(page, address, NOTEBOOK)
        assert source_of(page, f"{EXERCISES[0]}-answer") == solution[f"{EXERCISES[0]}-answer"]
    own = (address, f"blob:{address}", "data:")
    assert [url for url in requests if not url.startswith(own)] == []
    place = small_class.submitted() / "zoe" / NAME
    place.mkdir(parents=True)
    shutil.copy(handed_in, place / f"{NAME}.ipynb")
    outcome = run("autograder", "grade", NAME, "--json", cwd=small_class.root)
    assert {m["student"]: m["total"] for m in json.loads(outcome.stdout)}["zoe"] == 100
