"""Write one student's hand-in into the course, in place of an older one as a whole."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from autograder.errors import UserError
from autograder.files import UnreadableFile, finish_replacing, replace_folder
from autograder.handin.downloads.archives import (
    FOLDER,
    LEFT,
    Entry,
    ZipOfStudent,
    entries_of_zip,
)
from autograder.handin.downloads.whose import File
from autograder.handin.notebook_names import is_notebook
from autograder.handin.submission import TIMESTAMP, read_timestamp, why_no_folder
from autograder.names import printable

# Of one student: notebooks, and more beside them than grading would look at.
MOST_FILES, MOST_BYTES = 200, 500_000_000
# What the zips of one student list in all, and of what is left out there so much is told.
MOST_ENTRIES, MOST_TOLD = 20_000, 20
ARCHIVES = (".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz")


def place(folder: Path, files: Sequence[File], spelled: str) -> tuple[bool, list[str]]:
    """Write a student's files; return whether they were newer, and what was left out of a zip.

    Parameters
    ----------
    spelled : str
        How the student's folder is spelled that is there already.

    Raises
    ------
    UnreadableFile
        With the reason if nothing is to be written.
    """
    finish_replacing(folder)
    if spelled != folder.parent.name:
        raise UnreadableFile(
            f"{printable(spelled)} is there already, in other upper and lower case"
        )
    if os.path.lexists(folder) and (reason := why_no_folder(folder)):
        raise UnreadableFile(reason)
    moment = max(file.moment for file in files)
    before = read_timestamp(folder).moment
    if before and before > moment.replace(tzinfo=None):
        return False, []
    fresh = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        left_out = _Writer(fresh).write(files)
        (fresh / TIMESTAMP).write_text(f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n")
        replace_folder(folder, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True, left_out


class _Writer:
    """Writes a student's files into a new folder, within the bounds of all of them together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bytes, self._entries, self._names = 0, 0, set[str]()

    def write(self, files: Sequence[File]) -> list[str]:
        """Write the files, and what is in the zips that a student handed in for a notebook."""
        _require_no_file_is_a_folder([file.name for file in files])
        names = _without_common_folder([file.name for file in files])
        for file, name in zip(files, names, strict=True):
            self._copy(file.entry, name)
        left_out: list[str] = []
        if not any(map(is_notebook, names)):
            for name in names:
                if name.lower().endswith(".zip"):
                    left_out += self._open(name)
        if not any(map(is_notebook, self._names)):
            raise UnreadableFile("; ".join([_why_no_notebook(names), *left_out]))
        return left_out

    def _copy(self, entry: Entry, name: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._names.add(name)
        try:
            with path.open("xb") as file:
                for chunk in entry.chunks():
                    self._bytes += len(chunk)
                    self._require_bounds()
                    file.write(chunk)
        except UnreadableFile as reason:
            raise UnreadableFile(f"of {printable(entry.name)}, {reason}") from None

    def _require_bounds(self) -> None:
        if self._bytes > MOST_BYTES or len(self._names) > MOST_FILES:
            raise UnreadableFile(f"it is more than {MOST_FILES} files or {MOST_BYTES / 1e6:g} MB")

    def _open(self, name: str) -> list[str]:
        """Put what a zip holds in its place; return why something of it is left out."""
        path = self._folder / name
        try:
            with ZipOfStudent(path) as file, zipfile.ZipFile(file) as archive:
                left_out = self._unpack(name, list(entries_of_zip(path, archive)))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
            return [f"{printable(name)} is no zip that can be read"]
        except UserError:  # for a class's download that is the end; this is one student's
            return [f"{printable(name)} says that it holds more than a class could hand in"]
        path.unlink()
        more = len(left_out) - MOST_TOLD
        return left_out[:MOST_TOLD] + ([f"and {more} more in {printable(name)}"] * (more > 0))

    def _unpack(self, zip_name: str, entries: list[tuple[Entry, str]]) -> list[str]:
        self._entries += len(entries)
        if self._entries > MOST_ENTRIES:
            raise UnreadableFile(f"its zips hold more than {MOST_ENTRIES} files")
        entries = [(entry, reason) for entry, reason in entries if reason not in (FOLDER, LEFT)]
        left_out = [f"{printable(entry.name)}: {reason}" for entry, reason in entries if reason]
        wanted = [entry for entry, reason in entries if not reason]
        inner = _without_common_folder([entry.name for entry in wanted])
        names = [str(PurePosixPath(zip_name).parent / name) for name in inner]
        _require_no_file_is_a_folder([*self._names, *names])
        taken = {TIMESTAMP, *(name.casefold() for name in self._names)}
        for entry, name in zip(wanted, names, strict=True):
            if name.casefold() in taken:
                left_out.append(f"{printable(name)}: a file of this name may not be replaced")
                continue
            taken.add(name.casefold())
            self._copy(entry, name)
            if name.lower().endswith((".zip", *ARCHIVES)):
                left_out.append(f"{printable(name)}: an archive in an archive is not opened")
        return [f"in {printable(zip_name)}, {reason}" for reason in left_out]


def _without_common_folder(names: Sequence[str]) -> list[str]:
    """Return names without the one folder that holds all, where no notebook lies beside it."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    while len(tops) == 1 and "" not in tops:
        names = [name.partition("/")[2] for name in names]
        tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    return list(names)


def _require_no_file_is_a_folder(names: Sequence[str]) -> None:
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    for name in names:
        if name in folders:
            raise UnreadableFile(f"{name} is both a file and a folder")


def _why_no_notebook(names: Sequence[str]) -> str:
    archives = [name for name in names if name.lower().endswith(ARCHIVES)]
    if archives:
        return f"there is no notebook, but {printable(archives[0])}, an archive that is not opened"
    return "there is no notebook among the files"


def spellings(submitted: Path) -> Iterator[tuple[str, str]]:
    """Yield how the students' folders are called without case, and how they are spelled."""
    for path in submitted.iterdir() if submitted.is_dir() else ():
        yield path.name.casefold(), path.name
