"""What a child of an isolated zygote can and cannot do, for root and for an ordinary user."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.sandbox.isolation import (
    Level,
    Limits,
    missing,
    probing,
    surroundings,
)
from autograder.sandbox.isolation.calls.syscalls import IsolationError
from autograder.sandbox.isolation.entering import enter_zygote
from autograder.sandbox.isolation.parts import namespace_ids
from tests.sandbox.isolation.inside import AT_EVERY_LEVEL, GIVEN, GIVEN_SAYS
from tests.support.zygotes import user

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's"),
]

SYSCALL = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def tried(name, *arguments):
    answer = getattr(libc, name)(*arguments)
    return answer if answer >= 0 else errno.errorcode[ctypes.get_errno()]
"""
# Signals go to everything in reach, so they are armed by a second proof of the namespace.
ARMED = f"""
import signal
assert os.getpid() == 1 and os.readlink("/proc/self/ns/pid") != {namespace_ids().get("pid")!r}
"""


@pytest.fixture(params=["me", "nobody"])
def someone(request):
    return user(request.param)


INSIDE = {
    **AT_EVERY_LEVEL,
    "is_process_one": ("print(os.getpid(), os.getppid())", "1 0"),
    "is_an_ordinary_user": ("print(os.getuid(), os.getgid())", "1000 1000"),
    "has_a_name": ("import getpass; print(getpass.getuser())", "student"),
    "starts_in_an_empty_folder": ("print(os.getcwd(), os.listdir())", "/hand-in []"),
    "may_write_in_tmp": ("import tempfile; print(tempfile.TemporaryFile().write(b'12'))", "2"),
    "sees_only_its_own_processes": (
        "print([name for name in os.listdir('/proc') if name.isdigit()])",
        "['1']",
    ),
    "cannot_write_to_the_root": ("Path('/x').touch()", "OSError 30"),
    "cannot_become_root": ("os.setuid(0)", "OSError 22"),
    "cannot_have_shared_memory_unbounded": ("os.memfd_create('x')", "PermissionError 1"),
    "cannot_make_named_pipes": ("os.mkfifo('x')", "PermissionError 13"),
    "cannot_leave_the_network_namespace": (
        "import socket; socket.socket(getattr(socket, 'AF_VSOCK', 40))",
        "OSError 97",
    ),
    "cannot_talk_to_the_kernel_by_netlink": (
        "import socket; socket.socket(socket.AF_NETLINK)",
        "OSError 97",
    ),
    "cannot_have_namespaces": (SYSCALL + "print(tried('unshare', 0x10000000))", "EPERM"),
    "cannot_mount": (SYSCALL + "print(tried('mount', b'none', b'/tmp', b'tmpfs', 0, 0))", "EPERM"),
    "cannot_use_clone3": (SYSCALL + "print(tried('syscall', 435, 0, 0))", "ENOSYS"),
    "cannot_clone_into_a_namespace": (
        SYSCALL + "print(tried('syscall', {'x86_64': 56}.get(os.uname().machine, 220), "
        "0x10000000 | 17, 0, 0, 0, 0))",
        "EPERM",
    ),
    "has_an_environment_of_nothing": ("print(sorted(os.environ))", "['LC_CTYPE']"),
    "may_signal_its_own": (
        ARMED + "signal.signal(15, signal.SIG_IGN); os.kill(-1, 15); print('sent')",
        None,
    ),
}


@pytest.mark.parametrize("name", INSIDE)
def test_a_child(name, someone):
    lines, expected = INSIDE[name]
    said = someone.child(lines)
    if expected is None:
        # kill(-1) finds nobody but the sender: there is no process to signal.
        assert said in ("sent", "ProcessLookupError 3")
    else:
        assert said == expected


def test_a_signal_to_the_group_does_not_reach_the_zygote(someone):
    work = ARMED + "signal.signal(15, signal.SIG_IGN); os.kill(0, 15)"
    lines = "import signal; signal.signal(15, lambda *_: print('hit')); "
    assert someone.zygote(lines + f"print(ended(child({work!r})))") == "0"


