"""Moodle's feedback files: the folders of the downloaded hand-ins, with our page in each."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.files import UnreadableFile, write_private
from autograder.gradebook.people import Person
from autograder.handin.downloads.archives import open_download
from autograder.handin.downloads.platforms import MOODLE
from autograder.handin.downloads.roster import Roster
from autograder.names import printable
from autograder.platforms.matching import key_of

# What Moodle puts before the files of one student, be it a folder or, in flat zips, their names.
BEFORE = re.compile(r"(?P<start>[^/]+?_\d+_assignsubmission_)[a-z]+(?P<divides>_?/|_)", re.DOTALL)
# A page is the same file whenever it is packed, so that Moodle sees what has not changed.
MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass
class Packed:
    """What came of it: who has a page in the zip, and sentences on who has none."""

    students: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def pack(
    download: Path,
    target: Path,
    people: Mapping[str, Person],
    page_of: Callable[[str], Path],
    roster: Roster | None = None,
) -> Packed:
    """Write the zip that Moodle takes under «Upload multiple feedback files in a zip».

    Parameters
    ----------
    download : Path
        The zip of all hand-ins, or its folder.
    page_of : callable
        Told a student, where their page is.

    Raises
    ------
    UserError
        If the download is not Moodle's.
    """
    folders = _folders(download)
    if not folders:
        raise UserError(f"{download} is no download of hand-ins from Moodle.")
    done, by_student = Packed(), defaultdict(list)
    for folder, (person, id) in folders.items():
        if student := _student(person, id, people, roster):
            by_student[student].append(folder)
        else:
            told = f"nobody, or several, in the gradebook are {person}"
            done.left_out.append(printable(f"{folder}: {told}."))
    write_private(target, _zipped(by_student, page_of, done))
    return done


def _zipped(
    folders: Mapping[str, list[str]], page_of: Callable[[str], Path], done: Packed
) -> bytes:
    """Return a zip with each student's page, and tell who has none."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, theirs in sorted(folders.items()):
            page = page_of(student)
            if len(theirs) > 1:
                done.left_out.append(printable(f"{student}: {len(theirs)} folders are theirs."))
            elif not page.is_file():
                done.left_out.append(printable(f"{student}: there is no page yet."))
            else:
                info = zipfile.ZipInfo(f"{theirs[0]}{page.name}", MOMENT)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, page.read_bytes())
                done.students.append(student)
    return data.getvalue()


def _folders(download: Path) -> dict[str, tuple[str, str]]:
    """Return what stands before the files of each student: their name and number.

    Feedback goes where files go, whatever the student handed in, be it text alone.
    """
    found: dict[str, tuple[str, str]] = {}
    with open_download(download) as entries:
        for entry, reason in entries:
            owner, before = MOODLE.owner(entry.name), BEFORE.match(entry.name)
            if owner and before and not reason:
                folder = f"{before['start']}file{before['divides']}"
                found[folder] = owner.person, owner.id
    return found


def _student(
    person: str, id: str, people: Mapping[str, Person], roster: Roster | None
) -> str | None:
    """Return whose a folder is; None where a namesake may be meant."""
    if roster:
        try:
            return roster.student(MOODLE.columns, [id], person)
        except UnreadableFile:
            return None
    blind = f"{person} {id}"
    if blind in people:
        return blind
    key = key_of(person)
    found = {one.id for one in people.values() if key in (key_of(one.id), key_of(one.name))}
    return found.pop() if len(found) == 1 else None
