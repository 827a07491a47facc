"""The root folder of the sandbox: the system's programs, what is asked for, and nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.sandbox.isolation.calls import syscalls
from autograder.sandbox.isolation.given import GIVEN
from autograder.sandbox.isolation.privileges import STUDENT

PROGRAMS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
SETTINGS = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/timezone",
)
DEVICES = ("null", "zero", "full", "random", "urandom")
# nbgrader's exchange keeps hand-ins of whole classes below /usr.
HIDDEN = (Path("/usr/local/share/nbgrader"), Path("/usr/share/nbgrader"))
LINKS = {
    "/dev/fd": "/proc/self/fd",
    "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1",
    "/dev/stderr": "/proc/self/fd/2",
    "/dev/shm": "/tmp",
}
TEXTS = {
    "/etc/passwd": f"student:x:{STUDENT}:{STUDENT}:student:{{work}}:/bin/sh\n",
    "/etc/group": f"student:x:{STUDENT}:\n",
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
READ_ONLY = syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NODEV
# A folder that exists everywhere, to build the new root on; only this process sees it change.
STAGE = Path("/tmp")
TEMPORARY = "/tmp"
# How the kernel writes blanks and backslashes of a mount point.
_OCTAL = re.compile(r"\\(\d{3})")


def build_root(shown: Sequence[Path], work: str, hidden: Sequence[Path]) -> None:
    """Build a new root folder of read-only views, enter it, and let the old one go.

    Parameters
    ----------
    shown : sequence of Path
        Files and folders to show at their own places, beside the system's programs.
    work : str
        The place of the working folder. Only mount points are made for it and for /tmp.
    hidden : sequence of Path
        What to cover where it lies inside something that is shown.
    """
    paths = outermost([*map(Path, (*PROGRAMS, *SETTINGS)), *shown])
    _refuse_hidden(paths, work)
    syscalls.mount("none", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    handles = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in paths}
    mount_folder(str(STAGE), 1 << 20, 0o755)
    for path, handle in handles.items():
        _show(path, handle)
        os.close(handle)
    _hide([*HIDDEN, *hidden], paths)
    _fill(work)
    _pivot()


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths there are and where they lead, without those that lie inside another."""
    found = {Path(os.path.abspath(path)) for path in paths if path.exists()}
    found |= {path.resolve() for path in found}
    return sorted(path for path in found if found.isdisjoint(path.parents))


def mount_folder(place: str, size: int, mode: int) -> None:
    """Mount an empty folder in memory that holds `size` bytes."""
    options = f"size={size},nr_inodes={max(size >> 12, 64)},mode={mode:o}"
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("tmpfs", place, "tmpfs", flags, options)


def mount_processes(*, only_processes: bool) -> None:
    """Mount the view of this process-id namespace, with or without the rest of /proc."""
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
    syscalls.mount("proc", "/proc", "proc", flags, "subset=pid" if only_processes else "")


def cover_folders(work: str, size: int) -> None:
    """Put private empty folders over the working folder and /tmp, and show again what they hide."""
    shown = _mounts_below(TEMPORARY)
    handles = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in shown}
    for place, mode in {TEMPORARY: 0o1777, work: 0o700}.items():
        mount_folder(place, size, mode)
    for path, handle in handles.items():
        _bind(handle, path)
        os.close(handle)


def _mounts_below(place: str) -> list[Path]:
    if not os.listdir(place):
        return []
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    points = {
        Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), line.split()[4])) for line in lines
    }
    below = {path for path in points if Path(place) in path.parents}
    return sorted(path for path in below if below.isdisjoint(path.parents))


def _refuse_hidden(paths: list[Path], work: str) -> None:
    for path in paths:
        if Path(work) in (path, *path.parents):
            raise syscalls.IsolationError(f"{path} cannot be shown: the working folder is {work}")


def _show(path: Path, handle: int) -> None:
    """Show an opened file or folder at its own place below the stage, read-only."""
    target = _staged(path)
    if path.is_symlink() and path.parent == Path("/"):
        target.symlink_to(str(path.readlink()).lstrip("/"))
        return
    _bind(handle, target)
    syscalls.restrict_mount(str(target), READ_ONLY)


def _hide(places: Iterable[Path], shown: Sequence[Path]) -> None:
    for place in {variant for path in places for variant in (path.absolute(), path.resolve())}:
        if place in shown:
            raise syscalls.IsolationError(f"{place} cannot be both shown and hidden")
        if not set(shown).isdisjoint(place.parents):
            _cover(_staged(place))


def _cover(place: Path) -> None:
    """Put an empty folder, or a device that may not be opened, over what is there."""
    if place.is_dir():
        mount_folder(str(place), 4096, 0)
    elif place.exists():
        syscalls.mount("/dev/null", str(place), flags=syscalls.MS_BIND)
    else:
        return
    syscalls.restrict_mount(str(place), READ_ONLY)


def _fill(work: str) -> None:
    """Add what every process expects to find, and the places of later mounts."""
    for place in (TEMPORARY, GIVEN, work, "/dev", "/etc", "/proc"):
        _staged(Path(place)).mkdir(parents=True, exist_ok=True)
    for name, text in TEXTS.items():
        _staged(Path(name)).write_text(text.format(work=work))
    for name, aim in LINKS.items():
        _staged(Path(name)).symlink_to(aim)
    for name in DEVICES:
        device = Path("/dev", name)
        _staged(device).touch()
        syscalls.mount(str(device), str(_staged(device)), flags=syscalls.MS_BIND)
        # A device can be written to all the same; its times, which all can see, cannot be set.
        syscalls.restrict_mount(str(_staged(device)), READ_ONLY & ~syscalls.MOUNT_ATTR_NODEV)
    # A view of one's own processes may only be mounted where the whole of /proc can be seen.
    syscalls.mount("/proc", str(_staged(Path("/proc"))), flags=syscalls.MS_BIND | syscalls.MS_REC)


def _pivot() -> None:
    os.chdir(STAGE)
    syscalls.pivot_root(".", ".")
    syscalls.unmount(".")
    os.chdir("/")
    syscalls.restrict_mount("/", READ_ONLY, recursive=False)


def _staged(path: Path) -> Path:
    return STAGE / path.relative_to("/")


def _bind(handle: int, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source = f"/proc/self/fd/{handle}"
    if os.path.isdir(source):
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    syscalls.mount(source, str(target), flags=syscalls.MS_BIND | syscalls.MS_REC)
