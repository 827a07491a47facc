"""Workflows and the dev container name what is there: a code host reads them, not this machine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# A version of an action that is kept: a tag or a commit, never a branch.
PINNED = re.compile(r"[\w./-]+@(v\d+(\.\d+)*|[0-9a-f]{40})")


def found_wrong(workflow: dict[Any, Any]) -> list[str]:
    """Say what of a workflow could not run, or may do more than it must."""
    events = workflow.get("on", workflow.get(True))  # YAML 1.1 reads the key `on` as true
    wrong = [] if events else ["no event starts it"]
    wrong += [] if "permissions" in workflow else ["it has all permissions"]
    for name, job in workflow.get("jobs", {}).items():
        wrong += [] if job.get("timeout-minutes") else [f"{name} may run for ever"]
        for step in job["steps"]:
            wrong += wrong_step(step)
    return wrong


def wrong_step(step: dict[str, Any]) -> list[str]:
    if ("run" in step) == ("uses" in step):
        return [f"{step} must have one of run and uses"]
    if "uses" in step:
        return [] if PINNED.fullmatch(step["uses"]) else [f"{step['uses']} has no version"]
    kind, _, rest = step["run"].partition(" ")
    if kind == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        return [] if rest.split()[0] in targets else [f"the Makefile has no {rest}"]
    return [] if (ROOT / rest).is_file() else [f"{rest} is not there"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_can_run(path):
    assert found_wrong(yaml.safe_load(path.read_text())) == []


def test_ci_runs_on_every_push():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    assert "push" in workflow[True]
    assert {"run": "bash .ci/run"} in workflow["jobs"]["test"]["steps"]


@pytest.mark.parametrize(
    "step",
    [
        {"uses": "actions/checkout@main"},
        {"run": "make nothing"},
        {"run": "bash .ci/walk"},
        {"name": "idle"},
    ],
    ids=["branch", "target", "script", "nothing"],
)
def test_a_step_that_cannot_run_is_seen(step):
    assert wrong_step(step)


def test_the_dev_container_installs_what_is_there():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    assert (ROOT / container["postCreateCommand"].split()[-1]).is_file()
