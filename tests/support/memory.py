"""The most memory that this process has used.

`getrusage` says it too, but counts what the process was forked from: after a large one nothing
shows.
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path


def most_used() -> int:
    """Return it in bytes."""
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
