"""What hides from who looks after a submission without namespaces: it is found all the same."""

from __future__ import annotations

import sys

import pytest

from autograder.sandbox.isolation import Level, landlock
from autograder.sandbox.isolation.calls import seccomp
from tests.support.zygotes import confined

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (sys.platform == "linux" and landlock.usable() and seccomp.available()),
        reason="this kernel has no Landlock or no seccomp",
    ),
]

# Its first thread leaves by the system's own call, and the others go on.
LEAVE = """
import ctypes, threading, time
from autograder.sandbox.isolation.calls.syscalls import machine
def leave_it_to_another(work):
    threading.Thread(target=work).start()
    ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[machine()], 0)
"""
WITHOUT_ITS_FIRST_THREAD = f"""{LEAVE}
import signal
if os.fork() == 0:
    os.setsid()
    leave_it_to_another(lambda: time.sleep(20))
time.sleep(0.3)
"""

WRITE = """
import ctypes, subprocess, time
libc = ctypes.CDLL(None)
def written(name, megabytes=20):
    handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o700)
    os.set_inheritable(handle, True)
    os.write(handle, bytes(megabytes << 20))
    return handle
"""
MAPPED = """
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
for _ in range(4):
    handle = written("a")
    libc.mmap(None, 4096, 1, 1, handle, 0)
    os.unlink("a"); os.close(handle)
"""
HELD = {
    "mapped": MAPPED,
    "mapped where the first thread has left": f"""{LEAVE}{MAPPED}
leave_it_to_another(lambda: time.sleep(20))
""",
    "open in a thread alone": """
handles = [written("a") for _ in range(4) if not os.path.exists("a") or os.unlink("a") is None]
os.unlink("a")
stack = ctypes.create_string_buffer(1 << 16)
top = ctypes.c_void_p(ctypes.addressof(stack) + (1 << 16) - 64)
libc.clone(libc.pause, top, 0x00000100 | 0x00000200 | 0x00000800 | 0x00010000, None)
for handle in handles:
    os.close(handle)
""",
    "open in a program that nobody may read": """
program = open("/bin/sleep", "rb").read()
handle = os.open("x", os.O_WRONLY | os.O_CREAT, 0o111)
os.write(handle, program); os.close(handle)
handles = [written("a") for _ in range(4) if not os.path.exists("a") or os.unlink("a") is None]
os.unlink("a")
subprocess.Popen(["./x", "20"], close_fds=False)
for handle in handles:
    os.close(handle)
""",
    "run": """
program = open("/bin/sleep", "rb").read()
for _ in range(4):
    handle = written("x", 0)
    os.write(handle, program + bytes(20 << 20)); os.close(handle)
    process = subprocess.Popen(["./x", "20"])
    os.unlink("x")
""",
}


@pytest.fixture(params=["ordinary user", "root of a container"])
def someone(request, tmp_path):
    return confined(request.param, tmp_path)


def excess_after(seconds, work):
    """Return the lines with which a zygote tells what a child exceeds after so many seconds."""
    return f"""
import time
pid = child({work!r})
time.sleep({seconds})
print(repr(enclosure.excess(Limits(), enclosure.others())))
enclosure.kill(pid)
ended(pid)
enclosure.clear()
"""


def test_a_daemon_whose_first_thread_has_left_is_seen_and_ended(someone):
    lines = f"""
pid = child({WITHOUT_ITS_FIRST_THREAD!r})
print(ended(pid), len(enclosure.others()), flush=True)
print(repr(enclosure.excess(Limits(), enclosure.others())))
print(enclosure.clear(), enclosure.others())
"""
    assert someone.zygote(lines, level=Level.LANDLOCK) == "0 1\n''\nTrue []"


@pytest.mark.parametrize("how", HELD)
def test_files_without_a_name_are_counted_however_they_are_held(how, someone):
    work = f"{WRITE}{HELD[how]}\nprint('held', flush=True)\ntime.sleep(20)"
    lines = f"""
import time
pid = child({work!r})
found, end = "", time.monotonic() + 10
while not found and time.monotonic() < end:
    time.sleep(0.1)
    found = enclosure.excess(Limits(), enclosure.others())
print(found or "nothing found")
enclosure.kill(pid)
ended(pid)
enclosure.clear()
"""
    said = someone.zygote(lines, level=Level.LANDLOCK).splitlines()
    assert set(said) - {"held"} <= {"wrote more than 64 MB of files", "hid files from the grader"}


def test_more_processes_than_it_may_have_are_noticed_though_its_limit_began_late(someone):
    # The limit starts from what the user has: what others had then, it may start when they end.
    work = """
import time
for _ in range(30):
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
print("started", flush=True)
time.sleep(20)
"""
    lines = f"""
import time
pid = child({work!r})
time.sleep(1)
for most in (30, 10):
    print(repr(enclosure.excess(Limits(processes=most), enclosure.others())))
enclosure.kill(pid)
ended(pid)
enclosure.clear()
"""
    said = someone.zygote(lines, level=Level.LANDLOCK).splitlines()
    assert said == ["started", "''", "'started more than 10 processes'"]


def test_more_mappings_than_can_be_looked_through_are_noticed(someone):
    work = """
import mmap, time
held = [mmap.mmap(-1, mmap.PAGESIZE, prot=1 + number % 2) for number in range(60_000)]
for _ in range(12):
    if os.fork() == 0:
        break
print("mapped", flush=True)
time.sleep(20)
"""
    said = someone.zygote(excess_after(4, work), level=Level.LANDLOCK).splitlines()
    assert said[-1] == "'hid files from the grader'"


def test_what_an_honest_hand_in_holds_is_not_held_against_it(someone):
    work = f"""{WRITE}
import mmap, tempfile
files = [tempfile.TemporaryFile() for _ in range(3)]
for file in files:
    file.write(bytes(1 << 20)); file.flush()
maps = [mmap.mmap(file.fileno(), 0) for file in files]
shared = mmap.mmap(-1, 1 << 20)
for file in files:
    file.close()
subprocess.Popen(["sleep", "20"])
print("held", flush=True)
time.sleep(20)
"""
    assert someone.zygote(excess_after(0.7, work), level=Level.LANDLOCK) == "held\n''"


def test_room_is_not_taken_without_writing(someone):
    work = """
handle = os.open("a", os.O_RDWR | os.O_CREAT)
try:
    os.posix_fallocate(handle, 0, 1 << 20)
    print(os.fstat(handle).st_size)
    import ctypes
    print(ctypes.CDLL(None).fallocate(handle, 1, ctypes.c_long(0), ctypes.c_long(1 << 30)))
finally:
    print(os.fstat(handle).st_blocks * 512 <= 1 << 21)
"""
    lines = f"ended(child({work!r})); enclosure.clear()"
    assert someone.zygote(lines, level=Level.LANDLOCK) == f"{1 << 20}\n-1\nTrue"
