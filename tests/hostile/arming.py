"""What must be proved before an attack that could do harm is let loose.

The test proves it from outside, with the checks of `autograder doctor`; and each payload calls
`armed` of the source below first, which proves it again from inside.
"""

from __future__ import annotations

import os

from autograder.sandbox.doctor import examine, sufficient

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


def prove_isolation() -> list[str]:
    """Return what isolation is missing before anything destructive may run."""
    findings = examine()
    if sufficient(findings):
        return []
    return [f"{f.name}: {f.detail}" for f in findings if f.needed and not f.holds]


def guard(missing: list[str]) -> str:
    """Return the cell that arms the destructive attacks, or one that only says that it does not."""
    if missing:
        text = f"{NOT_ARMED}: {missing[0]}"
        return f"def armed():\n    raise SystemExit({text!r})\nprint({text!r})"
    words = {"NOT_ARMED": NOT_ARMED, "ARMED": ARMED}
    words |= {"BYTES": str(MOST_BYTES), "PROCESSES": str(MOST_PROCESSES)}
    words |= {kind.upper(): os.readlink(f"/proc/self/ns/{kind}") for kind in ("pid", "user", "net")}
    source = _GUARD.strip()
    for name, text in words.items():
        source = source.replace(f"<{name}>", text)
    return source
