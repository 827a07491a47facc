"""Stopping the batch by using up the machine: all destructive, all bounded, all armed first."""

from functools import partial

from tests.hostile.attack import FIRST, Attack

stopping = partial(Attack, group="stopping", half=False, destructive=True)

BUSY = "kept more than one processor busy"
# A time limit, on a machine so slow that it comes first.
SOONER = ("ran past", "could not be interrupted")

KILL_ALL = """
import os, signal
for target in (-1, 0, os.getppid(), 2, 3, 4, 5):
    for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(target, number)
        except OSError as error:
            print(error.strerror)
"""
# At most 200 at a time, each for at most 3 s.
FORKS = """
import os, time
for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(3)
            os._exit(0)
    except OSError:
        print("no more processes")
        break
"""
THREADS = """
import threading, time
for _ in range(300):
    try:
        threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
    except RuntimeError:
        print("no more threads")
        break
"""
SPIN = """
import os, time
end = time.monotonic() + 5
for _ in range(20):
    try:
        if os.fork() == 0:
            while time.monotonic() < end:
                pass
            os._exit(0)
    except OSError:
        break
"""
# A share of the processors for each, where the system shares them out by sessions.
IN_SESSIONS = SPIN.replace(
    "        if os.fork() == 0:\n", "        if os.fork() == 0:\n            os.setsid()\n"
)
# Each asks for 1 GB in all; a submission of the corpus may have a quarter of it.
FAST = "held = np.ones(1 << 27)"
SLOW = "held = []\nfor _ in range(100):\n    held.append(np.ones(10 * (1 << 17)))"
IN_C = """
import ctypes
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
blocks = []
for _ in range(100):
    block = libc.malloc(ctypes.c_size_t(10 << 20))
    if not block:
        for last in blocks[-3:]:  # its own functions need some
            libc.free(ctypes.c_void_p(last))
        raise MemoryError
    blocks.append(block)
    libc.memset(ctypes.c_void_p(block), 1, ctypes.c_size_t(10 << 20))
"""
# One process after the other takes it: all at once, they would be ended for the processors.
BY_FORKS = """
import os, time
taken, tell = os.pipe()
for _ in range(10):
    if os.fork() == 0:
        held = np.ones(100 << 17)
        os.write(tell, b".")
        time.sleep(3)
        os._exit(0)
    os.read(taken, 1)
time.sleep(3)
"""
SHARED = """
import mmap, os, time
taken, tell = os.pipe()
for _ in range(10):
    if os.fork() == 0:
        area = mmap.mmap(-1, 180 << 20)
        if os.fork() == 0:
            area.write(bytes(60 << 20))  # more would take longer than a cell may
            os._exit(0)
        os.wait()
        os.write(tell, b".")
        time.sleep(3)
        os._exit(0)
    os.read(taken, 1)
time.sleep(3)
"""
# 400 MB or 200,000 files, where 64 MB and 16,384 files have room.
FILL = """
import os, tempfile
piece = bytes(10 << 20)
for folder in (os.getcwd(), tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp", "/"):
    for number in range(40):
        try:
            with open(f"{folder}/fill{number}", "wb") as file:
                file.write(piece)
        except OSError as error:
            print(folder, error.strerror)
            break
"""
MANY_FILES = """
import tempfile
folder = tempfile.gettempdir()
for number in range(200_000):
    try:
        open(f"{folder}/file{number}", "w").close()
    except OSError as error:
        print(error.strerror)
        break
"""
NAMELESS = """
import os, tempfile, time
held = []
for number in range(20):
    file = open(f"gone{number}", "wb", buffering=0)
    held.append(file)
    os.unlink(file.name)
    try:
        file.write(bytes(10 << 20))
    except OSError as error:
        print(error.strerror)
time.sleep(1)
"""
MAPPED = """
import mmap, os, time
import ctypes
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
for number in range(20):
    file = open("gone", "w+b", buffering=0)
    libc.mmap(None, mmap.PAGESIZE, mmap.PROT_READ, mmap.MAP_SHARED, file.fileno(), 0)
    os.unlink(file.name)
    try:
        file.write(bytes(10 << 20))
    except OSError as error:
        print(error.strerror)
    file.close()
time.sleep(1)
"""
DEEP = """
import os
for number in range(3000):
    os.mkdir("a folder")
    os.chdir("a folder")
"""
FULL = "No space left on device"
ONE_FILE = "with open('large', 'wb') as file:\n    file.truncate(1 << 40)"
OPEN_FILES = """
import os
held = []
try:
    while len(held) < 5000:
        held.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print(error.strerror)
"""
LOCKS = """
import multiprocessing.shared_memory, tempfile
for name in ("a", "b"):
    try:
        multiprocessing.shared_memory.SharedMemory(name, create=True, size=1 << 20)
    except OSError as error:
        print(error)
tempfile.mkdtemp()
"""

ATTACKS = (
    stopping("kills everything it can signal", {FIRST: KILL_ALL}, flag="sent signals"),
    stopping("forks without end", {FIRST: FORKS}, says="no more processes", flag="processes"),
    stopping("starts threads without end", {FIRST: THREADS}, says="no more threads"),
    stopping("spins on every core", {FIRST: SPIN}, flag=BUSY, sooner=SOONER, at_stake=True),
    stopping(
        "spins in many sessions", {FIRST: IN_SESSIONS}, flag=BUSY, sooner=SOONER, at_stake=True
    ),
    stopping("takes memory at once", {FIRST: FAST}, says="MemoryError"),
    # Either the limit of the process is reached first, or that of all that it has started.
    stopping("takes memory bit by bit", {FIRST: SLOW}),
    stopping("takes memory in C", {FIRST: IN_C}),
    stopping(
        "takes memory in many processes",
        {FIRST: BY_FORKS},
        flag="MB of memory",
        sooner=SOONER,
        at_stake=True,
    ),
    stopping(
        "shares memory that nobody seems to hold",
        {FIRST: SHARED},
        flag="MB of memory",
        sooner=SOONER,
    ),
    stopping("fills every folder", {FIRST: FILL}, says=FULL, ended="MB of files"),
    stopping(
        "makes files without end",
        {FIRST: MANY_FILES},
        says=FULL,
        ended="more than 16384",
        sooner=SOONER,
    ),
    stopping(
        "fills the disk with files that have no name",
        {FIRST: NAMELESS},
        says=FULL,
        ended="MB of files",
    ),
    stopping(
        "fills the disk with files that it maps and nobody has open",
        {FIRST: MAPPED},
        says=FULL,
        ended="hid files",
    ),
    stopping("hides files in folders below folders", {FIRST: DEEP}, ended="folders"),
    stopping("makes one endless file", {FIRST: ONE_FILE}, says="File too large"),
    stopping("opens files without end", {FIRST: OPEN_FILES}, says="Too many open files"),
    stopping("leaves locks, shared memory and temporary files", {FIRST: LOCKS}),
)
