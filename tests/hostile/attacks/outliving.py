"""Outliving: whatever a submission starts ends with it."""

from functools import partial

from tests.hostile.attack import FIRST, LAST, MOMENTUM, Attack

outliving = partial(Attack, group="outliving", half=False, destructive=True)

LEFT = "left processes running"
# Nobody sleeps longer than this: should the isolation fail, it ends by itself.
SECONDS = 60
DAEMON = f"""
import os, time
def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/")
            time.sleep({SECONDS})
        os._exit(0)
daemon()
"""
DEAF = f"""
import os, signal, time
if os.fork() == 0:
    os.setsid()
    for number in range(1, 64):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    time.sleep({SECONDS})
    os._exit(0)
"""
# Its first thread leaves, by the system's own call: to the system's list it looks dead.
HEADLESS = f"""
import ctypes, os, platform, threading, time
if os.fork() == 0:
    os.setsid()
    threading.Thread(target=time.sleep, args=({SECONDS},)).start()
    leave = {{"x86_64": 60, "aarch64": 93}}
    ctypes.CDLL(None).syscall(leave.get(platform.machine(), 1), 0)
"""
WIRE = f"""
import ctypes, gc, os, socket, time
libc = ctypes.CDLL(None)
held = [os.dup(s.fileno()) for s in gc.get_objects() if type(s) is socket.socket]
if libc.fork() == 0:
    time.sleep({SECONDS})
    os._exit(0)
"""

ATTACKS = (
    outliving("a daemon by a double fork and setsid", {FIRST: DAEMON}, flag=LEFT),
    outliving("a daemon that ignores every signal", {FIRST: DEAF}, flag=LEFT),
    outliving("a daemon whose first thread has left", {FIRST: HEADLESS}, flag=LEFT),
    outliving(
        "nohup from a shell command",
        {FIRST: f"get_ipython().system('nohup setsid sleep {SECONDS} > /dev/null 2>&1 &')"},
        flag=LEFT,
    ),
    outliving(
        "a program that nobody waits for",
        {
            FIRST: f"import subprocess\nsubprocess.Popen(['sleep', '{SECONDS}'], "
            "start_new_session=True, stdin=-3, stdout=-3)"
        },
        flag=LEFT,
    ),
    outliving("a daemon that holds the wire", {FIRST: WIRE}, flag=LEFT),
    outliving(
        "a daemon started while it is asked",
        {FIRST: DAEMON.replace("\ndaemon()\n", "\n")},
        {MOMENTUM: "daemon()\nreturn None"},
        flag=LEFT,
    ),
    outliving(
        "a daemon just before it leaves",
        {LAST: DAEMON + "os._exit(0)"},
        flag="ended its own process",
    ),
    outliving(
        "a thread that goes on",
        {
            FIRST: f"import threading, time\n"
            f"threading.Thread(target=time.sleep, args=({SECONDS},)).start()"
        },
    ),
    outliving(
        "work that waits for its end",
        {FIRST: f"import atexit, time\natexit.register(time.sleep, {SECONDS})"},
    ),
)
