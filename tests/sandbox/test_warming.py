"""To warm a zygote up is a convenience: where it fails, grading goes on and says so."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import threading
import time

import nbformat
import pytest

from autograder.errors import UserError
from autograder.sandbox import client, launching, wire
from autograder.sandbox.client import Zygote
from autograder.sandbox.inside import shell
from autograder.sandbox.inside.zygote import BEGUN
from autograder.sandbox.isolation import Level
from tests.conftest import needs_isolation, run
from tests.support.sample_class import hand_in
from tests.support.tiny_class import NAME, SOLUTION, STUDENTS, notebook, released_course
from tests.support.tiny_course import cell

pytestmark = [pytest.mark.slow, needs_isolation]


def runs_a_cell(zygote: Zygote) -> bool:
    with zygote.child() as child:
        (done,) = child.run([("print(1)", 10.0)])
    return done.outputs == [{"output_type": "stream", "name": "stdout", "text": "1\n"}]


@pytest.fixture
def zygotes():
    """Makes zygotes, and ends them."""
    made: list[Zygote] = []

    def make(*warm: str) -> Zygote:
        made.append(Zygote({}, warm, Level.NAMESPACES))
        return made[-1]

    yield make
    for zygote in made:
        zygote.close()


def test_a_warm_one_says_nothing(zygotes):
    zygote = zygotes("x = 1").wait()
    assert zygote.cold == ""
    assert runs_a_cell(zygote)


def test_a_cell_that_fails_is_no_reason_to_stay_cold(zygotes):
    assert zygotes("1 / 0", "raise SystemExit", "x = 1").wait().cold == ""


def test_nothing_is_waited_for_before_everything_is_sent(zygotes, monkeypatch):
    """Two threads at one socket would set each other's time-out: one gave a healthy zygote up."""
    order, send, receive = [], wire.send, wire.receive

    def slow_send(*args, **keywords):
        time.sleep(0.5)
        send(*args, **keywords)
        order.append("sent")

    def told(*args, **keywords):
        order.append("waited for")
        return receive(*args, **keywords)

    monkeypatch.setattr(wire, "send", slow_send)
    monkeypatch.setattr(wire, "receive", told)
    assert zygotes("x = 1").wait().cold == ""
    assert order == ["sent", "waited for"]


def test_a_process_that_ends_while_it_warms_up_starts_again_cold(zygotes):
    zygote = zygotes("import os", "os._exit(3)").wait()
    assert zygote.cold == "it ended with code 3"
    assert runs_a_cell(zygote)


def test_a_warming_up_that_nothing_interrupts_starts_again_cold(zygotes, monkeypatch):
    monkeypatch.setattr(client, "START_SECONDS", 10.0)
    stubborn = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    zygote = zygotes(stubborn).wait()
    assert zygote.cold == "it was not ready within 10 s"
    assert runs_a_cell(zygote)


def test_an_endless_cell_is_left_out_and_named(monkeypatch):
    monkeypatch.setattr(shell, "WARM_SECONDS", 1.0)
    ours = shell.CellShell()
    ours.enable_gui()
    left_out = shell.warm_up(ours, ["x = 1", "# Wait for data.\nwhile True: pass", "y = 2"])
    assert left_out == "the given cell that begins with `# Wait for data.` takes too long"
    assert "x" not in ours.user_ns


def test_what_a_library_printed_is_not_taken_for_the_reason(monkeypatch, zygotes):
    """Fontconfig warns of its folders wherever there is no home."""
    bootstrap = "import sys; print('Fontconfig error: no cache', file=sys.stderr); sys.exit(4)"
    monkeypatch.setattr(
        launching,
        "zygote_command",
        lambda *_args: ["/bin/sh", "-c", f'exec python3 -c "{bootstrap}"'],
    )
    monkeypatch.setattr(launching, "ENVIRONMENT", {"PATH": "/usr/bin:/bin"})
    with pytest.raises(UserError) as caught:
        zygotes().wait()
    assert "(it ended with code 4)" in str(caught.value)


def test_a_course_with_an_endless_given_cell_is_graded_and_says_so(tmp_path, caplog):
    course = released_course(tmp_path)
    made = notebook(SOLUTION)
    made.cells.insert(0, cell("code", "wait", "while True: pass", locked=True))
    nbformat.write(made, course.source(NAME) / f"{NAME}.ipynb")
    with_budget = course.root / "nbgrader_config.py"
    with_budget.write_text(with_budget.read_text() + "c.Grading.cell_seconds = 1\n")
    assert run("nbgrader", "generate_assignment", NAME, "--force", cwd=course.root).returncode == 0
    hand_in(course, STUDENTS[0], NAME, nbformat.writes(made))
    outcome = run("autograder", "grade", NAME, "--json", cwd=course.root)
    assert "Grading goes on, each hand-in more slowly: the given cell that begins with `while" in (
        outcome.stderr
    )
    assert "`while True: pass` was ended after 1 s" in outcome.stderr
    assert [mark["total"] for mark in json.loads(outcome.stdout)] == [3]
    assert "Traceback" not in outcome.stderr


def test_nothing_is_asked_before_a_child_has_begun(zygotes, monkeypatch):
    # What the last child left may take long to remove: that is no time of the next one's.
    zygote = zygotes().wait()
    ours, theirs = socket.socketpair()
    was_asked_before = []

    def begin_late():
        was_asked_before.append(bool(select.select([theirs], [], [], 0.5)[0]))
        theirs.sendall(BEGUN)

    zygote._next = ours
    monkeypatch.setattr(zygote, "_end_child", str)  # it is none of the zygote's
    late = threading.Thread(target=begin_late)
    late.start()
    with theirs, zygote.child() as child:
        late.join()
        child.begin({"prelude": ""})
        assert select.select([theirs], [], [], 30)[0]
    assert was_asked_before == [False]


@pytest.mark.parametrize("refusal", [AttributeError, OSError, None])
def test_an_end_is_waited_for_where_the_system_cannot_tell_of_it(refusal, monkeypatch):
    def refuse(_pid):
        raise refusal

    if refusal:
        monkeypatch.setattr(os, "pidfd_open", refuse, raising=False)
    with subprocess.Popen(["sleep", "0"]) as ends, subprocess.Popen(["sleep", "600"]) as stays:
        assert launching._has_ended(ends, 60)
        assert not launching._has_ended(stays, 0.1)
        stays.kill()