def test_a_child_starts_with_an_empty_folder_whatever_the_last_one_left(someone):
    lines = "for _ in range(2): ended(child(\"print(os.listdir()); Path('a').touch()\"))"
    assert someone.zygote(lines) == "[]\n[]"


def test_children_at_the_same_time_do_not_see_each_other(someone):
    first = "import time; Path('a').touch(); Path('/tmp/a').touch(); time.sleep(1)"
    second = (
        "import time; time.sleep(0.5); pids = [n for n in os.listdir('/proc') if n.isdigit()]; "
        "print(os.listdir(), os.path.exists('/tmp/a'), pids)"
    )
    lines = f"[ended(pid) for pid in (child({first!r}), child({second!r}))]"
    assert someone.zygote(lines) == "[] False ['1']"


def test_a_large_file_is_read_by_all_children_and_changed_by_none(someone):
    assert someone.zygote(GIVEN).splitlines() == GIVEN_SAYS


def test_the_folder_is_bounded(someone):
    work = "Path('a').write_bytes(bytes(3 << 20))"
    limits = "Limits(folder_bytes=1 << 20)"
    assert someone.zygote(f"ended(child({work!r}, {limits}))") == "OSError 28"


def test_a_file_is_bounded(someone):
    work = "Path('a').write_bytes(bytes(3 << 20))"
    assert someone.zygote(f"ended(child({work!r}, Limits(file_bytes=1 << 20)))") == "OSError 27"


def test_memory_is_bounded(someone):
    limits = "Limits(memory_bytes=64 << 20)"
    said = someone.zygote(f"ended(child('bytearray(128 << 20)', {limits}))")
    assert said.startswith("MemoryError")


def test_processor_time_is_bounded(someone):
    work = "import time\nwhile time.process_time() < 3: pass\nprint('still here')"
    said = someone.zygote(f"print(ended(child({work!r}, Limits(cpu_seconds=1))))")
    assert said == str(-signal.SIGKILL)


@pytest.fixture
def shared(tmp_path_factory):
    """A folder below /tmp or wherever temporary folders are, that everybody may look into."""
    folder = tmp_path_factory.mktemp("shared")
    for place in (folder, *folder.parents):
        if "pytest-" in str(place):  # the folders that pytest made for itself alone
            place.chmod(0o755)
    (folder / "shown" / "private").mkdir(parents=True)
    (folder / "shown" / "data.txt").write_text("data")
    # Everybody might write it, but for the isolation.
    (folder / "shown" / "data.txt").chmod(0o666)
    (folder / "shown" / "private" / "grades").write_text("1")
    (folder / "beside").touch()
    return folder


def test_what_is_shown_is_at_its_own_place_and_cannot_be_changed(someone, shared):
    path = shared / "shown" / "data.txt"
    lines = f"path = Path({str(path)!r}); print(path.read_text(), os.listdir({str(shared)!r})); "
    said = someone.child(lines + "path.open('a')", shown=[shared / "shown"])
    assert said == "data ['shown']\nOSError 30"


def test_what_is_hidden_inside_something_shown_is_not_there(someone, shared):
    private = shared / "shown" / "private"
    hidden = [private, shared / "shown" / "data.txt"]
    lines = f"print(os.path.exists({str(private / 'grades')!r})); open({str(hidden[1])!r})"
    said = someone.child(lines, shown=[shared / "shown"], hidden=hidden)
    assert said == "False\nPermissionError 13"


def test_what_is_hidden_cannot_be_shown(someone, shared):
    with someone.start("", shown=[shared], hidden=[shared]) as process:
        assert "both shown and hidden" in process.communicate()[1]


