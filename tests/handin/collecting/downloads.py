"""Downloads of hand-ins, made and collected."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.course import Course
from autograder.errors import UserError
from tests.support.tiny_class import NAME

FILE = f"{NAME}.ipynb"
HONEST = {"ada/" + FILE: "of ada", f"ben/{NAME}/{FILE}": "of ben", f"ben/{NAME}/data/a.csv": "1,2"}
Fill = Callable[[zipfile.ZipFile], Any]


def zipped(path: Path, files: dict[str, str], fill: Fill | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 11, 59, 58)), content)
        if fill:
            fill(archive)
    return path


@dataclass(frozen=True)
class Said:
    code: int
    stdout: str
    stderr: str


def collect(course: Course, *sources: Path, options: tuple[str, ...] = (), code: int = 0) -> Said:
    """Run the command in this process: there are many."""
    arguments = ["collect", NAME, *map(str, sources), *options, "--course", str(course.root)]
    result = CliRunner().invoke(make_app(), arguments)
    if isinstance(result.exception, UserError):
        said = Said(2, result.stdout, str(result.exception))
    else:
        said = Said(result.exit_code, result.stdout, result.stderr)
    assert said.code == code, (said, result.exception)
    return said


def submitted(course: Course) -> dict[str, str]:
    """Return all that is in submitted/ but the times."""
    return {
        path.relative_to(course.submitted()).as_posix(): path.read_text()
        for path in sorted(course.submitted().rglob("*"))
        if path.is_file() and path.name != "timestamp.txt"
    }


EXPECTED = {
    f"ada/{NAME}/{FILE}": "of ada",
    f"ben/{NAME}/{FILE}": "of ben",
    f"ben/{NAME}/data/a.csv": "1,2",
}


def add(name: str, content: str | bytes = "x", **changes: Any) -> Fill:
    def fill(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in changes.items():
            setattr(info, key, value)
        archive.writestr(info, content)

    return fill
