"""A notebook that came alone gets its files, or says which they are; it shows no traceback."""

from __future__ import annotations

import functools
import http.server
import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring import lone
from autograder.errors import UserError

PRINT = "\nimport helper\nprint(helper.ANSWER)\n"


@pytest.fixture
def support(tmp_path) -> dict[str, Path]:
    beside = tmp_path / "beside"
    (beside / "workbook").mkdir(parents=True)
    (beside / "helper.py").write_text("ANSWER = 42\n")
    (beside / "workbook" / "__init__.py").write_text("")
    (beside / "environment.yml").write_text("name: x\n")
    return {str(path.relative_to(beside)): path for path in beside.rglob("*") if path.is_file()}


@pytest.fixture
def address(tmp_path, support) -> Iterator[str]:
    """An address that serves the archive of an assignment named week1."""
    (tmp_path / "web" / "week1").mkdir(parents=True)
    (tmp_path / "web" / "week1" / lone.ARCHIVE).write_bytes(lone.archive(support))
    handler = functools.partial(Silent, directory=str(tmp_path / "web"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def run(folder: Path, code: str) -> tuple[int, str]:
    """Run the cell as a notebook would, and return IPython's exit code and what it shows."""
    folder.mkdir(exist_ok=True)
    (folder / "cell.ipy").write_text(code)
    command = [sys.executable, "-m", "IPython", "--colors=NoColor", "cell.ipy"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_what_is_missing_is_fetched_from_the_address(tmp_path, support, address):
    code = lone.source("week1", support, address) + PRINT
    status, shown = run(tmp_path / "alone", code)
    assert (status, shown.splitlines()[-2:]) == (0, ["Fetched helper.py, workbook.", "42"])
    assert not (tmp_path / "alone" / "environment.yml").exists()


def test_files_that_are_there_are_left_alone(tmp_path, support, address):
    (tmp_path / "here" / "workbook").mkdir(parents=True)
    (tmp_path / "here" / "helper.py").write_text("ANSWER = 'mine'\n")
    status, shown = run(tmp_path / "here", lone.source("week1", support, address) + PRINT)
    assert (status, shown.strip()) == (0, "mine")


def test_an_archive_of_another_version_is_refused(tmp_path, support, address):
    code = lone.source("week1", support, address)
    archive = tmp_path / "web" / "week1" / lone.ARCHIVE
    archive.write_bytes(archive.read_bytes() + b" ")
    status, shown = run(tmp_path / "alone", code)
    assert status != 0
    assert "another version" in shown
    assert not (tmp_path / "alone" / "helper.py").exists()


@pytest.mark.parametrize("where", ["", "http://127.0.0.1:9"], ids=["no address", "no network"])
def test_what_cannot_be_fetched_is_named_without_a_traceback(where, tmp_path, support):
    status, shown = run(tmp_path / "alone", lone.source("week1", support, where) + PRINT)
    assert status != 0
    assert "helper.py, workbook into the folder" in shown
    assert "Traceback" not in shown
    assert "environment.yml" not in shown


def test_the_same_files_give_the_same_archive(support):
    names = zipfile.ZipFile(io.BytesIO(lone.archive(support))).namelist()
    assert names == ["helper.py", "workbook/__init__.py"]
    assert lone.archive(support) == lone.archive(dict(reversed(support.items())))


def test_an_address_that_is_none_is_refused(support):
    with pytest.raises(UserError, match="https://"):
        lone.source("week1", support, "release/")
