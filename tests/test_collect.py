"""Hand-ins of a download come into the course; what is unsafe is refused by name, with a reason."""

from __future__ import annotations

import os
import shutil
import stat
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import Course
from autograder.errors import UserError
from tests.conftest import run
from tests.tiny_class import NAME
from tests.tiny_course import CONFIG

FILE = f"{NAME}.ipynb"
HONEST = {"ada/" + FILE: "of ada", f"ben/{NAME}/{FILE}": "of ben", f"ben/{NAME}/data/a.csv": "1,2"}
Fill = Callable[[zipfile.ZipFile], Any]


@pytest.fixture
def course(tmp_path) -> Course:
    folder = tmp_path / "course"
    (folder / "source" / NAME).mkdir(parents=True)
    (folder / "source" / NAME / FILE).write_text('{"cells": []}')
    (folder / "nbgrader_config.py").write_text(CONFIG)
    return Course.find(folder)


def zipped(path: Path, files: dict[str, str], fill: Fill | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 11, 59, 58)), content)
        if fill:
            fill(archive)
    return path


@dataclass(frozen=True)
class Said:
    code: int
    stdout: str
    stderr: str


@pytest.fixture(autouse=True)
def utc(monkeypatch) -> Iterator[None]:
    """The times in a zip are local."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def collect(course: Course, *sources: Path, options: tuple[str, ...] = (), code: int = 0) -> Said:
    """Run the command in this process: there are many."""
    arguments = ["collect", NAME, *map(str, sources), *options, "--course", str(course.root)]
    result = CliRunner().invoke(app, arguments)
    if isinstance(result.exception, UserError):
        said = Said(2, result.stdout, str(result.exception))
    else:
        said = Said(result.exit_code, result.stdout, result.stderr)
    assert said.code == code, (said, result.exception)
    return said


def submitted(course: Course) -> dict[str, str]:
    """Return all that is in submitted/ but the times."""
    return {
        path.relative_to(course.submitted()).as_posix(): path.read_text()
        for path in sorted(course.submitted().rglob("*"))
        if path.is_file() and path.name != "timestamp.txt"
    }


EXPECTED = {
    f"ada/{NAME}/{FILE}": "of ada",
    f"ben/{NAME}/{FILE}": "of ben",
    f"ben/{NAME}/data/a.csv": "1,2",
}


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_a_download_becomes_hand_ins_with_their_times(kind, course, tmp_path):
    source = zipped(tmp_path / "all.zip", HONEST | {"__MACOSX/ada/._x": "", "ada/.DS_Store": ""})
    if kind == "folder":
        shutil.unpack_archive(source, tmp_path / "all")
        source = tmp_path / "all"
        for path in source.rglob("*"):
            os.utime(path, (1772366398, 1772366398))  # 2026-03-01 11:59:58 UTC
    outcome = collect(course, source)
    assert outcome.stdout.startswith("Collected 2 hand-ins")
    assert submitted(course) == EXPECTED
    stamp = (course.submitted() / "ada" / NAME / "timestamp.txt").read_text()
    assert stamp == "2026-03-01 11:59:58.000000 UTC\n"


def add(name: str, content: str | bytes = "x", **changes: Any) -> Fill:
    def fill(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in changes.items():
            setattr(info, key, value)
        archive.writestr(info, content)

    return fill


def both(*fills: Fill) -> Fill:
    return lambda archive: [fill(archive) for fill in fills] and None


def twice(archive: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        both(add("eve/" + FILE, "1"), add("eve/" + FILE, "2"))(archive)


LINK = (stat.S_IFLNK | 0o777) << 16
PIPE = (stat.S_IFIFO | 0o777) << 16

REFUSED = {
    "out of the folder": (add(f"../../eve/{FILE}"), "../../eve", "leads out of the folder"),
    "out from inside": (add(f"eve/../../{FILE}"), "eve/../..", "leads out of the folder"),
    "absolute": (add(f"/tmp/eve/{FILE}"), "/tmp/eve", "leads out of the folder"),
    "drive": (add(f"C:/eve/{FILE}"), "C:/eve", "leads out of the folder"),
    "backslashes": (add(f"..\\..\\{FILE}"), "..\\..", "holds a backslash"),
    "line end": (add(f"e\nve/{FILE}"), "e\\nve", "does not show"),
    "zero": (add("eve/a.ipynb", filename="eve/a\0b.ipynb", orig_filename="eve/a\0b.ipynb"),
             "eve/a", "does not show"),
    "hidden student": (add(f".eve/{FILE}"), ".eve", "begins with a dot"),
    "long": (add(f"{'e' * 300}/{FILE}"), "eee", "is longer than"),
    "deep": (add(f"eve/{'d/' * 20}{FILE}"), "eve/d/d", "folders deep"),
    "link": (add(f"eve/{FILE}", "/etc/passwd", external_attr=LINK), "eve", "it is a link"),
    "pipe": (add(f"eve/{FILE}", external_attr=PIPE), "eve", "no regular file"),
    "bomb": (add(f"eve/{FILE}", bytes(19_000_000)), "eve", "more than 200 times its size"),
    "large": (add(f"eve/{FILE}", bytes(20_000_001)), "eve", "larger than the 20 MB"),
    "twice": (twice, "eve", "2 files of this name"),
    "file names in case only": (both(add(f"eve/{FILE}"), add(f"eve/{FILE.upper()}")), "eve",
                                "upper and lower case only"),
    "students in case only": (both(add(f"eve/{FILE}"), add(f"Eve/{FILE}")), "Eve",
                              "upper and lower case only"),
    "time of one's own": (add("ben/timestamp.txt", "2020-01-01"), "ben/timestamp.txt",
                          "not the student's to tell"),
    "no student": (add("readme.txt"), "readme.txt", "does not match the pattern"),
    "no notebook": (add("eve/answer.pdf"), "eve", "no notebook among the files"),
    "file and folder": (both(add(f"eve/{FILE}"), add("eve/a"), add("eve/a/b")), "eve",
                        "both a file and a folder"),
    "many files": (lambda archive: [add(f"eve/{n}.ipynb")(archive) for n in range(300)], "eve",
                   "more than 200 files"),
}  # fmt: skip


@pytest.mark.parametrize(("fill", "name", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_unsafe_is_refused_and_the_rest_collected(fill, name, reason, course, tmp_path):
    outcome = collect(course, zipped(tmp_path / "all.zip", HONEST, fill), code=1)
    assert submitted(course) == EXPECTED
    lines = outcome.stderr.splitlines()
    assert all(name.casefold() in line.casefold() and reason in line for line in lines), lines
    assert lines
    assert {path.name for path in tmp_path.iterdir()} == {"course", "all.zip"}


def damaged(path: Path, old: bytes, new: bytes) -> Path:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path


def test_an_encrypted_file_is_refused(course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST, add(f"eve/{FILE}"))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        places = [archive.getinfo(f"eve/{FILE}").header_offset + 6]
    places.append(data.rindex(b"PK\x01\x02") + 8)
    for place in places:
        data[place] |= 1
    path.write_bytes(data)
    assert "it is encrypted" in collect(course, path, code=1).stderr
    assert submitted(course) == EXPECTED


def test_a_size_that_is_a_lie_is_refused(course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST, add(f"eve/{FILE}", bytes(5_000_000)))
    damaged(path, struct.pack("<L", 5_000_000), struct.pack("<L", 1000))
    assert "it is damaged" in collect(course, path, code=1).stderr
    assert submitted(course) == EXPECTED


def test_damaged_content_is_refused(course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST)
    stored = zipped(
        tmp_path / "one.zip", {}, add(f"eve/{FILE}", "of eve", compress_type=zipfile.ZIP_STORED)
    )
    damaged(stored, b"of eve", b"of EVE")
    assert "it is damaged" in collect(course, path, stored, code=1).stderr
    assert submitted(course) == EXPECTED


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"", "is no zip"), (b"PK\x03\x04 and no more", "is no zip")],
    ids=["missing", "empty", "cut"],
)
def test_what_is_no_download_stops_with_a_sentence(content, reason, course, tmp_path):
    path = tmp_path / "all.zip"
    if content is not None:
        path.write_bytes(content)
    assert reason in collect(course, path, code=2).stderr


def test_a_folder_is_read_without_following_links_or_waiting_for_pipes(course, tmp_path):
    folder = tmp_path / "all"
    for name, content in HONEST.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    (folder / "eve").symlink_to("/etc")
    (folder / "zoe").mkdir()
    (folder / "zoe" / FILE).symlink_to("/etc/passwd")
    (folder / "max").mkdir()
    os.mkfifo(folder / "max" / FILE)
    outcome = collect(course, folder, code=1)
    assert len(outcome.stderr.splitlines()) == 3
    assert submitted(course) == EXPECTED


@pytest.mark.parametrize("where", ["option", "nbgrader_config.py"])
def test_a_pattern_tells_student_file_and_time(where, course, tmp_path):
    pattern = r".*?(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9-]+ [0-9:]+)_(?P<file_id>\w+)"
    files = {
        f"ps1_ada_attempt_2026-02-01 10:00:00_{FILE}": "first",
        f"ps1_ada_attempt_2026-02-03 10:00:00_{FILE}": "last",
        f"ps1_ada_attempt_2026-02-02 10:00:00_{FILE}": "second",
    }
    pattern = pattern.replace(".*?", "ps1_")
    if where == "nbgrader_config.py":
        with (course.root / "nbgrader_config.py").open("a") as config:
            config.write(f"c.FileNameCollectorPlugin.named_regexp = {pattern!r}\n")
    options = ("--pattern", pattern) if where == "option" else ()
    collect(course, zipped(tmp_path / "all.zip", files), options=options)
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "last"}
    stamp = (course.submitted() / "ada" / NAME / "timestamp.txt").read_text()
    assert datetime.fromisoformat(stamp[:19]) == datetime(2026, 2, 3, 10)


def documented_patterns() -> list[list[str]]:
    text = (Path(__file__).parents[1] / "docs" / "collecting.md").read_text()
    rows = [line.split(" | ") for line in text.splitlines() if "(?P<" in line and " | " in line]
    return [[row[0].strip("| "), row[1].strip("`"), row[2].strip("`| ")] for row in rows]


@pytest.mark.parametrize(("name", "pattern"), [row[1:] for row in documented_patterns()])
def test_a_documented_pattern_fits_its_example(name, pattern, course, tmp_path):
    name = name.replace("optimization", NAME)
    collect(course, zipped(tmp_path / "all.zip", {name: "x"}), options=("--pattern", pattern))
    ((path, _),) = submitted(course).items()
    assert path.split("/")[0] in {"Ada Byron", "byronada", "ada"}
    assert path.split("/")[2] in {FILE, f"{NAME}-1.ipynb", NAME + ".ipynb"}


def test_there_are_documented_patterns():
    assert len(documented_patterns()) == 3


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("(", "no regular expression"), ("(?P<student_id>.*)", "needs a group (?P<file_id>...)")],
)
def test_a_pattern_that_is_none_is_told(pattern, reason, course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST)
    assert reason in collect(course, path, options=("--pattern", pattern), code=2).stderr


def test_a_newer_hand_in_replaces_an_older_one_whole_and_never_the_other_way(course, tmp_path):
    both_files = {f"ada/{FILE}": "old", "ada/helper.py": "old"}
    collect(course, zipped(tmp_path / "old.zip", both_files))
    collect(course, zipped(tmp_path / "new.zip", {}, add(f"ada/{FILE}", "new")))
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "new"}
    outcome = collect(course, tmp_path / "old.zip")
    assert "Kept 1 that are newer" in outcome.stdout
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "new"}


def test_a_run_killed_between_old_and_new_loses_neither(course, tmp_path):
    collect(course, zipped(tmp_path / "all.zip", HONEST))
    folder = course.submitted() / "ada" / NAME
    folder.rename(folder.with_name(f".{NAME}.old"))
    broken = zipped(tmp_path / "next.zip", {}, add("ada/no notebook.txt"))
    collect(course, broken, code=1)
    assert submitted(course) == EXPECTED


@pytest.mark.slow
def test_the_command_says_what_it_refused_and_exits_with_1(course, tmp_path):
    path = zipped(tmp_path / "all.zip", HONEST, add(f"../{FILE}"))
    outcome = run("autograder", "collect", NAME, str(path), cwd=course.root)
    assert (outcome.returncode, outcome.stdout) == (
        1,
        f"Collected 2 hand-ins into {course.submitted()}.\n",
    )
    assert outcome.stderr == (f"{path}: ../{FILE} is refused: its name leads out of the folder.\n")
    nothing = run("autograder", "collect", NAME, str(tmp_path / "no.zip"), cwd=course.root)
    assert nothing.returncode == 2
    assert nothing.stderr.startswith("autograder: ")


def test_a_student_who_is_there_in_other_case_is_not_mixed_up(course, tmp_path):
    collect(course, zipped(tmp_path / "all.zip", HONEST))
    again = zipped(tmp_path / "again.zip", {}, add(f"ADA/{FILE}"))
    assert "ada is there already" in collect(course, again, code=1).stderr
    assert submitted(course) == EXPECTED
