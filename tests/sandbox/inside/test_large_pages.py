"""A process in large pages has the same memory as before, and less to copy when it forks."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import ROOT

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.inside.large_pages import use_large_pages
held = [str(number) * 50 for number in range(200_000)]
before = hash(tuple(held))
use_large_pages()
lines = open("/proc/self/smaps_rollup").read().splitlines()
(large,) = (int(line.split()[1]) for line in lines if line.startswith("AnonHugePages"))
print(hash(tuple(held)) == before, large)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has pages to choose from")
def test_what_is_allocated_is_gathered_and_stays_as_it_is():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT)], capture_output=True, text=True, check=True
    )
    same, large = done.stdout.split()
    assert same == "True"
    if large == "0":
        pytest.skip("this system gathers no large pages")
    assert int(large) > 10_000
