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

from autograder.course import Course
from tests.conftest import BIN, with_tools


@contextlib.contextmanager
def jupyter(course: Course) -> Iterator[str]:
    """Start a Jupyter server in the course, as an instructor does, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            str(BIN / "jupyter"),
            *("server", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
            *("--IdentityProvider.token=secret", "--ServerApp.disable_check_xsrf=True"),
        ],
        cwd=course.root,
        env=with_tools(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


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
