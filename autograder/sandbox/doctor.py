"""What isolation this machine gives: each part is tried for real in a child of a zygote."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.sandbox.isolation import Level, Limits, missing
from autograder.sandbox.isolation.parts import namespace_ids
from autograder.sandbox.isolation.probing import PACKAGE_FOLDER
from autograder.sandbox.isolation.trying.checks import FOLDER, checks_of
from autograder.sandbox.isolation.trying.facts import Facts
from autograder.sandbox.launching import visible_paths

if TYPE_CHECKING:
    from rich.table import Table

EXAMINATION_SECONDS = 60
# Small, so that filling and spinning take no time.
LIMITS = Limits(processes=32, file_bytes=4 << 20, folder_bytes=8 << 20)
ENTRIES = 50
BOOTSTRAP = """
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.isolation import Level
from autograder.sandbox.isolation.trying import examination
examination.main(Level(sys.argv[2]), sys.argv[3:])
"""
# Kept beside the namespaces where the kernel has them: `grade` does without.
OPTIONAL = {
    "landlock": "a kernel of 5.13 or later with landlock in its list of security modules",
    "seccomp": "a kernel with CONFIG_SECCOMP_FILTER, on x86_64 or aarch64",
}
REMEDY = "update the kernel, or grade on another machine or in a virtual one"


@dataclass(frozen=True)
class Finding:
    """One part of the isolation, as it was found.

    Parameters
    ----------
    name : str
        The part.
    holds : bool
        Whether what it should refuse was tried, and refused.
    needed : bool
        Whether `grade` refuses to run without it.
    detail : str
        What was found.
    remedy : str
        What to do if it does not hold.
    """

    name: str
    holds: bool
    needed: bool
    detail: str
    remedy: str = ""


def examine(
    course: Path | None = None, level: Level = Level.NAMESPACES, *, quick: bool = False
) -> list[Finding]:
    """Try every part of the isolation from inside, and tell what was found.

    Nothing outside is changed. What could do harm without isolation is tried only after the
    isolation it needs is proved; connections go only to listeners that this function starts.

    Parameters
    ----------
    course : Path, optional
        A folder that must not be seen.
    level : Level
        With `PROCESS` it tells what a notebook could do without namespaces.
    """
    closed = missing(level) if level is not Level.PROCESS else []
    if closed:
        return [Finding(level, False, True, closed[0], "; ".join(closed[1:]))]
    with (
        tempfile.TemporaryDirectory(prefix="autograder-doctor-") as folder,
        _listeners(Path(folder)) as (addresses, sockets),
    ):
        facts = _facts(course, Path(folder), addresses, sockets)
        facts = replace(facts, hides_names=level is not Level.LANDLOCK, quick=quick)
        return _findings(_ask(level, facts), _expected(level, quick), level)


def sufficient(findings: Sequence[Finding]) -> bool:
    """Tell whether everything that `grade` needs holds."""
    return all(finding.holds for finding in findings if finding.needed)


def summary(found: Mapping[Level, Sequence[Finding]], best: Level | None) -> str:
    """Say which level this machine gives, and why no stronger one."""
    sentences = []
    for level, findings in found.items():
        if level is best:
            break
        lacking = next(part for part in findings if part.needed and not part.holds)
        remedy = f" {_sentence(lacking.remedy)}." if lacking.remedy else ""
        sentences.append(f"Not {level}: {lacking.detail}.{remedy}")
    given = f"This machine gives the isolation that grading needs, by the level {best}."
    none = "This machine gives less than the isolation that grading needs."
    pointer = [] if best is Level.NAMESPACES else ["docs/where.md says what to do where."]
    return " ".join([given if best else none, *sentences, *pointer])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_table(findings: Sequence[Finding], title: str) -> Table:
    """Lay the findings out for a reader, with what to do where something does not hold."""
    # Examining itself needs no more than a bare Python.
    from rich.markup import escape
    from rich.table import Table

    table = Table("part", "holds", "found", title=title, title_justify="left")
    for finding in findings:
        needed = "NO" if finding.needed else "no, not needed"
        remedy = f". {_sentence(finding.remedy)}" if finding.remedy else ""
        holds = "yes" if finding.holds else needed
        table.add_row(finding.name, holds, escape(finding.detail + remedy))
    return table


def _facts(
    course: Path | None, folder: Path, addresses: list[tuple[str, int]], sockets: list[str]
) -> Facts:
    secret = folder / "secret.txt"
    secret.write_text("what no student may read")
    folder.chmod(0o777)
    files = {
        "course folder": _entries(course),
        "home folder": _entries(Path.home()),
        "system's secrets": ["/etc/shadow", "/etc/ssh", "/root/.ssh", "/var/log", "/sys/kernel"],
        "other files": [str(secret)],
    }
    return Facts(files, str(folder), addresses, sockets, os.getpid(), namespace_ids(), LIMITS)


def _entries(folder: Path | None) -> list[str]:
    """Return what lies in a folder, without what an interpreter below it has to show."""
    # Users of the system may have the root as their home.
    if folder is None or folder == Path("/") or not folder.is_dir():
        return []
    ancestors = {parent for path in visible_paths() for parent in (path, *path.absolute().parents)}
    return [str(path) for path in sorted(folder.iterdir()) if path not in ancestors][:ENTRIES]


@contextlib.contextmanager
def _listeners(folder: Path) -> Iterator[tuple[list[tuple[str, int]], list[str]]]:
    """Listen on both loopback addresses and on Unix sockets, and yield where."""
    with contextlib.ExitStack() as stack:
        addresses = []
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with contextlib.suppress(OSError):
                server = stack.enter_context(socket.create_server((host, 0), family=family))
                addresses.append((host, server.getsockname()[1]))
        names = [str(folder / "socket")]
        if sys.platform == "linux":
            names.append(f"\0{folder}")
        for name in names:
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(name)
            listener.listen()
        os.chmod(names[0], 0o777)
        yield addresses, names


def _ask(level: Level, facts: Facts) -> dict[str, dict]:
    """Start the zygote, hand it the facts, and return what its checks said, by name."""
    command = [sys.executable, "-I", "-c", BOOTSTRAP, str(PACKAGE_FOLDER), level]
    try:
        outcome = subprocess.run(
            [*command, *map(str, visible_paths())],
            input=json.dumps(asdict(facts)),
            env={},
            capture_output=True,
            text=True,
            check=False,
            timeout=EXAMINATION_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"start": {"found": f"no answer within {EXAMINATION_SECONDS} s"}}
    answers = [json.loads(line) for line in outcome.stdout.splitlines()]
    if outcome.returncode != 0:
        answers.append({"name": "start", "found": outcome.stderr.strip()[-500:]})
    return {answer["name"]: answer for answer in answers}


def _expected(level: Level, quick: bool) -> list[str]:
    """Return what has to be tried at a level, by name."""
    slow = [] if quick else ["outliving", "processor time"]
    return [*checks_of(level), *([FOLDER] if level is Level.LANDLOCK else []), *slow]


def _findings(
    answers: dict[str, dict], expected: Sequence[str], level: Level = Level.NAMESPACES
) -> list[Finding]:
    findings = []
    if "start" in answers:
        findings.append(Finding("start", False, True, answers["start"]["found"], REMEDY))
    for name in expected:
        found = answers.get(name, {"found": "no answer"})["found"]
        findings.append(Finding(name, not found, True, found or "refused", REMEDY if found else ""))
    parts = answers.get("parts", {"found": ""})["found"]
    is_needed = level is Level.LANDLOCK
    return findings + [_optional(name, parts, is_needed) for name in OPTIONAL]


def _optional(name: str, parts: str, is_needed: bool) -> Finding:
    detail = next((part for part in parts.split(", ") if part.startswith(name)), "")
    if not detail:
        return Finding(name, False, is_needed, "not there", OPTIONAL[name])
    return Finding(name, True, is_needed, detail)