def test_a_folder_at_the_place_of_the_working_folder_cannot_be_shown(someone, shared):
    lines = f"entering.enter_zygote(level, [Path({str(shared)!r})], {str(shared.parent)!r})"
    start = "level = Level.NAMESPACES; " + lines
    outcome = subprocess.run(
        [someone.python, "-I", "-B", "-c", textwrap.dedent(_imports(start))],
        env={},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **someone.options,
    )
    assert "cannot be shown" in outcome.stderr


def _imports(lines: str) -> str:
    root = os.fspath(probing.PACKAGE_FOLDER)
    return f"""
    import sys; sys.path.insert(0, {root!r})
    from pathlib import Path
    from autograder.sandbox.isolation import Level, entering
    {lines}
    """


def test_the_parts_in_force_are_named(someone):
    parts = someone.zygote("print(*parts.active_parts(enclosure))").split()
    assert {"user", "pid", "mount", "net", "ipc", "uts", "rlimits"} <= set(parts)


def test_process_level_claims_no_namespaces():
    said = user("me").zygote("print(parts.active_parts(enclosure))", level=Level.PROCESS)
    assert said == "['rlimits']"


def test_a_zygote_that_would_know_the_environment_is_refused(someone):
    with someone.start("", environment={"DATABASE_PASSWORD": "x"}) as process:
        assert "DATABASE_PASSWORD" in process.communicate()[1]


def test_a_process_with_threads_is_refused():
    lines = """
    import threading, time
    threading.Thread(target=time.sleep, args=[1], daemon=True).start()
    entering.enter_zygote(Level.NAMESPACES, [])
    """
    command = [sys.executable, "-I", "-c", textwrap.dedent(_imports("")) + textwrap.dedent(lines)]
    outcome = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
    assert "2 threads" in outcome.stderr


def test_the_grading_process_itself_is_not_isolated_by_mistake(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "x")
    with pytest.raises(IsolationError, match="DATABASE_PASSWORD"):
        enter_zygote(Level.NAMESPACES, [])


def test_the_zygote_ends_as_it_wants(someone):
    with someone.start("sys.exit(7)") as process:
        assert process.wait(10) == 7


def test_a_closed_system_is_named_with_what_opens_it(monkeypatch, tmp_path):
    monkeypatch.setattr(surroundings, "container", str)
    setting = tmp_path / "max_user_namespaces"
    setting.write_text("0\n")
    monkeypatch.setattr(probing, "_try", lambda _level: "unshare: No space left on device")
    monkeypatch.setattr(
        probing, "SETTINGS", {str(setting): ("0", "switched off", "sysctl user.max=1")}
    )
    refusal, remedy = missing()
    assert refusal == "switched off (unshare: No space left on device)"
    assert remedy.endswith("is 0: sysctl user.max=1")


@pytest.mark.parametrize(
    ("variable", "file", "place"),
    [
        ("CODESPACES", ".dockerenv", "Codespaces"),
        ("KUBERNETES_SERVICE_HOST", "", "this Kubernetes pod"),
        ("", ".dockerenv", "this Docker container"),
    ],
)
def test_in_a_container_nothing_of_the_host_is_to_be_opened(
    variable, file, place, monkeypatch, tmp_path
):
    setting = tmp_path / "apparmor_restrict_unprivileged_userns"
    setting.write_text("1\n")
    monkeypatch.setattr(probing, "SETTINGS", {str(setting): ("1", "AppArmor", "have a profile")})
    monkeypatch.setattr(probing, "_try", lambda _level: "[Errno 1] unshare: Not permitted")
    for name in surroundings.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, "x")
    if file:
        (tmp_path / file).touch()
    known = {str(tmp_path / Path(path).name): name for path, name in surroundings.FILES.items()}
    monkeypatch.setattr(surroundings, "FILES", known)
    refusal, remedy = missing()
    assert refusal.endswith(f"([Errno 1] unshare: Not permitted), in {place}")
    assert "nothing has to be opened" in remedy
    assert "AppArmor" not in refusal


def test_limits_are_plain_data():
    assert Limits().processes == 64
