"""Python for the browser: which files it takes, and where they come from.

`pyodide.json` pins one version of Pyodide: its core and the packages that notebooks need, each with
the sha256 that Pyodide's own lock file names. A site fetches them from Pyodide's CDN, or has them
itself.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from autograder.errors import UserError
from autograder.site.wheels import lock_entry, repack

PINNED: dict[str, Any] = json.loads((files("autograder.site") / "pyodide.json").read_text())
VERSION: str = PINNED["info"]["version"]
CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
# The core as the registry of Node.js has it, where a folder of wheels comes without.
NPM = f"pyodide@{VERSION}"
# Packages of plain Python that Pyodide does not bring, taken from the environment of the build.
REPACKED = ("ipywidgets", "comm", "tqdm")
# What the kernel brings itself, by the name that it looks for.
OF_THE_KERNEL = ("piplite", "ipykernel", "pyodide_kernel")


def place(target: Path, folder: Path | None, kernel_wheels: Path) -> list[str]:
    """Fill `target` with what the browser starts Python from; return the packages it loads.

    Parameters
    ----------
    folder : Path or None
        Holds Pyodide's files; without it the browser fetches them from the CDN.
    kernel_wheels : Path
        Where the kernel's own wheels lie.
    """
    target.mkdir(parents=True)
    packages = {name: dict(entry) for name, entry in PINNED["packages"].items()}
    if folder is None:
        for entry in packages.values():
            entry["file_name"] = CDN + entry["file_name"]
    else:
        _copy_core(folder, target)
        wanted = {entry["file_name"]: entry["sha256"] for entry in packages.values()}
        _copy_checked(folder, target, wanted)
    for wheel in (*_kernel_wheels(kernel_wheels, target), *(repack(n, target) for n in REPACKED)):
        name = wheel.name.partition("-")[0]
        packages[name] = lock_entry(wheel, [name])
    start = (files("autograder.site") / "templates" / "start.js").read_text(encoding="utf-8")
    start = start.replace("__CDN__", "" if folder else CDN)
    (target / "start.js").write_text(start, encoding="utf-8")
    # The lock file has names with hyphens alone; the kernel looks for its own as it writes them.
    locked = {name.replace("_", "-"): entry for name, entry in packages.items()}
    lock = {"info": PINNED["info"], "packages": locked}
    (target / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return sorted(packages)


def _kernel_wheels(folder: Path, target: Path) -> list[Path]:
    wheels = [next(folder.glob(f"{name}-*.whl")) for name in OF_THE_KERNEL]
    return [Path(shutil.copy2(wheel, target)) for wheel in wheels]


def _copy_core(folder: Path, target: Path) -> None:
    """Take the core from the folder or, where that has only the packages, from npm."""
    if (folder / "pyodide.asm.wasm").is_file():
        _copy_checked(folder, target, PINNED["core"])
        return
    kept = Path.home() / ".cache" / "workbook-autograder" / f"pyodide-{VERSION}.tgz"
    archive = next((p for p in (folder / kept.name, kept) if p.is_file()), None)
    with TemporaryDirectory() as unpacked:
        with tarfile.open(archive or _fetch_core(kept)) as core:
            core.extractall(unpacked, filter="data")
        _copy_checked(Path(unpacked) / "package", target, PINNED["core"])


def _fetch_core(kept: Path) -> Path:
    kept.parent.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", NPM, "--silent", "--pack-destination", str(kept.parent)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError):
        raise UserError(
            f"The folder holds Pyodide's packages without its core, and npm could not fetch that: "
            f"run `npm pack {NPM}` where there is a network, and put {kept.name} into the folder."
        ) from None
    return kept


def _copy_checked(folder: Path, target: Path, wanted: dict[str, str]) -> None:
    """Copy files that are what they should be.

    Raises
    ------
    UserError
        If one is missing, or is another than Pyodide published.
    """
    for name, digest in wanted.items():
        path = folder / name
        if not path.is_file():
            raise UserError(f"{folder} lacks {name}: it must hold the files of Pyodide {VERSION}.")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise UserError(f"{path} is not the file of Pyodide {VERSION}: fetch it again.")
        (target / name).write_bytes(content)
