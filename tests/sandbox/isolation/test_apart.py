"""Two sandboxes at once cannot tell each other anything by the files that both can read."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

import pytest

from tests.support.zygotes import user

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")

LIBC = "import ctypes, errno, fcntl, struct\nlibc = ctypes.CDLL(None, use_errno=True)\n"
SAID = "print('done' if answer >= 0 else errno.errorcode[ctypes.get_errno()])"

# What a sandbox does to a file that others see, or asks of it, and what it is told.
MARKS = {
    "a lock": ("fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB); print('done')", "done"),
    "a lock of a process": (
        "fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB); print('done')",
        "done",
    ),
    "a lock of an open file": (
        "fcntl.fcntl(file, 37, struct.pack('hhqqi4x', 0, 0, 0, 0, 0)); print('done')",
        "done",
    ),
    "a lease": ("fcntl.fcntl(file, 1024, fcntl.F_RDLCK)", "PermissionError 1"),
    "a watch": (f"answer = libc.inotify_init1(0); {SAID}", "EPERM"),
    "a watch of a folder": (
        "fcntl.fcntl(os.open(os.path.dirname(PATH), os.O_RDONLY), 1026, 1)",
        "PermissionError 1",
    ),
    "a hint": ("fcntl.fcntl(file, 1036, struct.pack('Q', 3))", "PermissionError 1"),
    "what is cached": ("os.preadv(file.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT)", "OSError 95"),
    "dropping what is cached": (
        "os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED); print('done')",
        "done",
    ),
    "the times of a file": ("os.utime(PATH)", "OSError 30"),
    "the times of a device": ("os.utime('/dev/null')", "OSError 30"),
    "writing to a device": ("print(open('/dev/null', 'wb').write(b'1'))", "1"),
}


@pytest.fixture(params=["me", "nobody"])
def someone(request):
    return user(request.param)


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """A file that everybody may read and write, but for the isolation."""
    for place in (tmp_path, *tmp_path.parents):
        if "pytest-" in str(place):
            place.chmod(0o755)
    path = tmp_path / "shown" / "data.txt"
    path.parent.mkdir()
    path.write_text("data")
    path.chmod(0o666)
    return path


def on(path: Path, lines: str) -> str:
    return f"{LIBC}PATH = {str(path)!r}\nfile = open(PATH)\n{lines}"


@pytest.mark.parametrize("name", MARKS)
def test_a_mark(name, someone, shown):
    lines, expected = MARKS[name]
    assert someone.child(on(shown, lines), shown=[shown.parent]) == expected


def test_a_lock_in_one_sandbox_is_seen_by_none(someone, shown):
    lock = "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
    hold = on(shown, f"{lock}print('held', flush=True)\nimport signal; signal.pause()")
    with someone.start(f"ended(child({hold!r}))", shown=[shown.parent]) as first:
        try:
            assert first.stdout.readline() == "held\n"
            second = someone.child(on(shown, f"{lock}print('free')"), shown=[shown.parent])
            with shown.open() as outside:
                fcntl.flock(outside, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where it is held
        finally:
            first.kill()
    assert second == "free"


def test_reading_leaves_no_time_behind(someone, shown):
    os.utime(shown, ns=(1, 2))  # so that any reading would count, as most systems are set
    someone.child(on(shown, "file.read()"), shown=[shown.parent])
    assert shown.stat().st_atime_ns == 1


def test_libraries_that_lock_work(someone):
    lines = """
import fcntl, sqlite3
for mode in ("delete", "wal"):
    with sqlite3.connect("data.db") as base:
        base.execute(f"pragma journal_mode={mode}")
        base.execute("create table if not exists t (x)")
        base.execute("insert into t values (1)")
print(base.execute("select count(*) from t").fetchone())
"""
    assert someone.child(lines) == "(2,)"
