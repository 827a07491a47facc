"""Read a download of hand-ins, a folder or a zip: every name and size in it is hostile."""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NoReturn

from autograder.errors import UserError
from autograder.files import CHUNK, UnreadableFile, chunks_untrusted
from autograder.handin.downloads.zip_names import names_of
from autograder.handin.notebook import SIZE_LIMIT
from autograder.handin.notebook_names import is_notebook
from autograder.names import printable, why_unfit

MOST_ENTRIES = 50_000
MOST_FOLDERS_DEEP = 12
# Bytes of the list in a student's zip: some ten thousand names.
MOST_LISTING = 1 << 20
MOST_BYTES = 100_000_000_000
# What lies beside a notebook.
FILE_LIMIT = 20_000_000
# A notebook full of equal lines shrinks to a fiftieth; a bomb to less than a thousandth.
MOST_RATIO, RATIO_MATTERS_FROM = 200, 1_000_000
ENCRYPTED = 1
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
# What systems leave in archives, and no student writes.
LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", ".ipynb_checkpoints", "__pycache__"})
# Why an entry is nobody's: whoever reads a download may want to say who has nothing else.
FOLDER, LEFT = "it is a folder", "a system leaves it"


@dataclass(frozen=True)
class Entry:
    """One file of a download: `chunks` raises UnreadableFile if it is not to be had."""

    name: str
    moment: datetime
    chunks: Callable[[], Iterator[bytes]]

    def read(self) -> bytes:
        """Return all of it, where it is known to be small."""
        return b"".join(self.chunks())


Entries = Iterator[tuple[Entry, str]]


@contextmanager
def open_download(source: Path) -> Iterator[Entries]:
    """Give the files of a folder or zip, each with why it is refused; nothing where it is not.

    Folders come too, refused as FOLDER, and what systems leave, refused as LEFT.

    Raises
    ------
    UserError
        If there is no such folder or zip, or it holds more than a class could hand in.
    """
    if source.is_dir():
        yield _named(source, _entries_of_folder(source))
        return
    if source.exists() and not source.is_file():  # a pipe or a device would be read without end
        raise UserError(f"{source} is neither a folder nor a file.")
    try:
        archive = zipfile.ZipFile(source)
    except OSError as error:
        raise UserError(f"{source} cannot be read: {error.strerror}.") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UserError(f"{source} is no zip that can be read: {printable(str(error))}.") from None
    with archive:
        yield entries_of_zip(source, archive)


def entries_of_zip(source: Path, archive: zipfile.ZipFile) -> Entries:
    """Yield the files of an open zip, each with why it is refused; nothing where it is not."""
    return _named(source, _entries_of_zip(source, archive))


class ZipOfStudent(io.FileIO):
    """A file of a student's as `zipfile` reads it: a list of millions of files takes gigabytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; of a zip whose list of files is longer than any, nothing."""
        if size is not None and size > MOST_LISTING:
            raise zipfile.BadZipFile("it lists too many files")
        return super().read(size)


def size_limit(name: str) -> int:
    """Return the bytes that a file may have: a notebook's pictures are many."""
    large = is_notebook(name) or name.lower().endswith(".zip")
    return SIZE_LIMIT if large else FILE_LIMIT


def _named(source: Path, entries: Entries) -> Entries:
    """Yield them with what is wrong about their names."""
    for count, (entry, reason) in enumerate(entries, start=1):
        if count > MOST_ENTRIES:
            raise UserError(f"{source} holds more than {MOST_ENTRIES} files: no class does.")
        if reason == FOLDER:
            yield entry, FOLDER
        elif not LITTER.isdisjoint(PurePosixPath(entry.name).parts):
            yield entry, LEFT
        else:
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
    for root, folders, files in os.walk(folder, onerror=_stop):
        folders.sort()
        for name in sorted(folders + files):
            path = Path(root, name)
            moment = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
            relative = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
            is_folder = name in folders and not path.is_symlink()
            relative, reason = (f"{relative}/", FOLDER) if is_folder else (relative, "")
            limit = size_limit(relative)
            yield Entry(relative, moment, partial(chunks_untrusted, path, limit)), reason


def _stop(error: OSError) -> NoReturn:
    """Read no further: whose hand-ins lie in a folder that cannot be opened nobody can tell."""
    raise UserError(f"{printable(str(error.filename))} cannot be read: {error.strerror}.") from None


def _entries_of_zip(path: Path, archive: zipfile.ZipFile) -> Entries:
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise UserError(f"{path} holds more than {MOST_BYTES / 1e9:g} GB: no class does.")
    names = names_of(infos)
    times = Counter(names)
    for info, name in zip(infos, names, strict=True):
        limit = size_limit(name)
        reason = FOLDER if name.endswith("/") else _why_refused(info, times[name], limit)
        yield Entry(name, _moment(info), partial(_chunks, archive, info, limit)), reason


def _why_refused(info: zipfile.ZipInfo, times: int, limit: int) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if times > 1:
        return f"the archive holds {times} files of this name"
    if kind not in (0, stat.S_IFREG):
        return "it is a link or no regular file"
    if info.flag_bits & ENCRYPTED:
        return "it is encrypted"
    if info.file_size > limit:
        return f"it is larger than the {limit / 1e6:g} MB allowed"
    if info.file_size > max(RATIO_MATTERS_FROM, MOST_RATIO * info.compress_size):
        return f"it would unpack to more than {MOST_RATIO} times its size"
    return ""


def _moment(info: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*info.date_time).astimezone(UTC)  # a zip's times are local
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1, tzinfo=UTC)  # the first that a zip can have


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > min(limit, info.file_size):
                    break
                yield chunk
    except DAMAGED as error:
        raise UnreadableFile(f"it is damaged: {printable(str(error))}") from None
    if size != info.file_size:
        raise UnreadableFile("it is not as large as the archive says")
