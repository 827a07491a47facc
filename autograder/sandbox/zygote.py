"""The warm process: isolates itself, imports everything once, forks a child for each submission.

``python -m autograder.sandbox.zygote CONTROL LEVEL FOLDER...`` is started by the grading process,
which holds the other end of the control socket.
"""

from __future__ import annotations

import gc
import os
import select
import socket
import sys
from pathlib import Path
from typing import Any

from autograder.sandbox import isolation

JOB, KILL = b"J", b"K"
WATCH_SECONDS = 0.1


def main() -> None:
    """Isolate this process, then serve the control socket."""
    control = socket.socket(fileno=int(sys.argv[1]))
    level = isolation.Level(sys.argv[2])
    # Isolation wants a process with one thread, and NumPy starts some.
    isolation.enter_zygote(level, [Path(path) for path in sys.argv[3:]])
    _Zygote(control, level).serve()


class _Zygote:
    def __init__(self, control: socket.socket, level: isolation.Level) -> None:
        from autograder.sandbox import child, large_pages, shell, wire

        self._control, self._level = control, level
        self._child, self._wire = child, wire
        self._setup: Any = wire.receive(control, wire.Bounds(), deadline=None)
        self._limits = isolation.Limits(**self._setup["limits"])
        # Matplotlib's inline backend looks for a shell when it is imported.
        self._shell = shell.CellShell.instance()
        _preload(self._setup)
        shell.warm_up(self._shell, self._setup["warm"])
        gc.collect()
        gc.freeze()
        if sys.platform == "linux":
            large_pages.use_large_pages()

    def serve(self) -> None:
        """Fork a child for each job until the grading process closes the control socket."""
        self._wire.send(self._control, {"ready": isolation.active_parts()}, deadline=None)
        while True:
            message, handles, _, _ = socket.recv_fds(self._control, 1, 1)
            if not message:
                return
            if message == JOB:
                self._run(handles[0])

    def _run(self, handle: int) -> None:
        pid = isolation.fork_child()
        if pid == 0:
            self._become_child(socket.socket(fileno=handle))
        os.close(handle)
        reason = self._wait(pid)
        self._wire.send(self._control, {"ended": reason}, deadline=None)

    def _become_child(self, sock: socket.socket) -> None:
        try:
            isolation.close_all_but([sock.fileno()])
            isolation.enter_child(self._level, self._limits)
            _let_go_of_streams()
            _place_support(self._setup)
            self._child.serve(sock, self._shell)
        except BaseException:
            os._exit(1)
        os._exit(0)

    def _wait(self, pid: int) -> str:
        """Wait for the child to end; return why it had to be ended here, if it had to.

        The grading process says when; only memory is looked after here, because the system's own
        limit is one for each process.
        """
        watched = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        sources = [self._control] if watched is None else [self._control, watched]
        reason = ""
        try:
            while True:
                ready, _, _ = select.select(sources, [], [], WATCH_SECONDS)
                if self._control in ready and self._control.recv(1) != JOB:
                    reason = reason or self._left_running()
                    isolation.kill_child(pid)
                elif not ready and self._uses_too_much_memory():
                    reason = f"used more than {self._limits.memory_bytes >> 20} MB of memory"
                    isolation.kill_child(pid)
                if os.waitpid(pid, os.WNOHANG)[0]:
                    return reason
        finally:
            if watched is not None:
                os.close(watched)

    def _left_running(self) -> str:
        # Without namespaces /proc shows everybody's processes.
        isolated = self._level is isolation.Level.NAMESPACES
        return "left processes running" if isolated and len(_others()) > 1 else ""

    def _uses_too_much_memory(self) -> bool:
        if self._level is not isolation.Level.NAMESPACES:
            return False
        # A process within its own limit is left alone: what we have mapped and never touched, the
        # limit gives it for free.
        mapped, resident = _memory("self")
        return _memory_of_others() > self._limits.memory_bytes + mapped - resident


def _memory_of_others() -> int:
    """Return the bytes that a child and all it started hold beyond what they share with us.

    Shared memory that nobody has touched of late is in no process' resident bytes, so what is
    mapped counts too, by half: programs map more than they use.
    """
    own = _memory("self")
    others = [_memory(pid) for pid in _others()]
    mapped, resident = (sum(max(0, m[k] - own[k]) for m in others) for k in (0, 1))
    return max(resident, mapped // 2)


def _others() -> list[str]:
    """Return the processes of a child, by their ids; the zygote is the only one beside them."""
    return [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]


def _memory(pid: str) -> tuple[int, int]:
    """Return the bytes that a process has mapped, and those of them in memory."""
    try:
        mapped, resident = Path("/proc", pid, "statm").read_text().split()[:2]
    except OSError:  # it has just ended
        return 0, 0
    page = os.sysconf("SC_PAGESIZE")
    return int(mapped) * page, int(resident) * page


def _let_go_of_streams() -> None:
    """Leave a child nothing of the zygote's streams: other submissions have them too."""
    null = os.open("/dev/null", os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    os.close(null)


def _preload(setup: dict[str, Any]) -> None:
    """Import what every submission imports, from the files that the instructor provides."""
    _place_support(setup)
    sys.path.insert(0, os.getcwd())
    for name in setup["preload"]:
        try:
            __import__(name)
        except ImportError:
            print(f"{name} cannot be imported in the sandbox", file=sys.stderr)


def _place_support(setup: dict[str, Any]) -> None:
    # By the system's calls: Python's own files take twice as long, and every child needs these.
    for name, content in setup["support"].items():
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        os.write(handle, content.data)
        os.close(handle)


if __name__ == "__main__":
    main()
