"""Run commands as a user who is nobody on this machine, with root's Python in sight."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import BIN

ORDINARY = 60_123  # no account of this machine's has it

# A Python that lies in root's own folder is shown to others, in mounts that nobody else sees.
SHOWN = """
needed=$1 closed=$2 privileges=$3 aside=$4
shift 4
if [ "$closed" != / ]; then
  mount --bind "$needed" "$aside"
  mount -t tmpfs -o mode=755 tmpfs "$closed"
  mkdir -p "$needed"
  mount --bind "$aside" "$needed"
fi
exec setpriv $privileges "$@"
"""


# Who they are and what they may do, as setpriv has it. The root of a container may do what Docker
# leaves it: nothing that would let it have namespaces.
NOBODY_ELSE = f"--reuid {ORDINARY} --regid {ORDINARY} --clear-groups --bounding-set=-all"
LEFT = (
    "chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service sys_chroot mknod"
)
ROOT_OF_A_CONTAINER = f"--bounding-set=-all,{','.join(f'+{name}' for name in LEFT.split())}"

ROOT_WITH_NOTHING = "--bounding-set=-all"


def prefix(privileges: str, aside: Path) -> tuple[str, ...]:
    """Return what starts a command with these privileges; `aside` is an empty folder to use."""
    parts = (sys.base_prefix, str(closed_folder(sys.base_prefix)), privileges, str(aside))
    return ("unshare", "--mount", "sh", "-euc", SHOWN, "sh", *parts)


def give(folder: Path) -> None:
    """Make the ordinary user the owner of a folder and of all in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, ORDINARY, ORDINARY, follow_symlinks=False)


def closed_folder(path: str) -> Path:
    """Return the first folder on the way to `path` that others may not enter, or the root."""
    ways = [folder for folder in Path(path).parents if not folder.stat().st_mode & 0o001]
    return ways[-1] if ways else Path("/")


def as_ordinary_user(
    *command: str,
    cwd: Path,
    aside: Path,
    programs: Path = BIN,
    privileges: str = NOBODY_ELSE,
) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment `programs`; `aside` is an empty folder to use."""
    return subprocess.run(
        [*prefix(privileges, aside), *command],
        cwd=cwd,
        env={
            "PATH": f"{programs}:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/tmp",
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
