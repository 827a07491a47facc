"""Whoever is killed, nothing of a sandbox is left: every process of it holds one pipe open."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.sandbox.isolation import Level
from tests.support.zygotes import ROOT, START, user

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")

# The child has a daemon; both hold standard output open, and sleep no longer than this.
BUSY = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("daemon", flush=True)
        time.sleep(20)
    os._exit(0)
time.sleep(20)
"""
LINES = f"pid = child({BUSY!r}); ended(pid)"
# Without namespaces nothing holds a daemon back: the child is alone.
ALONE = "pid = child('import time; print(\\'daemon\\', flush=True); time.sleep(20)'); ended(pid)"


@pytest.fixture(params=["me", "nobody"])
def someone(request):
    return user(request.param)


def ends_within(stream, seconds: float) -> bool:
    """Tell whether the last process that holds the other end goes in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ready = select.select([stream], [], [], end - time.monotonic())[0]
        if ready and os.read(stream.fileno(), 100) == b"":
            return True
    return False


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "term"])
def test_killing_the_zygote_ends_all_of_it(blow, someone):
    with someone.start(LINES) as process:
        assert process.stdout.readline() == "daemon\n"
        process.send_signal(blow)
        assert ends_within(process.stdout, 5)


def test_killing_a_child_ends_its_daemons(someone):
    lines = f"import time; pid = child({BUSY!r}); time.sleep(0.5); enclosure.kill(pid); "
    lines += "print(ended(pid)); sys.stdout.flush(); os.close(1); os.close(2); time.sleep(20)"
    with someone.start(lines) as process:
        assert process.stdout.readline() == "daemon\n"
        assert process.stdout.readline() == "-9\n"
        assert ends_within(process.stdout, 5)
        process.kill()


@pytest.mark.parametrize("level", [Level.NAMESPACES, Level.PROCESS])
def test_killing_the_grading_process_ends_all_of_it(level):
    user("me")
    lines = LINES if level is Level.NAMESPACES else ALONE
    command = [sys.executable, "-I", "-c", START + lines, str(ROOT), str(level), "[[], []]"]
    grading = f"import subprocess; subprocess.Popen({command!r}, env={{}}).wait()"
    with subprocess.Popen([sys.executable, "-c", grading], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"daemon\n"
        process.kill()
        assert ends_within(process.stdout, 5)


def test_no_temporary_folder_is_left_without_namespaces():
    said = user("me").zygote("print(os.getcwd())", level=Level.PROCESS)
    assert said.startswith("/") and not Path(said).exists()
