"""What must be proved before an attack that could do harm is let loose.

The test proves it from outside, with the checks of `autograder doctor`; and each payload calls
`armed` of the source below first, which proves it again from inside.
"""

from __future__ import annotations

import os

from autograder.sandbox.doctor import examine, sufficient
from autograder.sandbox.isolation import Level
from tests import ROOT

NOT_ARMED = "not armed"
ARMED = "armed: shut in"
MOST_BYTES = 64 << 20
MOST_PROCESSES = 64

_GUARD = """
def armed():
    import os, resource
    def require(holds, what):
        if not holds:
            raise SystemExit("<NOT_ARMED>: " + what)
    require(os.readlink("/proc/self/ns/pid") != "<PID>", "the process ids are not private ones")
    require(os.readlink("/proc/self/ns/user") != "<USER>", "the user is not a private one")
    require(os.readlink("/proc/self/ns/net") != "<NET>", "the network is not a private one")
    processes = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    require(1 in processes and len(processes) < 80, "processes of others can be seen")
    mounts = [line.split(" - ") for line in open("/proc/self/mountinfo")]
    kinds = {head.split()[4]: tail.split()[0] for head, tail in mounts}
    for place in ("/hand-in", "/tmp"):
        room = os.statvfs(place)
        require(kinds.get(place) == "tmpfs", place + " is on a disk")
        require(room.f_blocks * room.f_frsize <= <BYTES>, place + " is not bounded")
    for kind, most in ((resource.RLIMIT_NPROC, <PROCESSES>), (resource.RLIMIT_AS, 1 << 36)):
        require(0 < resource.getrlimit(kind)[1] <= most, "a limit is missing")
armed()
print("<ARMED>")
"""


# Without namespaces: nothing to be seen, nobody to be signalled, no privilege, no end of limits.
_GUARD_APART = """
def armed():
    import os, resource, socket
    def refused(action, *arguments):
        try:
            action(*arguments)
        except OSError:
            return True
        return False
    def require(holds, what):
        if not holds:
            raise SystemExit("<NOT_ARMED>: " + what)
    for place in ("/", "/proc", "/tmp", "/var/tmp", "/dev/shm", "<HERE>"):
        require(refused(os.listdir, place), place + " can be read")
        require(refused(os.mkdir, place + "/armed-%d" % os.getpid()), place + " can be written")
    for outside in (<GRADER>, os.getppid(), 1):
        require(refused(os.kill, outside, 0), "processes outside can be sent signals")
    require(refused(socket.socket, socket.AF_INET), "there are sockets")
    require(refused(socket.socket, socket.AF_UNIX), "there are sockets")
    status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
    require(int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 0, "there are capabilities")
    require(status["NoNewPrivs"].strip() == "1" and status["Seccomp"].strip() == "2", "no seccomp")
    for kind, most in ((resource.RLIMIT_NPROC, 1 << 16), (resource.RLIMIT_AS, 1 << 36),
                       (resource.RLIMIT_FSIZE, <BYTES>)):
        require(0 < resource.getrlimit(kind)[1] <= most, "a limit is missing")
armed()
print("<ARMED>")
"""


def prove_isolation(level: Level = Level.NAMESPACES) -> list[str]:
    """Return what isolation is missing before anything destructive may run."""
    findings = examine(level=level)
    if sufficient(findings):
        return []
    return [f"{f.name}: {f.detail}" for f in findings if f.needed and not f.holds]


def guard(missing: list[str], level: Level = Level.NAMESPACES) -> str:
    """Return the cell that arms the destructive attacks, or one that only says that it does not."""
    if missing:
        text = f"{NOT_ARMED}: {missing[0]}"
        return f"def armed():\n    raise SystemExit({text!r})\nprint({text!r})"
    words = {"NOT_ARMED": NOT_ARMED, "ARMED": ARMED}
    words |= {"BYTES": str(MOST_BYTES), "PROCESSES": str(MOST_PROCESSES)}
    words |= {kind.upper(): os.readlink(f"/proc/self/ns/{kind}") for kind in ("pid", "user", "net")}
    words |= {"HERE": str(ROOT), "GRADER": str(os.getpid())}
    source = (_GUARD if level is Level.NAMESPACES else _GUARD_APART).strip()
    for name, text in words.items():
        source = source.replace(f"<{name}>", text)
    return source
