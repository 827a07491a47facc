"""Read a download of hand-ins, a folder or a zip: every name and size in it is hostile."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from autograder.errors import UserError
from autograder.files import UnreadableFile, read_untrusted
from autograder.handin.notebook import SIZE_LIMIT
from autograder.names import printable, why_unfit

MOST_ENTRIES = 50_000
MOST_FOLDERS_DEEP = 12
MOST_BYTES = 20_000_000_000
# A notebook full of equal lines shrinks to a fiftieth; a bomb to less than a thousandth.
MOST_RATIO, RATIO_MATTERS_FROM = 200, 1_000_000
ENCRYPTED = 1
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
# What systems leave in archives, and no student writes.
LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", ".ipynb_checkpoints", "__pycache__"})


@dataclass(frozen=True)
class Entry:
    """One file of a download, not yet read: `read` raises UnreadableFile if it is not to be had."""

    name: str
    moment: datetime
    read: Callable[[], bytes]


Entries = Iterator[tuple[Entry, str]]


@contextmanager
def open_download(source: Path) -> Iterator[Entries]:
    """Give the files of a folder or zip, each with why it is refused; nothing where it is not.

    Raises
    ------
    UserError
        If there is no such folder or zip, or it holds more than a class could hand in.
    """
    if source.is_dir():
        yield _named(source, _entries_of_folder(source))
        return
    try:
        archive = zipfile.ZipFile(source)
    except OSError as error:
        raise UserError(f"{source} cannot be read: {error.strerror}.") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UserError(f"{source} is no zip that can be read: {printable(str(error))}.") from None
    with archive:
        yield _named(source, _entries_of_zip(source, archive))


def _named(source: Path, entries: Entries) -> Entries:
    """Yield those that a student may have written, with what is wrong about their names."""
    for count, (entry, reason) in enumerate(entries, start=1):
        if count > MOST_ENTRIES:
            raise UserError(f"{source} holds more than {MOST_ENTRIES} files: no class does.")
        if LITTER.isdisjoint(PurePosixPath(entry.name).parts):
            yield entry, _why_no_name(entry.name) or reason


def _why_no_name(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or (name[1:2] == ":" and name[0].isalpha()):
        return "its name leads out of the folder"
    if "\\" in name:
        return "its name holds a backslash"
    if len(path.parts) > MOST_FOLDERS_DEEP:
        return f"it lies more than {MOST_FOLDERS_DEEP} folders deep"
    return next(filter(None, map(why_unfit, path.parts)), "")


def _entries_of_folder(folder: Path) -> Entries:
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files + [name for name in folders if (Path(root, name)).is_symlink()]):
            path = Path(root, name)
            moment = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
            relative = path.relative_to(folder).as_posix()
            yield Entry(relative, moment, lambda path=path: read_untrusted(path, SIZE_LIMIT)), ""


def _entries_of_zip(path: Path, archive: zipfile.ZipFile) -> Entries:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise UserError(f"{path} holds more than {MOST_BYTES / 1e9:g} GB: no class does.")
    times = Counter(info.orig_filename for info in infos)
    for info in infos:
        reason = _why_refused(info, times[info.orig_filename])
        yield Entry(info.orig_filename, _moment(info), _reader(archive, info)), reason


def _why_refused(info: zipfile.ZipInfo, times: int) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if times > 1:
        return f"the archive holds {times} files of this name"
    if kind not in (0, stat.S_IFREG):
        return "it is a link or no regular file"
    if info.flag_bits & ENCRYPTED:
        return "it is encrypted"
    if info.file_size > SIZE_LIMIT:
        return f"it is larger than the {SIZE_LIMIT / 1e6:g} MB allowed"
    if info.file_size > max(RATIO_MATTERS_FROM, MOST_RATIO * info.compress_size):
        return f"it would unpack to more than {MOST_RATIO} times its size"
    return ""


def _moment(info: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*info.date_time).astimezone(UTC)  # a zip's times are local
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1, tzinfo=UTC)  # the first that a zip can have


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with archive.open(info) as file:
                data = file.read(SIZE_LIMIT + 1)
        except DAMAGED as error:
            raise UnreadableFile(f"it is damaged: {printable(str(error))}") from None
        if len(data) > SIZE_LIMIT or len(data) != info.file_size:
            raise UnreadableFile("it is not as large as the archive says")
        return data

    return read
