"""What a command imports before it has anything to do."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder.cli.verbs import VERBS
from autograder.course import Course
from tests.conftest import needs_isolation, run
from tests.support.term import RIGHT, hand_in

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


def printed(*code: str) -> str:
    """Return what Python prints in a process of its own; arguments may follow the code."""
    command = [sys.executable, "-c", *code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def imported(*arguments: str) -> set[str]:
    """Return the modules that are there when a command has ended."""
    return set(printed(ASK, *arguments).splitlines()[-1].split())


def test_help_imports_next_to_nothing():
    there = imported("--help")
    assert not there & (HEAVY | {"typer", "traitlets"})


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_imports_nothing_that_works(verb):
    assert not imported(verb, "--help") & HEAVY


@pytest.mark.slow
@needs_isolation
def test_a_course_goes_its_way_in_commands_that_begin_with_nothing_imported(tmp_path):
    def command(*words: str, folder: Path = tmp_path / "course") -> str:
        outcome = run("autograder", *words, cwd=folder, cold=True)
        assert outcome.returncode == 0, outcome.stderr
        return outcome.stdout

    command("init", "course", folder=tmp_path)
    command("new", "week1")
    command("build", "week1")
    command("release", "week1")
    hand_in(Course.find(tmp_path / "course"), "ada", RIGHT)
    assert "ada" in command("grade", "week1")
    for words in (
        ("feedback", "week1"),
        ("report", "week1"),
        ("export", "week1", "--format", "json"),
    ):
        command(*words)
    assert command("explain", "ada", "1")


def test_nbgraders_package_has_what_it_defines():
    code = (
        "from autograder.lean import leave_out_what_is_slow; leave_out_what_is_slow()\n"
        "import sys, nbgrader.api; assert 'nbgrader.server_extensions' not in sys.modules\n"
        "from nbgrader import utils; assert not hasattr(nbgrader, 'nothing')\n"
        "print(nbgrader.__version__, nbgrader._jupyter_server_extension_points())"
    )
    assert printed(code) == f"{version('nbgrader')} [{{'module': 'nbgrader'}}]\n"


def test_what_nbgrader_imports_for_others_is_there_when_it_is_used():
    code = (
        "from autograder.lean import leave_out_what_is_slow; leave_out_what_is_slow()\n"
        "import sys, nbgrader.api, nbgrader.utils, nbgrader.auth.jupyterhub as hub\n"
        "assert not {'setuptools', 'urllib3', 'pydantic'} & set(sys.modules)\n"
        "import tempfile, zipfile; from pathlib import Path; from requests import Session\n"
        "folder = Path(tempfile.mkdtemp()); archive = folder / 'a.zip'\n"
        "zipfile.ZipFile(archive, 'w').writestr('name.txt', 'text')\n"
        "nbgrader.utils.unpack_archive(str(archive), str(folder / 'out'))\n"
        "print((folder / 'out' / 'name.txt').read_text(), hub.requests.Session is Session)"
    )
    assert printed(code) == "text True\n"


@pytest.mark.parametrize("verb", VERBS)
def test_help_lists_the_sentence_that_a_verb_begins_with(verb):
    module, sentence = VERBS[verb]
    function = getattr(importlib.import_module(f"autograder.cli.commands.{module}"), verb)
    assert " ".join(function.__doc__.split("\n\n")[0].split()) == sentence
