"""What is unsafe in a download is refused by name, with a reason, and the rest collected."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from tests.handin.collecting.downloads import (
    EXPECTED,
    FILE,
    HONEST,
    Fill,
    add,
    collect,
    submitted,
    zipped,
)


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
    "large": (add("eve/data.csv", bytes(20_000_001)), "eve", "larger than the 20 MB"),
    "twice": (twice, "eve", "2 files of this name"),
    "file names in case only": (both(add(f"eve/{FILE}"), add(f"eve/{FILE.upper()}")), "eve",
                                "upper and lower case only"),
    "students in case only": (both(add(f"eve/{FILE}"), add(f"Eve/{FILE}")), "Eve",
                              "upper and lower case only"),
    "time of one's own": (add("ben/timestamp.txt", "2020-01-01"), "ben/timestamp.txt",
                          "not the student's to tell"),
    "no student": (add("readme.txt"), "readme.txt", "does not tell the student"),
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


def test_a_pipe_is_no_download(course, tmp_path):
    os.mkfifo(tmp_path / "all.zip")
    said = collect(course, tmp_path / "all.zip", code=2)
    assert "all.zip is neither a folder nor a file" in said.stderr


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


def test_a_student_of_whom_nothing_counts_is_told(course, tmp_path):
    left = f".ipynb_checkpoints/{FILE}"
    fills = [add("eve/", ""), add(f"max/{left}"), add("ada/figures/", ""), add("__MACOSX/zoe/._a")]
    path = zipped(tmp_path / "all.zip", HONEST, both(*fills))
    outcome = collect(course, path, code=1)
    refused = [
        f"{path}: {one}/ is refused: a student wrote nothing in it." for one in ("eve", "max")
    ]
    assert outcome.stderr.splitlines() == refused
    assert "Left 2 files aside that systems leave, such as .ipynb_checkpoints." in outcome.stdout
    assert submitted(course) == EXPECTED


def test_an_empty_folder_among_folders_is_told(course, tmp_path):
    (tmp_path / "all" / "eve" / "figures").mkdir(parents=True)
    (tmp_path / "all" / "ada").mkdir()
    (tmp_path / "all" / "ada" / FILE).write_text("of ada")
    outcome = collect(course, tmp_path / "all", code=1)
    assert "eve/ is refused: a student wrote nothing in it." in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1
