"""What a child can and cannot do without namespaces, of a user and of a container's root."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from autograder.sandbox.isolation import Level, landlock
from autograder.sandbox.isolation.calls import seccomp
from autograder.sandbox.isolation.confined.enclosure import visible
from tests.sandbox.isolation.inside import AT_EVERY_LEVEL, GIVEN, GIVEN_SAYS
from tests.sandbox.isolation.test_isolation_deaths import BUSY, ends_within
from tests.support.zygotes import confined

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (sys.platform == "linux" and landlock.usable() and seccomp.available()),
        reason="this kernel has no Landlock or no seccomp",
    ),
]

SECRET = "what no student may read"
# As the kernels of 5.13, 5.19 and 6.2 have it, and the newest that is known here.
VERSIONS = [version for version in (1, 2, 3, landlock.NEWEST) if version <= landlock.usable()]
INSIDE = {
    **AT_EVERY_LEVEL,
    "starts_in_an_empty_folder": ("print(os.listdir())", "[]"),
    "may_write_temporary_files": (
        "import tempfile; print(tempfile.TemporaryFile().write(b'12'))",
        "2",
    ),
    "can_have_a_pair_of_sockets": (
        "import socket; a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1))",
        "b'x'",
    ),
    "can_copy_a_file": (
        "import shutil; Path('a').touch(); shutil.copy('a', 'b'); print(sorted(os.listdir()))",
        "['a', 'b']",
    ),
    "can_copy_a_file_with_its_times_and_a_folder": (
        "import shutil; os.mkdir('a'); Path('a/b').touch(); shutil.copy2('a/b', 'c'); "
        "shutil.copytree('a', 'd'); print(sorted(os.listdir()), os.listdir('d'))",
        "['a', 'c', 'd'] ['b']",
    ),
    "can_touch_a_file_by_a_program": (
        "import subprocess; print(subprocess.run(['touch', 'a']).returncode, os.listdir())",
        "0 ['a']",
    ),
    "cannot_list_the_root": ("os.listdir('/')", "PermissionError 13"),
    "cannot_list_temporary_files_of_others": ("os.listdir('/tmp')", "PermissionError 13"),
    "cannot_list_processes": ("os.listdir('/proc')", "PermissionError 13"),
    "cannot_read_of_its_parent": (
        "open(f'/proc/{os.getppid()}/environ')",
        "PermissionError 13",
    ),
    "cannot_see_the_network_of_the_machine": ("open('/proc/self/net/tcp')", "PermissionError 13"),
    "cannot_share_memory": ("Path('/dev/shm/x').touch()", "PermissionError 13"),
    "cannot_have_a_socket": ("import socket; socket.socket()", "PermissionError 1"),
    "cannot_have_datagrams_to_anyone": (
        "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "PermissionError 1",
    ),
    "cannot_signal_its_parent": ("os.kill(os.getppid(), 0)", "PermissionError 1"),
    "cannot_signal_everybody": ("import signal; os.kill(os.getpid(), 0); os.kill(1, 0)",
                                "PermissionError 1"),
    "cannot_limit_its_parent": (
        "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "PermissionError 1",
    ),
    "cannot_change_its_parents_priority": (
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        "PermissionError 1",
    ),
    "cannot_tell_another_processes_group_or_priority": (
        """
calls = (os.getpgid, 1), (os.getsid, 1), (os.sched_getscheduler, 1), (os.sched_getparam, 1)
for call, *arguments in (*calls, (os.getpriority, os.PRIO_PROCESS, 1)):
    assert call(*[0] * len(arguments)) is not None
    try:
        print(call(*arguments))
    except PermissionError:
        print(end=".")
print()
""",
        ".....",
    ),
    "cannot_hide_from_who_looks_at_its_files": (
        "import ctypes; print(ctypes.CDLL(None).prctl(4, 0, 0, 0, 0))",
        "-1",
    ),
    "cannot_set_times": ("Path('a').touch(); os.utime('a')", "PermissionError 1"),
    "only_seems_to_set_times": (
        "Path('a').touch(); os.utime('a', (1, 1)); print(os.stat('a').st_mtime > 1)",
        "True",
    ),
}  # fmt: skip


@pytest.fixture(params=["ordinary user", "root of a container"])
def someone(request, tmp_path):
    return confined(request.param, tmp_path)


@pytest.fixture
def secret(tmp_path_factory):
    """A file that everybody might read and write, but for the isolation."""
    path = tmp_path_factory.mktemp("outside") / "secret.txt"
    for place in path.parents:
        if "pytest-" in str(place):
            place.chmod(0o755)
    path.write_text(SECRET)
    path.chmod(0o666)
    return path


def as_version(version: int) -> dict[str, str]:
    """Return what has a zygote ask for no more than an older kernel gives."""
    source = "from autograder.sandbox.isolation import landlock; landlock.NEWEST = "
    return {"before": f"{source}{version}"}


def test_all_that_a_child_can_and_cannot_do(someone):
    children = "".join(
        f"print({name!r}); ended(child({lines!r})); enclosure.clear()\n"
        for name, (lines, _) in INSIDE.items()
    )
    said = someone.zygote(children, level=Level.LANDLOCK).splitlines()
    found = dict(zip(said[::2], said[1::2], strict=True))
    assert found == {name: expected for name, (_, expected) in INSIDE.items()}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_outside_is_out_of_reach_whatever_landlocks_version(version, secret, someone):
    lines = f"""
