"""How many processors this process may use. To import joblib, which knows, takes a second."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path

# What a control group of version 2, and one of version 1, allows in each period: in microseconds.
_CGROUP = Path("/sys/fs/cgroup")


def processors(cgroup: Path = _CGROUP) -> int:
    """Return how many processors this process may use, at least one.

    Fewer than the machine has where the process' affinity or its control group, such as a
    container's, say so.
    """
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # Linux alone has it
        allowed = os.cpu_count() or 1
    given = ceil(_quota(cgroup)) or allowed
    return max(1, min(allowed, given))


def _quota(cgroup: Path) -> float:
    """Return how many processors' time the control group gives; 0 where it gives all."""
    try:
        if (unified := cgroup / "cpu.max").is_file():
            quota, period = unified.read_text(encoding="ascii").split()
        else:
            names = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
            quota, period = ((cgroup / "cpu" / name).read_text(encoding="ascii") for name in names)
        return max(0.0, float(quota) / float(period))
    except (OSError, ValueError, ZeroDivisionError):  # there is none, or the quota is "max"
        return 0.0
