"""A scheduler and workers as an operator starts them, to be killed, stopped and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.cluster.bench import PLACE
from autograder.cluster.local import SCHEDULER, WORKER
from autograder.course import Course
from tests.support import closed

START_SECONDS = 120


class Cluster:
    """A scheduler, and workers by the numbers that they are started with.

    Parameters
    ----------
    options : sequence of str
        What the scheduler is started with beside the usual.
    env : mapping
        What the environment of all holds beside the usual.
    """

    def __init__(
        self, folder: Path, options: Sequence[str] = (), env: Mapping[str, str] | None = None
    ) -> None:
        self._folder, self._options, self._env = folder, options, env or {}
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.start()

    def start(self) -> None:
        """Start a scheduler."""
        self._file = self._folder / f"{time.monotonic_ns()}.json"
        dashboard = ("--dashboard-address", "127.0.0.1:0")
        command = (*SCHEDULER, *self._options, *dashboard, "--scheduler-file", str(self._file))
        self._scheduler = self._popen([sys.executable, "-m", *command])
        self.address = _read(self._file)["address"]

    def add(self, name: str, course: Course, *, closed_to_namespaces: bool = False) -> None:
        """Start a worker that has a course."""
        own = ("--scheduler-file", str(self._file), "--local-directory", str(self._folder))
        command = [sys.executable, "-m", *WORKER, *own]
        if closed_to_namespaces:
            command = [sys.executable, str(Path(closed.__file__)), *command]
        self.workers[name] = self._popen(command, {PLACE: str(course.root)})

    def kill(self, name: str) -> None:
        """Kill a worker, as the system would that has no memory left."""
        worker = self.workers.pop(name)
        worker.kill()
        worker.wait()

    def stop(self, name: str) -> None:
        """Let a worker take no further step."""
        self.workers[name].send_signal(signal.SIGSTOP)

    def kill_scheduler(self) -> None:
        """Kill the scheduler; its workers end by themselves."""
        self._scheduler.kill()
        self._scheduler.wait()

    def close(self) -> None:
        """End everything."""
        self.kill_scheduler()
        for name in [*self.workers]:
            self.kill(name)

    def _popen(self, command: list[str], env: dict[str, str] | None = None) -> Any:
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                command, env={**os.environ, **self._env, **(env or {})}, stderr=log
            )


def _read(path: Path) -> dict[str, Any]:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return json.loads(path.read_text())
        except (OSError, ValueError):
            assert time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.05)
