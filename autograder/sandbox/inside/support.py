"""The instructor's files beside a notebook, as every child finds them in its working folder."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np

from autograder.sandbox.isolation.enclosure import Enclosure

# From here on a file is shown, not copied: a copy would take longer than many a hand-in.
LARGE = 64 << 10


class Support:
    """Small files are copied, so that a notebook may change its own; large ones can only be read.

    Parameters
    ----------
    files : mapping
        The bytes of each, by relative name.
    enclosure : Enclosure
        Where large files are laid out once, if it can keep them from being changed.
    """

    def __init__(self, files: Mapping[str, np.ndarray], enclosure: Enclosure) -> None:
        given = {name: content.data for name, content in files.items()}
        large = {name: data for name, data in given.items() if data.nbytes >= LARGE}
        folder = enclosure.share(large) if large else None
        self._shown = {name: str(folder / name) for name in large} if folder else {}
        self._copied = {name: data for name, data in given.items() if name not in self._shown}

    def place(self) -> None:
        """Put all of them into the folder that this process works in."""
        # By the system's calls: Python's own files take twice as long, and every child needs these.
        names = *self._copied, *self._shown
        for folder in dict.fromkeys(filter(None, map(os.path.dirname, names))):
            os.makedirs(folder, exist_ok=True)
        for name, data in self._copied.items():
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
            os.write(handle, data)
            os.close(handle)
        for name, place in self._shown.items():
            os.symlink(place, name)
