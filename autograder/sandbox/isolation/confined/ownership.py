"""Folders of a submission's own user, which is another than root where root grades."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.sandbox.isolation import privileges
from autograder.sandbox.isolation.calls import syscalls

# Beyond the accounts of people, and below what systemd hands out; containers map them as well.
USERS = range(40_000, 60_000)
TRIES = 1000

# CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID and CAP_SETUID of <linux/capability.h>.
NEEDED = {0: "CHOWN", 1: "DAC_OVERRIDE", 5: "KILL", 6: "SETGID", 7: "SETUID"}


def take_user() -> tuple[int, socket.socket]:
    """Return a user for the next submission, whom nobody has while the socket with it is open.

    Its name is one of a kind on a machine, or in a container.
    """
    for _ in range(TRIES):
        user = random.SystemRandom().choice(USERS)
        held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            held.bind(f"\0autograder-user-{user}")
        except OSError:
            held.close()
            continue
        return user, held
    raise syscalls.IsolationError("no user is left for a submission: too many are graded at once")


@contextlib.contextmanager
def as_owner(folder: Path) -> Iterator[None]:
    """Act as the owner of a folder, where root is not that: its own rights may not reach so far."""
    owner = os.stat(folder).st_uid
    if os.geteuid() == owner:
        yield
        return
    os.setegid(owner)  # to look at a process takes its group as well
    os.seteuid(owner)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        privileges.be_visible()


def require_capabilities() -> None:
    """Raise IsolationError if this root may not act for the users of its submissions."""
    held = privileges.effective_capabilities()
    lacking = [name for place, name in NEEDED.items() if not held >> place & 1]
    if lacking:
        raise syscalls.IsolationError(
            f"root without {', '.join(lacking)} cannot give each submission a user of its own: "
            "grade as an ordinary user, who needs no capability"
        )


def require_way(shown: Iterable[Path]) -> None:
    """Raise IsolationError if another user than root cannot get to what is shown."""
    for path in shown:
        for folder in reversed(path.resolve().parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                raise syscalls.IsolationError(
                    f"{folder} is closed to all but root, Python lies in it, and each submission "
                    "has to get a user of its own: install Python elsewhere, or grade as an "
                    "ordinary user"
                )


def become(owner: int) -> None:
    """Be that user for good, and nobody else."""
    if os.geteuid() != owner:
        os.setgroups([])
        os.setresgid(owner, owner, owner)
        os.setresuid(owner, owner, owner)


def empty(folder: Path) -> None:
    """Remove all that is in a folder, however deep, and whatever its rights are.

    Nothing may be running that could change it. It is walked with the working folder, because no
    path leads down to where folders were made one in the other; the caller's is another afterwards.
    """
    os.chdir(folder)
    above: list[tuple[str, list[str]]] = []
    name, folders = "", _remove_files()
    while folders or above:
        if folders:
            above.append((name, folders))
            name = folders.pop()
            os.chmod(name, 0o700)
            os.chdir(name)
            folders = _remove_files()
        else:
            os.chdir("..")
            os.rmdir(name)
            name, folders = above.pop()


def _remove_files() -> list[str]:
    """Remove the files of the working folder, and return the names of the folders in it."""
    folders = []
    with os.scandir() as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                os.unlink(entry.name)
    return folders
