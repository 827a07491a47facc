"""The image for instructors is made of what is here, and nobody in it is root."""

from __future__ import annotations

import json
import re

from tests import ROOT

LINES = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", (ROOT / "Containerfile").read_text()).splitlines()
    if line and not line.startswith("#")
]
KNOWN = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "VOLUME", "ENTRYPOINT", "CMD"}


def said(word: str) -> list[str]:
    return [rest for name, rest in LINES if name == word]


def test_every_line_is_an_instruction():
    assert LINES[0][0] == "FROM"
    assert {name for name, _ in LINES} <= KNOWN


def test_the_python_is_a_slim_one_of_a_fixed_version():
    assert all(re.fullmatch(r"python:3\.\d+-slim", image) for image in said("FROM"))


def test_what_is_copied_is_here():
    for copied in said("COPY"):
        assert all((ROOT / name).exists() for name in copied.split()[:-1])


def test_nobody_who_grades_is_root():
    # Kubernetes takes no name for a proof (runAsNonRoot).
    assert int(said("USER")[-1]) == 1000
    names = [name for name, _ in LINES]
    assert names.index("USER") < names.index("ENTRYPOINT")


def test_it_starts_the_command():
    assert json.loads(said("ENTRYPOINT")[0]) == ["autograder"]
    assert json.loads(said("CMD")[0]) == ["doctor"]
