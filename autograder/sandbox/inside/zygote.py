"""The warm process: isolates itself, imports everything once, forks a child for each submission.

It is started with the arguments CONTROL LEVEL PLAIN SHOWN... --hidden HIDDEN... by the grading
process, which holds the other end of the control socket.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NoReturn

from autograder.sandbox.inside import usage
from autograder.sandbox.isolation import Level, Limits
from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.entering import enter_zygote
from autograder.sandbox.isolation.parts import active_parts
from autograder.sandbox.isolation.places import close_all_but

JOB, KILL = b"J", b"K"
# What a child says once it is locked up, before it is given anything.
BEGUN = b"B"
# The released notebook, which warms the zygote up, imports the rest of what submissions import.
# Anything more would cost each of them: a fork copies the page tables of all that is loaded.
PRELOAD = ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "numpy.random")
WATCH_SECONDS = 0.1
# Nearly all that is imported stays: to look through it again and again takes a tenth of the time.
SELDOM = (20_000, 20, 100)
CRASHES = {signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE, signal.SIGILL, signal.SIGBUS}


def main() -> None:
    """Isolate this process, then serve the control socket."""
    control = socket.socket(fileno=int(sys.argv[1]))
    thresholds = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    level = Level(sys.argv[2])
    # Isolation wants a process with one thread, and NumPy starts some.
    paths = [Path(path) for path in sys.argv[4:]]
    end = paths.index(Path("--hidden"))
    shown, hidden = paths[:end], paths[end + 1 :]
    enclosure = enter_zygote(level, shown, hidden=hidden)
    # As nbgrader sets it: an instructor's cells may ask whether they are graded.
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    with _our_plain(sys.argv[3]):
        from autograder.sandbox.inside import child  # noqa: F401 - before a notebook has a say
    zygote = _Zygote(control, level, enclosure)
    gc.set_threshold(*thresholds)
    zygote.serve()


@contextmanager
def _our_plain(path: str) -> Iterator[None]:
    """Have the engine's own `workbook.plain` imported, and nothing else of `workbook`.

    Afterwards it has no name: the notebook's `workbook` lies in the working folder, with what
    a student handed in beside it.
    """
    name = "workbook.plain"
    spec = spec_from_file_location(name, path)
    module = sys.modules[name] = module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    try:
        yield
    finally:
        del sys.modules[name]


class _Zygote:
    def __init__(self, control: socket.socket, level: Level, enclosure: Enclosure) -> None:
        from autograder.sandbox import wire
        from autograder.sandbox.inside import child, large_pages, shell, support

        self._control, self._level, self._enclosure = control, level, enclosure
        self._child, self._wire = child, wire
        # Matplotlib's inline backend looks for a shell when it is imported.
        self._shell = shell.CellShell.instance()
        _preload(PRELOAD)  # by then the grading process may know what there is to hold
        gc.freeze()  # what cells leave is looked for among what they made
        self._setup: Any = wire.receive(control, wire.Bounds(), deadline=None)
        self._limits = Limits(**self._setup["limits"])
        self._support = support.Support(self._setup["support"], enclosure)
        self._support.place()
        sys.path.insert(0, os.getcwd())
        _preload(self._setup["preload"])
        self._cold = shell.warm_up(self._shell, self._setup["warm"])
        gc.collect()
        gc.freeze()
        if sys.platform == "linux":
            large_pages.use_large_pages()

    def serve(self) -> None:
        """Fork a child for each job until the grading process closes the control socket."""
        ready = {
            "ready": [f"level {self._level}", *active_parts(self._enclosure)],
            "cold": self._cold,
        }
        self._wire.send(self._control, ready, deadline=None)
        while True:
            if not self._is_looked_after([self._control]):
                self._leave()
            message, handles, _, _ = socket.recv_fds(self._control, 1, 1)
            if not message:
                return
            if message == JOB:
                self._run(handles[0])

    def _run(self, handle: int) -> None:
        pid = self._enclosure.fork()
        if pid == 0:
            self._become_child(socket.socket(fileno=handle))
        os.close(handle)
        why, left_running = self._wait(pid)
        left_running = self._enclosure.clear() or left_running
        ended = {"ended": why, "left_running": left_running}
        self._wire.send(self._control, ended, deadline=None)

    def _become_child(self, sock: socket.socket) -> None:
        try:
            close_all_but([sock.fileno()])
            self._enclosure.enter(self._limits)
            _let_go_of_streams()
            self._support.place()
            sock.sendall(BEGUN)
            self._child.serve(sock, self._shell)
        except BaseException:
            os._exit(1)
        os._exit(0)

    def _wait(self, pid: int) -> tuple[str, bool]:
        """Wait for the child to end; return why, and whether it left processes running.

        There is no reason if it was told to end or did so by itself.
        The grading process says when; looked after here is what a child and all it started use
        together, because the system's own limits are for each process.
        """
        watched = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        sources = [self._control, *self._keepers, *([] if watched is None else [watched])]
        reason, left_running = "", False
        self._processors, self._seconds_taken = usage.ProcessorWatch(), 0.0
        try:
            while True:
                ready, _, _ = select.select(sources, [], [], WATCH_SECONDS)
                if self._enclosure.gone in ready:
                    self._leave()
                if self._control in ready and self._control.recv(1) != JOB:
                    left_running = self._left_running()
                    self._enclosure.kill(pid)
                elif not ready and (reason := reason or self._uses_too_much()):
                    self._enclosure.kill(pid)
                ended, status, used = os.wait4(pid, os.WNOHANG)
                if ended:
                    reason = reason or self._fate(status, used.ru_utime + used.ru_stime)
                    return reason, left_running
        finally:
            if watched is not None:
                os.close(watched)

    def _fate(self, status: int, seconds: float) -> str:
        """Return what the system ended a child for."""
        if not os.WIFSIGNALED(status):
            return ""
        number, limit = os.WTERMSIG(status), self._limits.cpu_seconds
        if number == signal.SIGKILL:
            # The system counts somewhat differently when it ends a process and afterwards.
            is_over = round(seconds) >= limit
            return f"used more than {limit} s of processor time" if is_over else ""
        return "crashed Python" if number in CRASHES else ""

    @property
    def _keepers(self) -> list[int]:
        return [] if self._enclosure.gone is None else [self._enclosure.gone]

    def _leave(self) -> NoReturn:
        self._enclosure.leave()
        os._exit(1)

    def _is_looked_after(self, sources: list[Any]) -> bool:
        """Wait for one of the sources; tell whether somebody still looks after this process."""
        ready, _, _ = select.select([*sources, *self._keepers], [], [])
        return self._enclosure.gone not in ready

    def _left_running(self) -> bool:
        # Elsewhere it shows when the child is gone.
        is_private = self._level is Level.NAMESPACES
        return is_private and len(self._enclosure.others() or ()) > 1

    def _uses_too_much(self) -> str:
        """Return which limit the child and all it started exceed together, if they do."""
        limits, others = self._limits, self._enclosure.others()
        if others is None:
            return ""
        if usage.memory_of(others) > usage.memory_limit(limits.memory_bytes):
            return f"used more than {limits.memory_bytes >> 20} MB of memory"
        # One is its own: there is a zygote for each.
        self._seconds_taken += WATCH_SECONDS * max(0, self._processors.busy(others) - 1)
        if self._seconds_taken > limits.taken_seconds:
            return "kept more than one processor busy for too long"
        return self._enclosure.excess(limits, others)


def _let_go_of_streams() -> None:
    """Leave a child nothing of the zygote's streams: other submissions have them too."""
    null = os.open("/dev/null", os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    os.close(null)


def _preload(modules: Iterable[str]) -> None:
    """Import what every submission imports."""
    for name in modules:
        try:
            __import__(name)
        except ImportError:
            print(f"{name} cannot be imported in the sandbox", file=sys.stderr)


if __name__ == "__main__":
    main()
