"""Reading what lies outside: files, processes, environments, and whatever listens."""

from tests.hostile.attack import Attack
from tests.hostile.attacks.reading import looks

PIDS = """
def pids():
    try:
        return [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return [str(pid) for pid in (1, os.getppid(), os.getppid() - 1, os.getppid() - 2)]
"""
WALK = """
def walk(top, most=2000):
    for folder, _, names in os.walk(top):
        for name in names:
            most -= 1
            if most < 0:
                return
            look_at_file(os.path.join(folder, name))
    print("looked at", top)
"""
CALL = """
import socket
def call(family, kind, address):
    try:
        with socket.socket(family, kind) as caller:
            caller.settimeout(1)
            caller.connect(address)
            caller.send(b"hello from inside")
            print("REACHED", address)
    except OSError as error:
        print("looked at", address, error.strerror)
"""
NETWORK = "tried to open the network"
OUTSIDE = "outside its folder"


def calls(name: str, source: str) -> Attack:
    """Return an attack that calls a listener which the test has started."""
    return looks(name, CALL + source, flag=NETWORK)


ATTACKS = (
    looks("the course folder", WALK + "walk('<COURSE>')", flag=OUTSIDE),
    looks(
        "the gradebook",
        """
import sqlite3
look_at_file("<COURSE>/gradebook.db")
try:
    with sqlite3.connect("file:<COURSE>/gradebook.db?mode=ro", uri=True) as book:
        look(book.execute("select * from student").fetchall(), "students")
except sqlite3.Error as error:
    print("looked at", error)
""",
        flag=OUTSIDE,
    ),
    looks(
        "other submissions",
        WALK + "walk('<COURSE>/submitted')\nwalk('<COURSE>/autograded')\nwalk('..')",
        flag=OUTSIDE,
    ),
    looks(
        "links to what lies outside",
        """
for aim in ("<COURSE>/secret.txt", "<HOME>/.secret", "/proc/1/root<HOME>/.secret"):
    name = "link%d" % len(aim)
    os.symlink(aim, name)
    look_at_file(name)
""",
    ),
    looks(
        "ways up out of its root folder",
        """
for path in ("../" * 20 + "<HOME>/.secret", "/proc/self/root/<HOME>/.secret",
             "/proc/1/cwd/../../..<HOME>/.secret", "/dev/fd/../../..<HOME>/.secret"):
    look_at_file(path)
for handle in range(256):
    try:
        found = os.open("<HOME>/.secret".lstrip("/"), os.O_RDONLY, dir_fd=handle)
        look(os.read(found, 1000), "descriptor")
    except OSError:
        pass
""",
        flag=OUTSIDE,
    ),
    looks(
        "the environment of every process",
        PIDS
        + """
look(dict(os.environ), "environment")
for pid in pids():
    look_at_file(f"/proc/{pid}/environ")
""",
        flag="/proc",
    ),
    looks(
        "the home folder",
        WALK
        + """
import pwd
for folder in {os.path.expanduser("~"), "<HOME>", "/root", "/home", *(e.pw_dir for e in pwd.getpwall())}:
    walk(folder)
""",
        flag=OUTSIDE,
    ),
    looks(
        "the folders and files of other processes",
        PIDS
        + WALK
        + """
for pid in pids():
    for part in ("cmdline", "status", "maps", "cwd", "root/etc/passwd", "fd", "environ", "mem"):
        look_at_file(f"/proc/{pid}/{part}")
    walk(f"/proc/{pid}/fd", 50)
print("processes", pids())
""",
        flag="/proc",
    ),
    looks(
        "memory that processes share",
        WALK
        + """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for key in range(64):
    handle = libc.shmget(key, 1, 0)
    print("REACHED a segment" if handle > 0 else "", end="")
walk("/dev/shm")
look_at_file("/proc/self/mountinfo")
""",
    ),
    looks(
        "whatever its standard streams lead to",
        """
for handle in range(3):
    try:
        look(os.pread(handle, 1_000_000, 0), f"stream {handle}")
    except OSError as error:
        print("looked at stream", handle, error.strerror)
    print("REACHED a file" if os.path.isfile(f"/proc/self/fd/{handle}") else "no file")
""",
    ),
    looks(
        "the system's secrets",
        "for path in ('/etc/shadow', '/etc/ssh', '/var/log/syslog', '/sys/kernel/notes', '/proc/kcore', '/proc/kmsg', '/dev/mem'):\n    look_at_file(path)",
    ),
    calls("a listener on IPv4", "call(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', <TCP>))"),
    calls("a listener on IPv6", "call(socket.AF_INET6, socket.SOCK_STREAM, ('::1', <TCP6>))"),
    calls(
        "a listener for datagrams", "call(socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', <UDP>))"
    ),
    calls("a Unix socket", "call(socket.AF_UNIX, socket.SOCK_STREAM, '<UNIX>')"),
    calls("an abstract Unix socket", "call(socket.AF_UNIX, socket.SOCK_STREAM, '\\0<ABSTRACT>')"),
    looks(
        "sockets of uncommon families",
        """
import socket
for family in (socket.AF_PACKET, socket.AF_NETLINK, socket.AF_VSOCK, 38):
    try:
        socket.socket(family, socket.SOCK_RAW)
        print("REACHED family", family)
    except OSError as error:
        print("looked at family", family, error.strerror)
""",
    ),
    looks(
        "a listener through a shell command",
        """
!echo hello > /dev/tcp/127.0.0.1/<TCP>
!bash -c 'echo hello > /dev/tcp/127.0.0.1/<TCP>' ; echo "looked at a shell"
""",
        flag="started other processes",
    ),
)
