"""Wheels of packages in plain Python, made from what is installed here: nothing is fetched."""

from __future__ import annotations

import hashlib
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from autograder.errors import UserError

# A date for every file, so that the same packages always give the same wheels.
MADE = (2020, 1, 1, 0, 0, 0)


def repack(name: str, folder: Path) -> Path:
    """Write a wheel of the installed package `name` into `folder`, and return its path.

    Raises
    ------
    UserError
        If it is not installed here.
    """
    try:
        package = distribution(name)
    except PackageNotFoundError:
        raise UserError(
            f"{name} is not installed, and the site needs it: pip install {name}"
        ) from None
    wheel = folder / f"{name.replace('-', '_')}-{package.version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, path in _files(package):
            archive.writestr(zipfile.ZipInfo(place, MADE), path.read_bytes())
    return wheel


def _files(package: Distribution) -> list[tuple[str, Path]]:
    """Return what the package has in site-packages, but caches and what is not under it."""
    kept = []
    for file in sorted(package.files or (), key=str):
        place = PurePosixPath(file)
        path = Path(str(package.locate_file(file)))
        if ".." not in place.parts and "__pycache__" not in place.parts and path.is_file():
            kept.append((str(place), path))
    return kept


def lock_entry(wheel: Path, imports: list[str]) -> dict[str, object]:
    """Describe a wheel as Pyodide's lock file does."""
    name, version, *_ = wheel.name.split("-")
    return {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": imports,
        "depends": [],
        "unvendored_tests": False,
    }
