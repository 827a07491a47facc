"""What `autograder doctor` finds, and that each of its checks can fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import doctor
from autograder.sandbox.isolation import Level, missing
from autograder.sandbox.isolation.trying import attempts
from autograder.sandbox.isolation.trying.checks import CHECKS
from tests.conftest import run
from tests.support.zygotes import ROOT, user

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's"),
]

EXAMINE = """
import json, sys
sys.path[:0] = sys.argv[1:]
from dataclasses import asdict
from pathlib import Path
from autograder.sandbox import doctor
print(json.dumps([asdict(finding) for finding in doctor.examine(Path(sys.argv[1]))]))
"""
# These do without namespaces, or their folder is empty for the user who runs the tests.
HOLD_ANYHOW = {"environment", "open files", "memory", "processor time", "home folder"}
NOT_ARMED = {"mounting", "number of processes", "size of the folder"}


@pytest.fixture(scope="module")
def isolated():
    user("me")
    return doctor.examine(ROOT)


@pytest.fixture(scope="module")
def plain():
    return {finding.name: finding for finding in doctor.examine(ROOT, Level.PROCESS)}


def test_everything_that_grading_needs_holds(isolated):
    assert [finding for finding in isolated if finding.needed and not finding.holds] == []
    assert doctor.sufficient(isolated)


@pytest.fixture
def home():
    """A home folder that an ordinary user may look into, with something in it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        Path(folder, "diary").touch()
        yield folder


def test_it_holds_for_an_ordinary_user(home):
    nobody = user("nobody")
    outcome = subprocess.run(
        [nobody.python, "-B", "-c", EXAMINE, ROOT, ROOT / "source_utils" / "common"],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HOME": home},
        **nobody.options,
    )
    assert outcome.returncode == 0, outcome.stderr
    findings = [doctor.Finding(**words) for words in json.loads(outcome.stdout)]
    assert [finding for finding in findings if finding.needed and not finding.holds] == []


@pytest.mark.parametrize("name", sorted({*CHECKS, "outliving"} - HOLD_ANYHOW))
def test_a_plain_fork_fails(name, plain):
    assert not plain[name].holds
    assert ("not armed" in plain[name].detail) == (name in NOT_ARMED)


def test_a_plain_fork_is_not_sufficient(plain):
    assert not doctor.sufficient(list(plain.values()))


@pytest.fixture
def facts(tmp_path):
    return doctor._facts(tmp_path, tmp_path, [], [])


def test_the_check_of_memory_can_fail(facts):
    assert attempts.map_memory(facts) == "memory is not limited"


def test_the_check_of_the_environment_can_fail(facts, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "x")
    assert "can be read" in CHECKS["environment"](facts)


def test_the_check_of_open_files_can_fail(facts):
    with open(os.devnull):
        assert "are open" in CHECKS["open files"](facts)


def test_the_check_of_a_folder_can_fail(facts, tmp_path):
    (tmp_path / "seen").touch()
    facts.files["home folder"] = [str(tmp_path / "seen")]
    assert "can be seen" in CHECKS["home folder"](facts)


@pytest.mark.parametrize("name", sorted(NOT_ARMED))
def test_what_could_do_harm_is_not_tried_outside(name, facts):
    with pytest.raises(attempts.NotArmed):
        CHECKS[name](facts)


def test_a_closed_machine_is_told_what_opens_it(monkeypatch):
    monkeypatch.setattr(doctor, "missing", lambda _level: ["unshare: not permitted", "sysctl x=1"])
    (finding,) = doctor.examine()
    assert not doctor.sufficient([finding])
    assert (finding.detail, finding.remedy) == ("unshare: not permitted", "sysctl x=1")


def test_a_silent_zygote_holds_nothing():
    findings = doctor._findings({}, [*CHECKS])
    assert not any(finding.holds for finding in findings)


def test_the_verb_prints_a_table_and_exits_accordingly(repo):
    outcome = run("autograder", "doctor", cwd=repo.root)
    assert outcome.returncode == (1 if missing() else 0), outcome.stderr
    assert "holds" in outcome.stdout


def test_the_verb_prints_json(repo):
    outcome = run("autograder", "doctor", "--json", cwd=repo.root)
    findings = json.loads(outcome.stdout)
    assert {"level", "name", "holds", "needed", "detail", "remedy"} == set(findings[0])
    assert {finding["level"] for finding in findings} == {"namespaces", "landlock"}
