"""A notebook that came alone, as in Colab, Kaggle or a mail: a cell gets what belongs to it.

The cell stands before all other code. Where the files are there it does nothing. Where they are
not, it fetches them from the address of the course's release, in one archive whose sha256 it knows;
without an address, or a network, it names the files, says where to put them, and stops without a
traceback.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from autograder.errors import UserError

CELL = "workbook-files"
ARCHIVE = "files.zip"
# No part of what the notebook imports.
NOT_IMPORTED = frozenset({"environment.yml", "requirements.txt", ARCHIVE})
# A date for every file, so that the same files always give the same archive.
MADE = (2020, 1, 1, 0, 0, 0)


def source(name: str, support: Mapping[str, Path], address: str) -> str:
    """Return the code of the cell.

    Parameters
    ----------
    support : mapping of str to Path
        What lies beside the notebook, by its place there.
    address : str
        Where the course has put its release folder, or nothing.
    """
    if not address:
        return _template("lone").replace("__NAMES__", _listed(support))
    if not address.startswith(("https://", "http://")):
        raise UserError(f"c.Release.address is {address!r}: give an address with https://.")
    digest = hashlib.sha256(archive(support)).hexdigest()
    told = {
        "__NAMES__": _listed(support),
        "__ADDRESS__": f"{address.rstrip('/')}/{name}/{ARCHIVE}",
        "__DIGEST__": digest,
    }
    text = _template("fetching")
    for mark, value in told.items():
        text = text.replace(mark, value)
    return text


def archive(support: Mapping[str, Path]) -> bytes:
    """Return a zip archive of what the notebook imports; the same files give the same bytes."""
    packed = io.BytesIO()
    # Stored as they are: what compression makes of them differs from machine to machine.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for place in _imported(support):
            info = zipfile.ZipInfo(place, MADE)
            info.create_system, info.external_attr = 3, 0o644 << 16
            target.writestr(info, support[place].read_bytes())
    return packed.getvalue()


def _imported(support: Mapping[str, Path]) -> list[str]:
    return sorted(place for place in support if place not in NOT_IMPORTED)


def _listed(support: Mapping[str, Path]) -> str:
    """Return what lies beside the notebook: files, and folders as one."""
    names = sorted({place.partition("/")[0] for place in _imported(support)})
    return ", ".join(f'"{name}"' for name in names)


def _template(kind: str) -> str:
    folder = files("autograder.authoring") / "templates"
    return (folder / f"{kind}.txt").read_text(encoding="utf-8").rstrip()
