"""No notebook gets further where there are no namespaces, whoever grades: the same corpus."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.isolation import Level, landlock
from autograder.sandbox.isolation.calls import seccomp
from tests import ROOT
from tests.conftest import with_tools
from tests.support.zygotes import confined

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (sys.platform == "linux" and landlock.usable() and seccomp.available()),
        reason="this kernel has no Landlock or no seccomp",
    ),
]


@pytest.mark.parametrize("who", ["ordinary user", "root of a container"])
def test_every_attack_is_held_and_nothing_is_left(who: str, tmp_path: Path):
    prefix = confined(who, tmp_path).prefix
    start = prefix[: -len(("env", "-i"))] if prefix else ()
    outcome = subprocess.run(
        [*start, sys.executable, "-B", "-m", "tests.hostile.table", Level.LANDLOCK],
        cwd=ROOT,
        env=with_tools({"HOME": "/tmp"}),
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert outcome.returncode == 0, outcome.stdout[-2000:] + outcome.stderr[-2000:]
    assert " held; graded with 20 honest hand-ins" in outcome.stdout
