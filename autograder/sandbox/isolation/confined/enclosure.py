"""The level without namespaces: Landlock, seccomp, limits, a reaper, for root a user of its own.

A zygote has one place for itself and its children, who come one after the other. In it lie the
working folder and one for temporary files; both belong to the user of the child.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.sandbox.isolation import given, landlock, privileges, root
from autograder.sandbox.isolation.calls import seccomp, syscalls
from autograder.sandbox.isolation.calls.reach import Reach
from autograder.sandbox.isolation.confined import counting, ownership, reaping, watching
from autograder.sandbox.isolation.confined.room import excess
from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.limits import Limits, apply_limits

OWN, WORK, TEMPORARY = "own", "hand-in", "tmp"
# What a process may read of itself. What it has started sees nothing of /proc.
OF_ONESELF = ("cmdline", "comm", "environ", "fd", "maps", "mem", "stat", "statm", "status")


class Confined(Enclosure):
    """A process that sees what it is shown, and nobody."""

    def __init__(self, shown: Sequence[Path], hidden: Sequence[Path]) -> None:
        _require_parts()
        self._is_root = os.geteuid() == 0
        if self._is_root:
            ownership.require_capabilities()
            ownership.require_way(shown)
        self._place = Path(tempfile.mkdtemp(prefix="autograder-")).resolve()
        self.gone = watching.split_reaper(self._place, self._own)
        self._place.chmod(0o711)
        reaping.become_subreaper()
        self._renew(os.geteuid())
        work, temporary = map(str, self._folders)
        os.environ |= {"HOME": work, "TMPDIR": temporary, "USER": "student"}
        paths = [*map(Path, (*root.PROGRAMS, *root.SETTINGS)), *shown]
        seen = visible(paths, [*root.HIDDEN, *hidden])
        self._visible = dict.fromkeys(map(str, seen), landlock.READ) | _devices()
        self._outline = _outline_of(self._visible, self._place)
        processes = {"/proc": landlock.READ | landlock.WRITE_FILE}
        processes[str(self._place.parent)] = landlock.REMOVE_DIR
        privileges.forbid_new_privileges()
        landlock.confine([str(self._place)], self._visible | processes)
        if not self._reach().signals_from:  # then every child has the same, from here
            seccomp.build_filter(syscalls.machine(), self._reach())
        os.chdir(work)

    @property
    def folder(self) -> Path:
        """The working folder of a child."""
        return self._folders[0]

    def share(self, files: Mapping[str, memoryview]) -> Path:
        """Lay files out beside the children's folders."""
        folder = self._place / Path(given.GIVEN).name
        folder.mkdir(mode=0o755)
        given.lay_out(folder, files)
        self._visible[str(folder)] = landlock.READ
        self._outline = _outline_of(self._visible, self._place)
        return folder

    def fork(self) -> int:
        """Fork a child, with new folders, and a user of its own where root grades."""
        user = os.geteuid()
        if self._is_root:
            user, self._held = ownership.take_user()
        self._renew(user)
        pid = os.fork()
        if pid == 0:
            os.setsid()  # a signal to one's own group would reach the zygote
            if self._is_root:  # it is closed with all others: nothing of it may be left to be found
                self._held.detach()
                del self._held
        return pid

    def enter(self, limits: Limits) -> None:
        """Lock a child up: first who it is, then what it may use, then what it can reach."""
        os.umask(0o077)
        privileges.prefer_as_victim()
        ownership.become(os.stat(self._own).st_uid)
        privileges.be_visible()  # to the zygote, which looks at its files; to nobody inside
        privileges.die_with_parent()
        privileges.give_up_capabilities()
        apply_limits(limits, counting.tasks_of_user())
        os.chdir(self.folder)
        _forget_temporary_folder()
        own = {f"/proc/self/{name}": landlock.READ for name in OF_ONESELF}
        landlock.confine([str(folder) for folder in self._folders], self._outline | own)
        seccomp.restrict(self._reach())

    def kill(self, pid: int) -> None:
        """End a child that has not been waited for; `clear` when it has been."""
        with ownership.as_owner(self._own):
            super().kill(pid)

    def clear(self) -> bool:
        """End what a child that has been waited for left behind; return whether anything ran."""
        was_running = False
        with ownership.as_owner(self._own):
            if not reaping.nothing_left():
                was_running = reaping.end_all()
        return was_running

    def leave(self) -> None:
        """End all there is, and remove its folders: nobody looks after this process any more."""
        watching.end_place(self._place, self._own)

    def others(self) -> list[int]:
        """Return the processes of a child."""
        with ownership.as_owner(self._own):
            return reaping.descendants()

    def excess(self, limits: Limits, others: list[int]) -> str:
        """Return which bound a child's files exceed, or the number of its processes.

        The limit on those starts from what the user has, which may end meanwhile.
        """
        if len(others) > 2 * limits.processes:
            return f"started more than {limits.processes} processes"
        with ownership.as_owner(self._own):
            return excess(self._folders, others, limits)

    def extras(self) -> list[str]:
        """Return what else is in force in a child, by name."""
        return ["reaper", *["own user"] * self._is_root]

    @property
    def _own(self) -> Path:
        return self._place / OWN

    @property
    def _folders(self) -> tuple[Path, Path]:
        return self._own / WORK, self._own / TEMPORARY

    def _renew(self, owner: int) -> None:
        """Make empty folders that belong to the next child's user."""
        if self._own.exists():
            with ownership.as_owner(self._own):
                ownership.empty(self._own)
            self._own.rmdir()
        self._own.mkdir(mode=0o700)
        if owner != os.geteuid():
            os.chown(self._own, owner, owner)
        with ownership.as_owner(self._own):
            for folder in self._folders:
                folder.mkdir(mode=0o700)
        os.chdir(self._place)

    def _reach(self) -> Reach:
        """Return what the filter has to hold back, for this process if it is the child."""
        version = landlock.usable()
        # A user of its own can signal nobody else's processes.
        is_held = version >= landlock.SCOPES or self._is_root
        return Reach(version < landlock.LENGTHS, 0 if is_held else os.getpid())


