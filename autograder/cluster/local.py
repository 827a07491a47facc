"""A scheduler and workers on this machine, each a process that ends with the command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from autograder.cluster.bench import PLACE
from autograder.errors import UserError

START_SECONDS = 60
# A worker that ends is started again, so many times for each there is.
LIVES = 20
# The system ends the process with the thread that has started it, whatever becomes of that.
_FAITHFUL = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
    if os.getppid() != int(sys.argv[1]):
        sys.exit(1)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
SCHEDULER = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
WORKER = (
    *("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard"),
    *("--memory-limit", "0", "--death-timeout", str(START_SECONDS)),
)


class Local:
    """The processes; `address` is the scheduler's."""

    def __init__(self, folder: Path, course: Path, workers: int) -> None:
        self._folder, self._course = folder, course
        self._lives = LIVES * workers
        self._file = folder / "scheduler.json"
        dashboard = ("--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(self._file))
        self._scheduler = self._start(*SCHEDULER, *dashboard)
        self._workers: list[subprocess.Popen[bytes]] = []
        try:
            self._workers += [self._worker() for _ in range(workers)]
            self.address = self._wait_for_address()
        except BaseException:
            self.close()
            raise

    def revive(self) -> None:
        """Start a worker for each that has ended."""
        for place, worker in enumerate(self._workers):
            if worker.poll() is not None and self._lives > 0:
                self._lives -= 1
                self._workers[place] = self._worker()

    def close(self) -> None:
        """End all processes."""
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()

    def _worker(self) -> subprocess.Popen[bytes]:
        files = ("--scheduler-file", str(self._file), "--local-directory", str(self._folder))
        return self._start(*WORKER, *files)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-c", _FAITHFUL, str(os.getpid()), "-m", *arguments)
        with open(self._folder / "log.txt", "ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._course,
                env={**os.environ, PLACE: str(self._course)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _wait_for_address(self) -> str:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._scheduler.poll() is None:
            try:
                return msgspec.json.decode(self._file.read_bytes(), type=dict)["address"]
            except (OSError, msgspec.MsgspecError):  # it is not there, or not written to its end
                time.sleep(0.05)
        lines = (self._folder / "log.txt").read_text(errors="replace").strip().splitlines()
        raise UserError(f"Dask's scheduler does not start: {lines[-1] if lines else 'no reason'}")


@contextmanager
def local_workers(course: Path, workers: int) -> Iterator[Local]:
    """Start a scheduler and so many workers, and end them afterwards."""
    with tempfile.TemporaryDirectory(prefix="autograder-cluster-") as folder:
        local = Local(Path(folder), course, workers)
        try:
            yield local
        finally:
            local.close()
