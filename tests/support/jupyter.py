"""A Jupyter server with nbgrader's formgrader in it, as an instructor starts it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

from autograder.course import Course
from tests.conftest import BIN, with_tools


@contextlib.contextmanager
def started(folder: Path, *command: str) -> Iterator[str]:
    """Start a Jupyter application in a folder, open to this computer only; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}")
    server = subprocess.Popen(
        [str(BIN / "jupyter"), *command, *where, "--ServerApp.disable_check_xsrf=True"],
        cwd=folder,
        env=with_tools(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


@contextlib.contextmanager
def jupyter(course: Course) -> Iterator[str]:
    """Start a Jupyter server in the course, as an instructor does, and yield its address."""
    with started(course.root, "server", "--IdentityProvider.token=secret") as address:
        yield address


def ask(address: str, data: bytes | None = None) -> str:
    request = urllib.request.Request(address, data, {"Authorization": "token secret"})
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    for _ in range(400):  # a busy machine takes its time to start
        try:
            with opener.open(request, timeout=120) as answer:
                return answer.read().decode()
        except ConnectionError:
            time.sleep(0.5)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.5)
    raise TimeoutError(address)
