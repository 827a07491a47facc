"""A wheel of the engine that runs here, so that a machine elsewhere grades by the same one."""

from __future__ import annotations

import hashlib
import io
import tomllib
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, distributions, version
from pathlib import Path

import autograder
import workbook
from autograder.course import is_left_over
from autograder.errors import UserError

NAME = "workbook-autograder"
# A date for every file, so that the same engine always gives the same wheel.
MADE = (2020, 1, 1, 0, 0, 0)
# Exercises belong to a course, which brings its own.
LEFT_OUT = "autograder/exercises/"
TAGS = "Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
COMMANDS = "[console_scripts]\nautograder = autograder.cli:main\n"


def engine_wheel() -> tuple[str, bytes]:
    """Return the name of the wheel and what it holds.

    It is made from the packages that run here, be they installed or a checkout, and from no index:
    what is not published yet, or was changed here, grades elsewhere as it does here.
    """
    whole = f"{NAME.replace('-', '_')}-{autograder.__version__}"
    info = f"{whole}.dist-info"
    files = {place: path.read_bytes() for place, path in _modules()}
    files[f"{info}/METADATA"] = _metadata().encode()
    files[f"{info}/WHEEL"] = TAGS.encode()
    files[f"{info}/entry_points.txt"] = COMMANDS.encode()
    record = "".join(_recorded(place, content) for place, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in files.items():
            entry = zipfile.ZipInfo(place, MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return f"{whole}-py3-none-any.whl", data.getvalue()


def constraints() -> str:
    """Return the versions of all that is installed here, as pip takes them with `--constraint`."""
    names = {one.metadata["Name"] for one in distributions()} - {NAME, None}
    # Of one that is there twice, what Python finds.
    pinned = {name: version(name) for name in names}
    return "".join(f"{name}=={pinned[name]}\n" for name in sorted(pinned, key=str.casefold))


def _modules() -> Iterator[tuple[str, Path]]:
    """Yield all files of the two packages, by their place in the wheel."""
    for package in (autograder, workbook):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder.parent)
            is_ours = not is_left_over(place) and not place.as_posix().startswith(LEFT_OUT)
            if path.is_file() and is_ours:
                yield place.as_posix(), path


def _metadata() -> str:
    heads = ["Metadata-Version: 2.1", f"Name: {NAME}", f"Version: {autograder.__version__}"]
    needed = (f"Requires-Dist: {one}" for one in _requirements())
    return "\n".join([*heads, "Requires-Python: >=3.11", *needed, ""])


def _requirements() -> list[str]:
    """Return what the engine needs; a checkout may have moved on since it was installed."""
    project = Path(autograder.__file__).parent.parent / "pyproject.toml"
    if project.is_file():
        told = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
        if told.get("name") == NAME:
            return told["dependencies"]
    try:
        needed = distribution(NAME).requires or []
    except PackageNotFoundError:
        raise UserError(f"{NAME} is not installed: pip install {NAME}") from None
    return [one for one in needed if "extra ==" not in one]


def _recorded(place: str, content: bytes) -> str:
    digest = urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{place},sha256={digest},{len(content)}\n"
