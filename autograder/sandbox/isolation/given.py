"""The instructor's large files: laid out once for all children, who may read but not change them.

A copy for each child would take memory or disk of its own, and longer than most submissions.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# The folder's place where there are namespaces, and its name in a zygote's own place elsewhere.
GIVEN = "/given"
# Beside their content: what the folder itself takes.
ROOM = 1 << 20
# So far ahead that no reader is noted as the last: another submission could see it.
LAST_READ = 1 << 33


def size_of(files: Mapping[str, memoryview]) -> int:
    """Return the bytes to keep free for these files."""
    return ROOM + sum(2 * 4096 + content.nbytes for content in files.values())


def lay_out(folder: Path, files: Mapping[str, memoryview]) -> None:
    """Write files, by relative name, that can be read only."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o444)
        os.utime(path, (LAST_READ, path.stat().st_mtime))
