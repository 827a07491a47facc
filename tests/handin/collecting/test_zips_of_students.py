"""Zips that students hand in, and names as systems garble them."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping

import pytest

from autograder.handin.downloads.zip_names import names_of
from tests.handin.collecting.downloads import FILE, Fill, add, collect, submitted, zipped
from tests.support.tiny_class import NAME

MOODLE = "Ada Byron_4711_assignsubmission_file/"
HOME = f"Ada Byron/{NAME}/"


def packed(files: Mapping[str, str | bytes], fill: Fill | None = None) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if fill:
            fill(archive)
    return memory.getvalue()


def hand_in(course, tmp_path, name: str, content: bytes, more: dict | None = None, code: int = 0):
    fill = add(MOODLE + name, content, compress_type=zipfile.ZIP_STORED)
    return collect(course, zipped(tmp_path / "all.zip", more or {}, fill), code=code)


@pytest.mark.parametrize("folder", ["", "my homework/", "a/b/"])
def test_a_zip_is_opened_where_there_is_no_notebook_beside_it(folder, course, tmp_path):
    inside = {f"{folder}{FILE}": "of ada", f"{folder}helper.py": "x", "__MACOSX/._a": "y"}
    hand_in(course, tmp_path, "Homework.ZIP", packed(inside))
    assert submitted(course) == {HOME + FILE: "of ada", f"{HOME}helper.py": "x"}


def test_a_zip_beside_a_notebook_is_data(course, tmp_path):
    data = packed({FILE: "another"})
    more = {MOODLE + FILE: "of ada"}
    fill = add(MOODLE + "data.zip", data, compress_type=zipfile.ZIP_STORED)
    collect(course, zipped(tmp_path / "all.zip", more, fill))
    home = course.submitted() / "Ada Byron" / NAME
    assert (home / FILE).read_text() == "of ada"
    assert (home / "data.zip").read_bytes() == data


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (packed({"inner.zip": packed({FILE: "x"})}), "an archive in an archive is not opened"),
        (packed({f"../{FILE}": "x"}), "leads out of the folder"),
        (packed({FILE: bytes(19_000_000)}), "more than 200 times its size"),
        (packed({}, lambda z: [add(f"{n}.ipynb")(z) for n in range(300)]), "more than 200 files"),
        (b"Rar!", "no zip that can be read"),
        (packed({"a": "x", "a/b.ipynb": "y"}), "both a file and a folder"),
        (packed({"answer.pdf": "x"}), "no notebook"),
    ],
    ids=["zip in zip", "out", "bomb", "many", "no zip", "file and folder", "no notebook"],
)
def test_a_zip_of_a_student_has_the_same_bounds(content, reason, course, tmp_path):
    said = hand_in(course, tmp_path, "hw.zip", content, code=1)
    assert reason in said.stderr
    assert submitted(course) == {}


def test_what_is_refused_in_a_zip_is_told_and_the_rest_collected(course, tmp_path):
    inside = packed({FILE: "of ada", "../x": "", "timestamp.txt": "2020-01-01"})
    said = hand_in(course, tmp_path, "hw.zip", inside, code=1)
    assert len(said.stderr.splitlines()) == 2
    assert submitted(course) == {HOME + FILE: "of ada"}


def test_an_archive_that_is_not_opened_is_called_one(course, tmp_path):
    said = hand_in(course, tmp_path, "hw.rar", b"Rar!", code=1)
    assert "hw.rar, an archive that is not opened" in said.stderr


def without_flag(path, name: str):
    """Let the names be UTF-8 without the flag that says so, as macOS writes them."""
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place + 1] &= ~0x08
            start += 4
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("flag", [True, False])
def test_names_that_macos_garbles_come_out_right(form, flag, course, tmp_path):
    name = "Zoë Müller-Ångström 王"
    there = unicodedata.normalize(form, name)
    files = {f"{there}_4711_assignsubmission_file/{FILE}": "x"}
    path = zipped(tmp_path / "all.zip", files)
    collect(course, path if flag else without_flag(path, there))
    assert submitted(course) == {f"{name}/{NAME}/{FILE}": "x"}


def test_a_name_of_an_older_system_stays_readable(course, tmp_path):
    path = zipped(tmp_path / "all.zip", {f"XoX/{FILE}": "x"})
    path.write_bytes(path.read_bytes().replace(b"XoX/", b"Zo\x89/"))  # ë in code page 437
    collect(course, path)
    assert submitted(course) == {f"Zoë/{NAME}/{FILE}": "x"}


def test_backslashes_divide_folders_where_nothing_else_does(course, tmp_path):
    path = zipped(tmp_path / "all.zip", {f"ada\\{FILE}": "x", f"..\\ben\\{FILE}": "y"})
    said = collect(course, path, code=1)
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "x"}
    assert "leads out of the folder" in said.stderr


def test_folders_of_a_zip_with_backslashes_are_no_files(course, tmp_path):
    path = zipped(tmp_path / "all.zip", {"ada\\": "", f"ada\\{FILE}": "x"})
    collect(course, path)
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "x"}


def test_a_name_that_the_zip_tells_in_unicode_beside_it_comes_out_right(course, tmp_path):
    garbled, right = f"Zo?/{FILE}", f"Zoë/{FILE}"
    extra = struct.pack("<BL", 1, zlib.crc32(garbled.encode())) + right.encode()
    field = struct.pack("<HH", 0x7075, len(extra)) + extra
    stale = struct.pack("<HHBL", 0x7075, 8, 1, 7) + b"eve"  # of another name
    fills = add(garbled, "x", extra=b"\x55\x54\1\0\0" + field), add(f"max/{FILE}", "y", extra=stale)
    path = zipped(tmp_path / "all.zip", {}, lambda archive: [fill(archive) for fill in fills])
    collect(course, path)
    assert submitted(course) == {f"Zoë/{NAME}/{FILE}": "x", f"max/{NAME}/{FILE}": "y"}


def test_letters_that_join_or_keep_apart_are_part_of_a_name(course, tmp_path):
    name = "علی\u200cرضا"
    collect(
        course, zipped(tmp_path / "all.zip", {f"{name}_4711_assignsubmission_file/{FILE}": "x"})
    )
    assert submitted(course) == {f"{name}/{NAME}/{FILE}": "x"}


def saying_it_is_larger(data: bytes) -> bytes:
    """Let each file of a zip say in the list that it has 4 GB."""
    changed, start = bytearray(data), 0
    while (start := changed.find(b"PK\x01\x02", start)) >= 0:
        changed[start + 24 : start + 28] = b"\xfe\xff\xff\xff"
        start += 4
    return bytes(changed)


MANY = {f"{n}.txt": "" for n in range(40)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (saying_it_is_larger(packed(MANY)), "more than a class could hand in"),
        (packed(dict.fromkeys(map(str, range(30_000)), "")), "no zip that can be read"),
    ],
    ids=["terabytes", "a long list"],
)
def test_a_zip_of_one_student_ends_nobody_elses_collecting(content, reason, course, tmp_path):
    others = {f"Ben Cox_4712_assignsubmission_file/{FILE}": "of ben"}
    said = hand_in(course, tmp_path, "hw.zip", content, others, code=1)
    assert reason in said.stderr
    assert submitted(course) == {f"Ben Cox/{NAME}/{FILE}": "of ben"}


def test_of_what_is_left_out_of_a_zip_a_part_is_told(course, tmp_path):
    inside = packed({FILE: "of ada", **{f"../{n}": "" for n in range(1000)}})
    said = hand_in(course, tmp_path, "hw.zip", inside, code=1)
    assert len(said.stderr.splitlines()) < 30 and "and 980 more in hw.zip" in said.stderr
    assert submitted(course) == {HOME + FILE: "of ada"}


def test_a_path_of_thousands_of_accents_is_not_put_together():
    name = "a" + "\u0301\u0323" * 10_000
    assert names_of([zipfile.ZipInfo(name)]) == [name]
