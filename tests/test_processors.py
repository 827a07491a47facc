"""No more processors are taken than this process may use."""

from __future__ import annotations

import os

import pytest

from autograder.processors import processors

MINE = len(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, MINE, id="no control group"),
        pytest.param({"cpu.max": "max 100000\n"}, MINE, id="all"),
        pytest.param({"cpu.max": "50000 100000\n"}, 1, id="half a processor"),
        pytest.param({"cpu.max": "99900000 100000\n"}, MINE, id="more than there are"),
        pytest.param({"cpu.max": "nonsense"}, MINE, id="nonsense"),
        pytest.param({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, MINE),
        pytest.param({"cpu/cpu.cfs_quota_us": "100000", "cpu/cpu.cfs_period_us": "100000"}, 1),
        pytest.param({"cpu/cpu.cfs_quota_us": "1", "cpu/cpu.cfs_period_us": "0"}, MINE),
    ],
)
def test_the_control_group_has_its_say(files, expected, tmp_path):
    (tmp_path / "cpu").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert processors(tmp_path) == expected


def test_the_affinity_has_its_say(tmp_path):
    one = min(os.sched_getaffinity(0))
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {one})
    try:
        assert processors(tmp_path) == 1
    finally:
        os.sched_setaffinity(0, before)
