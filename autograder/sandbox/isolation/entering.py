"""The three steps into isolation: the zygote's, the fork, and the child's."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.sandbox.isolation import given, landlock, privileges, root
from autograder.sandbox.isolation.calls import seccomp, syscalls
from autograder.sandbox.isolation.confined import watching
from autograder.sandbox.isolation.confined.enclosure import Confined
from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.limits import Limits, apply_limits
from autograder.sandbox.isolation.places import WORK, unexpected_variables
from autograder.sandbox.isolation.probing import Level

ZYGOTE_NAMESPACES = (
    syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWCGROUP
)
CHILD_NAMESPACES = (
    syscalls.CLONE_NEWNS | syscalls.CLONE_NEWNET | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUTS
)
# What the zygote itself may keep in its working folder and in /tmp, such as caches of its imports.
ZYGOTE_FOLDER_BYTES = 64 << 20


def enter_zygote(
    level: Level, read_only: Sequence[Path], work: str = WORK, hidden: Sequence[Path] = ()
) -> Enclosure:
    """Isolate this process, in an empty working folder; with namespaces it goes on as process 1.

    Call it first of all: the process must have one thread. It should be started by a thread that
    lives as long as it is needed, because it may die with that thread.

    Parameters
    ----------
    level : Level
        `PROCESS` is no protection: the process just gets a session of its own, and a temporary
        folder instead of `work`; nothing is hidden.
    read_only : sequence of Path
        Files and folders to show at their own places, beside the system's programs.
    work : str
        The place of the working folder, where there are namespaces.
    hidden : sequence of Path
        What must not be seen although it lies inside something that is shown.

    Raises
    ------
    IsolationError
        If the system refuses a part of it: nothing is left out silently.
    """
    _check_environment()
    if level is Level.NAMESPACES:
        return Namespaces(read_only, work, hidden)
    if level is Level.LANDLOCK:
        _require_one_thread()
        return Confined(read_only, hidden)
    return Plain()


class Namespaces(Enclosure):
    """A root folder, processes and a network of one's own."""

    def __init__(self, read_only: Sequence[Path], work: str, hidden: Sequence[Path]) -> None:
        self._work = work
        parent = os.getppid()
        _enter_namespaces(read_only, work, hidden)
        watching.split_namespaces(parent)
        root.mount_processes(only_processes=False)
        root.cover_folders(work, ZYGOTE_FOLDER_BYTES)
        if seccomp.available():  # every child has it from here
            seccomp.build_filter(syscalls.machine())
        os.chdir(work)

    @property
    def folder(self) -> Path:
        """The working folder of a child."""
        return Path(self._work)

    def share(self, files: Mapping[str, memoryview]) -> Path:
        """Lay files out in memory."""
        root.mount_folder(given.GIVEN, given.size_of(files), 0o755)
        given.lay_out(Path(given.GIVEN), files)
        syscalls.restrict_mount(given.GIVEN, root.READ_ONLY)
        return Path(given.GIVEN)

    def fork(self) -> int:
        """Fork a child that is process 1 of process ids of its own."""
        pid = _fork_namespace()
        if pid == 0:
            # A signal to one's own group would reach the zygote, even out of a namespace.
            os.setsid()
            privileges.die_with_parent()
        return pid

    def enter(self, limits: Limits) -> None:
        """Lock a child up."""
        os.umask(0o077)
        _leave_zygote(limits, self._work)
        apply_limits(limits)
        privileges.drop_capabilities()
        landlock.restrict([self._work, root.TEMPORARY])
        os.chdir(self._work)
        seccomp.restrict()

    def others(self) -> list[int]:
        """Return the processes of a child: beside the zygote there are no others in sight."""
        names = [name for name in os.listdir("/proc") if name.isdigit()]
        return [int(name) for name in names if int(name) != os.getpid()]


class Plain(Enclosure):
    """Limits and a temporary folder, and no protection."""

    def __init__(self) -> None:
        parent = os.getppid()
        os.chdir(tempfile.mkdtemp(prefix="autograder-"))
        watching.split_session(parent, Path.cwd())
        if sys.platform == "linux":
            privileges.die_with_parent()

    def fork(self) -> int:
        """Fork a child in a session of its own."""
        pid = os.fork()
        if pid == 0:
            os.setsid()
            if sys.platform == "linux":
                privileges.die_with_parent()
        return pid

    def enter(self, limits: Limits) -> None:
        """Limit a child, in a folder of its own."""
        os.umask(0o077)
        own = _process_folder(os.getpid())
        own.mkdir()
        os.chdir(own)
        apply_limits(limits)

    def kill(self, pid: int) -> None:
        """End a child with its session; what has left that lives on."""
        for end in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                end(pid, signal.SIGKILL)
        shutil.rmtree(_process_folder(pid), ignore_errors=True)


def _check_environment() -> None:
    names = unexpected_variables()
    if names:
        raise syscalls.IsolationError(
            f"a zygote may not start with {', '.join(names)} in its environment: "
            "students could read it"
        )


def _require_one_thread() -> None:
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise syscalls.IsolationError(f"this process has {threads} threads: isolate it earlier")


def _enter_namespaces(read_only: Sequence[Path], work: str, hidden: Sequence[Path]) -> None:
    _require_one_thread()
    if os.geteuid() == 0:
        # Only root can look into the folders of root where an interpreter may live.
        syscalls.unshare(syscalls.CLONE_NEWNS)
        root.build_root(read_only, work, hidden)
        privileges.become_unprivileged()
        _enter_user_namespace(ZYGOTE_NAMESPACES)
    else:
        _enter_user_namespace(ZYGOTE_NAMESPACES)
        root.build_root(read_only, work, hidden)


def _enter_user_namespace(flags: int) -> None:
    uid, gid = os.getuid(), os.getgid()
    syscalls.unshare(flags)
    privileges.map_user(uid, gid)


def _leave_zygote(limits: Limits, work: str) -> None:
    privileges.prefer_as_victim()
    syscalls.unshare(CHILD_NAMESPACES)
    root.cover_folders(work, limits.folder_bytes)
    root.mount_processes(only_processes=True)
    _enter_user_namespace(syscalls.CLONE_NEWUSER)


def _process_folder(pid: int) -> Path:
    """Return the folder of a child without namespaces, in that of its zygote."""
    return Path(f"child-{pid}").absolute()


def _fork_namespace() -> int:
    """Fork a child into a new namespace of process ids, and come back to one's own."""
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    syscalls.unshare(syscalls.CLONE_NEWPID)
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid != 0:
            syscalls.setns(own, syscalls.CLONE_NEWPID)
        os.close(own)
    return pid
