"""Build the site: JupyterLite with the releases in it, and a page that says how to work there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_core.paths import jupyter_path

from autograder import pages
from autograder.course import CACHES, Course
from autograder.errors import UserError
from autograder.files import replace_folder, telling_of
from autograder.site import pyodide

KERNEL = "@jupyterlite/pyodide-kernel-extension"
WIDGETS = "@jupyter-widgets/jupyterlab-manager"
PYODIDE = "static/pyodide"


@dataclass(frozen=True)
class Site:
    """A site that was built: its folder, the workbooks in it, its size in bytes."""

    folder: Path
    notebooks: tuple[str, ...]
    size: int


def build(course: Course, names: list[str], target: Path, wheels: Path | None = None) -> Site:
    """Write a static site with the releases of these assignments into the folder `target`.

    Parameters
    ----------
    names : list of str
        The assignments; all that are released if there are none.
    wheels : Path or None
        A folder with Pyodide's files, which the site then has itself; else they come from its CDN.

    Raises
    ------
    UserError
        If JupyterLite is not installed, nothing is released, or a file of Pyodide's is missing.
    """
    if find_spec("jupyterlite_core") is None:
        raise UserError("JupyterLite is not installed: pip install 'workbook-autograder[site]'")
    if target.exists() and not (target / "jupyter-lite.json").is_file() and any(target.iterdir()):
        raise UserError(f"{target} holds something else than a site: name another folder.")
    released = _released(course, names)
    with telling_of(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = TemporaryDirectory(dir=target.parent, prefix=".site.")
    with beside as place:
        fresh = Path(place) / "site"
        _generate(Path(place), released, fresh)
        packages = pyodide.place(fresh / PYODIDE, wheels, _extension(KERNEL) / "static" / "pypi")
        _configure(fresh / "jupyter-lite.json", packages)
        notebooks = sorted(
            f"{name}/{path.name}" for name in released for path in released[name].glob("*.ipynb")
        )
        _write_front_page(fresh, notebooks, course)
        replace_folder(target, fresh)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return Site(target, tuple(notebooks), size)


def _released(course: Course, names: list[str]) -> dict[str, Path]:
    """Return the folders of the student versions by assignment."""
    root = course.release("-").parent
    every = sorted(path.parent.name for path in root.glob("[!.]*/*.ipynb"))
    chosen = names or list(dict.fromkeys(every))
    for name in chosen:
        if name not in every:
            raise UserError(
                f"{name} has no student version: run `autograder release {name}` first."
            )
    if not chosen:
        raise UserError("Nothing is released yet: run `autograder release ASSIGNMENT` first.")
    return {name: root / name for name in chosen}


def _generate(place: Path, released: dict[str, Path], fresh: Path) -> None:
    """Have JupyterLite write its pages, with the releases as the files that a visitor finds."""
    for name, folder in released.items():
        ignored = shutil.ignore_patterns(*CACHES)
        shutil.copytree(folder, place / "contents" / name, ignore=ignored)
    settings = {
        "LiteBuildConfig": {
            "contents": ["contents"],
            "apps": ["lab", "notebooks", "tree", "edit"],
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(_extension(KERNEL)), str(_extension(WIDGETS))],
            "no_sourcemaps": True,
            "output_dir": str(fresh),
            "cache_dir": str(place / "cache"),
        }
    }
    (place / "jupyter_lite_config.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core.app", "build", "--debug"]
    ran = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if ran.returncode or not (fresh / "jupyter-lite.json").is_file():
        last = (ran.stderr or ran.stdout).strip().splitlines()[-1:]
        raise UserError(f"JupyterLite could not build the site: {' '.join(last)}")


def _extension(name: str) -> Path:
    """Return the folder of an installed extension of JupyterLab."""
    for folder in jupyter_path("labextensions"):
        if (Path(folder) / name / "package.json").is_file():
            return Path(folder) / name
    raise UserError(
        f"JupyterLab's extension {name} is not installed here: "
        "pip install --force-reinstall jupyterlab_widgets jupyterlite-pyodide-kernel"
    )


def _configure(path: Path, packages: list[str]) -> None:
    """Say where Python comes from, and that nothing else is ever fetched."""
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    data = config["jupyter-config-data"]
    settings = data.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL}:kernel", {})
    settings |= {
        "pyodideUrl": f"./{PYODIDE}/start.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{PYODIDE}/pyodide-lock.json",
            "packages": packages,
        },
    }
    path.write_text(json.dumps(config, indent=2), encoding="utf-8")


def _write_front_page(site: Path, notebooks: list[str], course: Course) -> None:
    title = str(course.config.CourseDirectory.get("course_id", "") or "Workbooks")
    page = pages.render(
        "autograder.site", "index.html", "index.css", title=title, notebooks=notebooks
    )
    (site / "index.html").write_text(page, encoding="utf-8")