def visible(shown: Sequence[Path], hidden: Sequence[Path]) -> list[Path]:
    """Return what to allow so that all that is shown can be read, and nothing that is hidden.

    Landlock allows a folder with all that is in it. So a folder around something hidden is not
    allowed itself, but all else that lies in it.
    """
    secret = {variant for path in hidden for variant in (path.absolute(), path.resolve())}
    pending, found = root.outermost(shown), []
    while pending:
        path = pending.pop()
        if path in secret:
            raise syscalls.IsolationError(f"{path} cannot be both shown and hidden")
        if any(path in one.parents for one in secret):
            inside = [entry for entry in path.iterdir() if not entry.is_symlink()]
            pending += [entry for entry in inside if entry not in secret]
        else:
            found.append(path)
    return found


def _outline_of(visible: Mapping[str, int], place: Path) -> dict[str, int]:
    """Return what is visible as a few whole folders, for a child's own rules.

    The zygote's rules stay in force under them, and have every path by itself: to say all that
    again would take each child a millisecond. What lies beside the zygote's own place is said by
    itself.
    """
    found: dict[str, int] = {}
    for path, rights in visible.items():
        top = Path(*Path(path).parts[:2])
        whole = path if top in place.parents else str(top)
        found[whole] = found.get(whole, 0) | rights
    return found


def _devices() -> dict[str, int]:
    return {f"/dev/{name}": landlock.READ | landlock.WRITE_FILE for name in root.DEVICES}


def _require_parts() -> None:
    """Refuse to begin where a part is missing: nothing is left out silently."""
    if not landlock.usable():
        raise syscalls.IsolationError("this kernel has no Landlock, or it is switched off")
    if not seccomp.available():
        raise syscalls.IsolationError("this kernel has no seccomp, or the machine is unknown")


def _forget_temporary_folder() -> None:
    """Have Python look again where temporary files go."""
    if "tempfile" in sys.modules:
        tempfile.tempdir = None