import signal
def tried(action, *arguments):
    try:
        action(*arguments)
    except OSError as error:
        return type(error).__name__
PATH = {str(secret)!r}
cut = os.O_RDONLY | os.O_TRUNC
for action in (open, os.remove, os.truncate, os.chmod, os.utime, os.link, os.rename):
    tried(action, PATH, *{{os.truncate: [0], os.chmod: [0], os.utime: [(1, 1)], os.link: ["x"],
                          os.rename: ["y"]}}.get(action, []))
tried(os.open, PATH, cut)
tried(os.open, PATH, os.O_TRUNC | 3)
print(tried(open, PATH), tried(os.open, PATH, cut), tried(os.kill, os.getppid(), 0))
os.kill(os.getpid(), 0)
Path("a").write_text("b" * 9)
Path("a").write_text("c")
print(Path("a").read_text(), os.getpid() == os.getsid(0))
"""
    before = secret.stat()
    said = someone.zygote(f"ended(child({lines!r}))", level=Level.LANDLOCK, **as_version(version))
    refused = "PermissionError"
    assert said == f"{refused} {refused} {refused}\nc True"
    after = secret.stat()
    assert secret.read_text() == SECRET
    assert (after.st_mode, after.st_mtime) == (before.st_mode, before.st_mtime)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_large_file_is_read_by_all_children_and_changed_by_none(version, someone):
    said = someone.zygote(GIVEN, level=Level.LANDLOCK, **as_version(version))
    assert said.splitlines() == GIVEN_SAYS


@pytest.mark.parametrize("version", [1, landlock.NEWEST])
def test_a_daemon_ends_and_folders_go_however_they_were_left(version, someone):
    work = BUSY.replace('time.sleep(20)\n"', "") + "\n"
    lines = f"""
import time
pid = child({work!r})
time.sleep(0.7)
enclosure.kill(pid)
print(ended(pid), enclosure.clear(), enclosure.others())
left = "os.makedirs('a/b/c', mode=0); Path('d').touch()"
ended(child(left))
print(enclosure.clear())
ended(child("print(os.listdir())"))
print(enclosure.folder.parents[1])
"""
    said = someone.zygote(lines, level=Level.LANDLOCK, **as_version(version)).splitlines()
    assert said[:-1] == ["daemon", "-9 True []", "False", "[]"]
    assert not Path(said[-1]).exists()


def test_a_chain_in_which_each_starts_the_next_comes_to_an_end(someone):
    work = """
def go_on():
    while True:
        try:
            if os.fork():
                os._exit(0)
            os.setsid()
        except OSError:
            pass
go_on()
"""
    lines = f"""
import time
pid = child({work!r})
time.sleep(0.3)
ended(pid)
print(enclosure.clear(), enclosure.others())
"""
    assert someone.zygote(lines, level=Level.LANDLOCK) == "True []"


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "term"])
def test_killing_who_looks_after_the_zygote_ends_all_of_it(blow, someone):
    wait = """
import select
select.select([enclosure.gone], [], [])
enclosure.leave()
"""
    lines = f"pid = child({BUSY!r}); print(enclosure.folder.parents[1], flush=True)\n{wait}"
    with someone.start(lines, level=Level.LANDLOCK) as process:
        said = {process.stdout.readline(), process.stdout.readline()}
        assert "daemon\n" in said
        process.send_signal(blow)
        assert ends_within(process.stdout, 10)
    (place,) = said - {"daemon\n"}
    assert not Path(place.strip()).exists()


def test_more_processes_than_allowed_cannot_be_started(someone):
    work = """
import time
count = 0
try:
    while count < 200:
        if os.fork() == 0:
            time.sleep(20)
        count += 1
except BlockingIOError:
    # Other tests' processes of the same user count too, and may end meanwhile.
    print(8 <= count <= 100)
"""
    lines = f"ended(child({work!r}, Limits(processes=16))); enclosure.clear()"
    assert someone.zygote(lines, level=Level.LANDLOCK) == "True"


def test_no_two_submissions_have_one_user_at_once(tmp_path):
    someone = confined("root of a container", tmp_path)
    few = "from autograder.sandbox.isolation.confined import ownership; "
    few += "ownership.USERS = [40_001] * 19 + [40_002]"
    lines = """
import time
ended(child("print(os.getuid())"))
time.sleep(3)
enclosure.clear()
"""
    with (
        someone.start(lines, level=Level.LANDLOCK, before=few) as one,
        someone.start(lines, level=Level.LANDLOCK, before=few) as other,
    ):
        users = {process.communicate(timeout=60)[0] for process in (one, other)}
    assert users == {"40001\n", "40002\n"}


def test_root_that_may_not_act_for_others_is_told_to_be_an_ordinary_user(tmp_path):
    someone = confined("root without capabilities", tmp_path)
    with someone.start("", level=Level.LANDLOCK) as process:
        said = process.communicate(timeout=60)[1]
    assert "root without CHOWN, DAC_OVERRIDE, KILL, SETGID, SETUID cannot give each" in said
    assert said.rstrip().endswith("grade as an ordinary user, who needs no capability")


def test_what_is_hidden_inside_something_shown_is_not_allowed(tmp_path):
    for name in ("shown/data", "shown/course/secret", "shown/other/file"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shown = tmp_path / "shown"
    assert sorted(visible([shown], [shown / "course"])) == [shown / "data", shown / "other"]
    with pytest.raises(OSError, match="both shown and hidden"):
        visible([shown], [shown])
    assert os.getpid() and time.monotonic()
