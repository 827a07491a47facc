"""Write files so that nobody ever sees half of one; read those of which nothing is certain."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import SHORTAGES, UserError

# What is copied at a time.
CHUNK = 1 << 20


def digest_of_files(files: Iterable[tuple[str, Path]]) -> str:
    """Return a short digest of files that have names."""
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def digest_of(parts: Iterable[tuple[str, bytes]]) -> str:
    """Return a digest of parts that have names; it takes one of them at a time."""
    digest = hashlib.sha256()
    for name, content in parts:
        # A file's name may be any bytes but a zero.
        digest.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    return digest.hexdigest()[:32]


class UnreadableFile(Exception):
    """A file that somebody else made and that is not to be read; the message says why."""


def read_untrusted(path: Path, limit: int) -> bytes:
    """Return what a file of a student's holds, without following a link or waiting for a pipe.

    Raises
    ------
    UnreadableFile
        If it is no regular file, cannot be read, or holds more than `limit` bytes.
    """
    return b"".join(chunks_untrusted(path, limit, None))


def chunks_untrusted(path: Path, limit: int, size: int | None = CHUNK) -> Iterator[bytes]:
    """Yield what a file of a student's holds, at most `size` bytes at a time or all at once.

    It raises as `read_untrusted` does.
    """
    if os.path.islink(path):
        raise UnreadableFile("it is a link to another file")
    read = 0
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableFile("it is not a regular file")
            read = found.st_size
            while read <= limit and (chunk := file.read(size or read + 1)):
                yield chunk
                read = max(read, file.tell())
    except (OSError, ValueError) as error:  # the latter for a path that can be no file's
        if getattr(error, "errno", 0) in SHORTAGES:
            raise
        reason = getattr(error, "strerror", error)
        raise UnreadableFile(f"it cannot be read: {reason}") from None
    if read > limit:
        raise UnreadableFile(f"it is larger than the {limit / 1e6:g} MB allowed")


def _open_at_once(path: str, flags: int) -> int:
    # Opening a FIFO would wait for ever, and a link may lead anywhere. Windows knows neither flag.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def write_beside(path: Path, content: str | bytes) -> None:
    """Write text, or bytes, to `path`: beside it first, then in its place."""
    # The next run that writes the file takes over what a killed one has left.
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_private(path: Path, content: str | bytes) -> None:
    """Write to `path` what names students and their marks: nobody else here should read it.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder: name the file that is to be written.")
    with telling_of(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_beside(path, content)
        path.chmod(0o600)


@contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """Say of what fails inside that `path` cannot be written.

    Raises
    ------
    UserError
        If anything does that the system refuses.
    """
    try:
        yield
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None


def replace_folder(folder: Path, fresh: Path) -> None:
    """Put a folder that was written elsewhere on the same disk in the place of another.

    Where that fails the old one is in its place again; where a run is killed in between it lies
    beside it, and `finish_replacing` takes it back.
    """
    old = _beside(folder)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        finish_replacing(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def finish_replacing(folder: Path) -> None:
    """Take back the old folder where a run was killed between the two renamings."""
    old = _beside(folder)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def link_or_copy(source: Path, target: Path, root: Path) -> None:
    """Make `target` a relative link to `source`, or a copy where no link would do.

    A link leads to what lies below `root`: a folder that is copied or checked out elsewhere keeps
    it. What lies outside is copied, and so is everything where links are not to be had.
    """
    relative = os.path.relpath(source, target.parent)
    if target.is_symlink() and os.readlink(target) == relative:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        if not source.is_relative_to(root):
            raise OSError("it lies outside")
        target.symlink_to(relative)
    except OSError:  # Windows without the right to make links
        shutil.copyfile(source, target)
