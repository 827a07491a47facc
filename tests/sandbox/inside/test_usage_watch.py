"""What a submission may use: a process is told by the system, many together by the zygote."""

from __future__ import annotations

import pytest

from autograder.sandbox.asking import ChildLost
from autograder.sandbox.client import Zygote
from autograder.sandbox.isolation import Limits
from tests.conftest import needs_isolation

pytestmark = [pytest.mark.slow, needs_isolation]

# Allocated by C: what NumPy may take, Python's own objects may not need, and the other way round.
TAKE_ALL = """
import ctypes, time
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
while block := libc.malloc(ctypes.c_size_t(8 << 20)):
    libc.memset(ctypes.c_void_p(block), 1, ctypes.c_size_t(8 << 20))
    last = block
libc.free(ctypes.c_void_p(last))
time.sleep(0.5)
"""
# One after the other: all at once, they would be ended for the processors.
TAKE_TOGETHER = """
import os, time
taken, tell = os.pipe()
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b".") * (100 << 20)
        os.write(tell, b".")
        time.sleep(5)
        os._exit(0)
    os.read(taken, 1)
time.sleep(5)
"""
# By the system's own call: the others of its threads go on.
TAKE_WITHOUT_THE_FIRST_THREAD = """
import ctypes, os, platform, threading, time
libc, leave = ctypes.CDLL(None), {"x86_64": 60, "aarch64": 93}[platform.machine()]
def take():
    held = bytearray(b".") * (100 << 20)
    os.write(tell, b".")
    time.sleep(5)
    os._exit(0)
taken, tell = os.pipe()
for _ in range(8):
    if os.fork() == 0:
        threading.Thread(target=take).start()
        libc.syscall(leave, 0)
    os.read(taken, 1)
time.sleep(5)
"""
SPIN_TOGETHER = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        while True:
            if os.fork() == 0:  # none lives long
                end = time.monotonic() + 0.05
                while time.monotonic() < end:
                    pass
                os._exit(0)
            try:
                os.wait()
            except ChildProcessError:  # nobody is told of its end
                pass
time.sleep(8)
"""
WORK_HARD = """
import subprocess, threading, time
def spin():
    end = time.monotonic() + 3
    while time.monotonic() < end:
        sum(range(1000))
threads = [threading.Thread(target=spin) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
subprocess.run(["sleep", "0.3"])
"""


@pytest.fixture(scope="module")
def zygote():
    zygote = Zygote({}, limits=Limits(cpu_seconds=4, memory_bytes=256 << 20)).wait()
    yield zygote
    zygote.close()


def test_a_process_that_stays_within_its_limit_is_left_alone(zygote):
    with zygote.child() as child:
        runs = list(child.run([(TAKE_ALL, 10), ("1 + 1", 10)]))
    assert [run.status for run in runs] == ["ok", "ok"]
    assert zygote.last_end == ""


@pytest.mark.parametrize("taking", [TAKE_TOGETHER, TAKE_WITHOUT_THE_FIRST_THREAD])
def test_many_processes_together_are_ended(zygote, taking):
    with pytest.raises(ChildLost, match="used more than 256 MB of memory"), zygote.child() as child:
        list(child.run([(taking, 10)]))


def test_processes_that_keep_several_processors_busy_are_ended(zygote):
    with (
        pytest.raises(ChildLost, match="kept more than one processor busy"),
        zygote.child() as child,
    ):
        list(child.run([(SPIN_TOGETHER, 10)]))


def test_a_process_that_takes_too_much_time_is_told_so(zygote):
    spin = "while True:\n    pass"  # 4 s of processor time in all, in cells of 0.5 s
    with (
        pytest.raises(ChildLost, match="used more than 4 s of processor time"),
        zygote.child() as child,
    ):
        list(child.run([(spin, 0.5)] * 100))  # enough for a busy machine


def test_a_process_that_works_hard_on_its_own_processor_is_left_alone(zygote):
    with zygote.child() as child:
        runs = list(child.run([(WORK_HARD, 10), ("1 + 1", 10)]))
    assert [run.status for run in runs] == ["ok", "ok"]
    assert zygote.last_end == ""
