"""What a command imports before it has anything to do."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from autograder.cli.verbs import VERBS

HEAVY = {
    "IPython",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "nbgrader",
    "numpy",
    "rich",
    "sqlalchemy",
}
ASK = (
    "import sys; from autograder.cli import main; sys.argv = ['autograder', *sys.argv[1:]]\n"
    "try: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
)


def imported(*arguments: str) -> set[str]:
    """Return the modules that are there when a command has ended."""
    command = [sys.executable, "-c", ASK, *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(said.splitlines()[-1].split())


def test_help_imports_next_to_nothing():
    there = imported("--help")
    assert not there & (HEAVY | {"typer", "traitlets"})


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_imports_nothing_that_works(verb):
    assert not imported(verb, "--help") & HEAVY


@pytest.mark.parametrize("verb", VERBS)
def test_help_lists_the_sentence_that_a_verb_begins_with(verb):
    module, sentence = VERBS[verb]
    function = getattr(importlib.import_module(f"autograder.cli.{module}"), verb)
    assert " ".join(function.__doc__.split("\n\n")[0].split()) == sentence
