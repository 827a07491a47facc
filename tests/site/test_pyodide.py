"""What a site starts Python from is what Pyodide published, and a package is packed as it is."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.site import building, pyodide
from autograder.site.wheels import lock_entry, repack


@pytest.fixture
def kernel(tmp_path) -> Path:
    """A folder with wheels of the kernel's names."""
    (tmp_path / "kernel").mkdir()
    for name in pyodide.OF_THE_KERNEL:
        (tmp_path / "kernel" / f"{name}-1.0-py3-none-any.whl").write_bytes(name.encode())
    return tmp_path / "kernel"


def test_every_package_that_another_needs_is_pinned():
    packages = pyodide.PINNED["packages"]
    needed = {name.lower().replace("_", "-") for p in packages.values() for name in p["depends"]}
    assert needed <= set(packages)


def test_without_a_folder_packages_come_from_the_cdn_and_own_ones_from_the_site(tmp_path, kernel):
    loaded = pyodide.place(tmp_path / "site", None, kernel)
    lock = json.loads((tmp_path / "site" / "pyodide-lock.json").read_text())
    places = {name: entry["file_name"] for name, entry in lock["packages"].items()}
    assert places["numpy"].startswith(pyodide.CDN)
    assert places["pyodide-kernel"] == "pyodide_kernel-1.0-py3-none-any.whl"
    assert (tmp_path / "site" / places["tqdm"]).is_file()
    assert {name.replace("_", "-") for name in loaded} == set(places)
    assert pyodide.CDN in (tmp_path / "site" / "start.js").read_text()


def test_a_file_that_pyodide_did_not_publish_is_refused(tmp_path, kernel):
    (tmp_path / "wheels").mkdir()
    for name in pyodide.PINNED["core"]:
        (tmp_path / "wheels" / name).write_bytes(b"another")
    with pytest.raises(UserError, match="is not the file of Pyodide"):
        pyodide.place(tmp_path / "site", tmp_path / "wheels", kernel)


def test_a_wheel_is_the_same_each_time_and_holds_no_caches(tmp_path):
    (tmp_path / "again").mkdir()
    one, other = repack("tqdm", tmp_path), repack("tqdm", tmp_path / "again")
    assert one.read_bytes() == other.read_bytes()
    names = zipfile.ZipFile(one).namelist()
    assert "tqdm/auto.py" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("..")]
    assert lock_entry(one, ["tqdm"])["file_name"] == one.name


def test_a_package_that_is_not_installed_is_named(tmp_path):
    with pytest.raises(UserError, match="pip install no-such-package"):
        repack("no-such-package", tmp_path)


def test_a_folder_with_something_else_is_not_overwritten(repo, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UserError, match="something else"):
        building.build(repo, [], tmp_path)


def test_an_assignment_without_a_release_is_named(repo, tmp_path):
    with pytest.raises(UserError, match="autograder release nothing"):
        building.build(repo, ["nothing"], tmp_path / "site")
