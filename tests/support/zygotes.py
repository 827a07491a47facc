"""Run a few lines in an isolated child, as the user who runs the tests and as an ordinary one."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox.isolation import Level, missing
from tests import ROOT
from tests.support.ordinary_user import NOBODY_ELSE, ROOT_OF_A_CONTAINER, ROOT_WITH_NOTHING, prefix

NOBODY = 65534
START = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from autograder.sandbox.isolation import Level, Limits, entering, interpreter_paths, parts, places
level = Level(sys.argv[2])
shown, hidden = ([Path(path) for path in paths] for paths in json.loads(sys.argv[3]))
enclosure = entering.enter_zygote(level, shown + interpreter_paths(), hidden=hidden)

def child(work, limits=Limits()):
    sys.stdout.flush()
    pid = enclosure.fork()
    if pid == 0:
        try:
            places.close_all_but([])
            enclosure.enter(limits)
            exec(work, globals())
        except BaseException as error:
            print(type(error).__name__, getattr(error, "errno", None) or error)
        finally:
            sys.stdout.flush()
            os._exit(0)
    return pid

def ended(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
"""
KINDS = {
    "ordinary user": NOBODY_ELSE,
    "root of a container": ROOT_OF_A_CONTAINER,
    "root without capabilities": ROOT_WITH_NOTHING,
}
PROBE = "import sys; sys.path.insert(0, sys.argv[1]); import autograder.sandbox.isolation"


@dataclass(frozen=True)
class User:
    """Who starts a zygote, and with which Python."""

    python: str
    options: dict[str, Any]
    prefix: tuple[str, ...] = ()

    def start(
        self,
        lines: str,
        level: Level = Level.NAMESPACES,
        shown: Sequence[Path] = (),
        hidden: Sequence[Path] = (),
        environment: dict[str, str] | None = None,
        before: str = "",
    ) -> subprocess.Popen[str]:
        """Start a zygote that goes on with `lines`, where `child(source)` forks a child.

        What is to be done before it is shut in stands in `before`.
        """
        source = START.replace("level = Level(", f"{before}\nlevel = Level(") + lines
        paths = json.dumps([[*map(str, shown)], [*map(str, hidden)]])
        return subprocess.Popen(
            [*self.prefix, self.python, "-I", "-B", "-c", source, str(ROOT), level, paths],
            env=environment or ({"PATH": os.environ["PATH"]} if self.prefix else {}),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **self.options,
        )

    def zygote(self, lines: str, **options: Any) -> str:
        """Return what a zygote and its children print."""
        with self.start(lines, **options) as process:
            out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return out.strip()

    def child(self, lines: str, **options: Any) -> str:
        """Return what one isolated child prints."""
        return self.zygote(f"ended(child({lines!r}))", **options)


@functools.cache
def user(name: str) -> User:
    """Return the user who runs the tests, or an ordinary one; skip where there is none."""
    if name == "me":
        if missing():
            pytest.skip(f"no isolation for this user: {missing()[0]}")
        return User(sys.executable, {})
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            subprocess.run([python, "-I", "-B", "-c", PROBE, ROOT], cwd="/", check=True, **options)
        except (OSError, subprocess.CalledProcessError):
            continue
        return User(python, options)
    pytest.skip("no Python that an ordinary user may run can read this repository")


def confined(kind: str, aside: Path) -> User:
    """Return who does without namespaces, by name: see `KINDS`."""
    if os.geteuid() != 0:
        if kind != "ordinary user":
            pytest.skip("only root can play it")
        return User(sys.executable, {})
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is not installed")
    return User(sys.executable, {}, (*prefix(KINDS[kind], aside), "env", "-i"))
