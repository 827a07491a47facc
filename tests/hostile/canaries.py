"""Secrets planted where no student may read, and listeners that nobody may reach."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import Course

ADD_STUDENT = """
import sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///" + sys.argv[1]) as gradebook:
    gradebook.add_student("someone-else", last_name=sys.argv[2])
"""


def canary() -> str:
    """Return a word that stands nowhere else."""
    return f"canary-{secrets.token_hex(8)}"


@dataclass(frozen=True)
class Planted:
    """Where secrets are: by place, with what the grading command's environment must hold."""

    home: Path
    words: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


def plant(course: Course, home: Path) -> Planted:
    """Put a canary into the course, the gradebook, the home folder and the environment."""
    places = ("course", "gradebook", "home", "environment", "submission")
    words = {place: canary() for place in places}
    (course.root / "secret.txt").write_text(words["course"])
    home.mkdir()
    (home / ".secret").write_text(words["home"])
    book = str(course.root / "gradebook.db")
    command = [sys.executable, "-W", "ignore", "-c", ADD_STUDENT, book, words["gradebook"]]
    subprocess.run(command, check=True)
    environment = {"HOME": str(home), "COURSE_SECRET": words["environment"]}
    return Planted(home, words, environment)


@dataclass(frozen=True)
class Listeners:
    """Sockets on this machine that hear whether anybody calls.

    Attributes
    ----------
    places : dict
        Where they listen, as the attacks name it.
    """

    places: dict[str, str]
    _sockets: tuple[socket.socket, ...]

    def callers(self) -> list[str]:
        """Return which of them were called."""
        return [name for name, sock in zip(self.places, self._sockets, strict=True) if _heard(sock)]


@contextlib.contextmanager
def listeners(folder: Path) -> Iterator[Listeners]:
    """Listen on the loopback addresses and on Unix sockets, for nobody to reach."""
    abstract = f"autograder-test-{secrets.token_hex(4)}"
    addresses = {
        "TCP": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "TCP6": (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0)),
        "UDP": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        "UNIX": (socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "listener")),
        "ABSTRACT": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{abstract}"),
    }
    with contextlib.ExitStack() as stack:
        places, sockets = {}, []
        for name, (family, kind, address) in addresses.items():
            sock = stack.enter_context(socket.socket(family, kind))
            sock.bind(address)
            sock.setblocking(False)
            if kind == socket.SOCK_STREAM:
                sock.listen()
            where = sock.getsockname()
            places[name] = str(where[1]) if isinstance(where, tuple) else str(address).lstrip("\0")
            sockets.append(sock)
        yield Listeners(places, tuple(sockets))


def _heard(sock: socket.socket) -> bool:
    try:
        if sock.type == socket.SOCK_DGRAM:
            return bool(sock.recv(1))
        sock.accept()[0].close()
    except BlockingIOError:
        return False
    return True
