"""The examiner's process: a fork of it for each hand-in, in which instructor's cells run.

Nothing of a student's runs here. What a cell asks of a student's names goes to the grading process,
which asks the student's own process.
"""

from __future__ import annotations

import ast
import gc
import os
import signal
import socket
import sys
import types
from contextlib import redirect_stderr, redirect_stdout, suppress
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.examining import describing
from autograder.sandbox.examining.bounds import CELL_PARTS, GRACE_SECONDS
from autograder.sandbox.examining.examiner.kinds import FIND, AskKind, find
from autograder.sandbox.examining.examiner.looking import teach_inspect, teach_issubclass
from autograder.sandbox.examining.examiner.main import Main
from autograder.sandbox.examining.examiner.remote import RemoteMeta
from autograder.sandbox.examining.examiner.session import Session
from autograder.sandbox.examining.examiner.sides import LEFT, NOTHING, RIGHT, keep_sides, shortened
from autograder.sandbox.inside.shell import CellShell
from autograder.sandbox.shown import SHORT, Outputs, Room
from autograder.sandbox.timing import BudgetExceeded, time_limit

HARD_FACTOR = 3.0


def dispatch(sock: socket.socket, shell: CellShell, prelude: str) -> None:
    """Fork an examiner for each socket that is passed, until the other end closes.

    Parameters
    ----------
    prelude : str
        The imports of the instructor's cells, which are paid once here.
    """
    with open(os.devnull, "w") as null, redirect_stdout(null), redirect_stderr(null):
        for statement in ast.parse(prelude).body:
            with suppress(Exception):
                exec(compile(ast.Module([statement], []), "<imports>", "exec"), {})
    gc.collect()
    gc.freeze()  # or every fork would copy what it looks through for garbage
    while True:
        message, handles, _, _ = socket.recv_fds(sock, 1, 1)
        if not message:
            return
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if os.fork() == 0:
            _examine_to_the_end(socket.socket(fileno=handles[0]), shell)
        os.close(handles[0])


def _examine_to_the_end(sock: socket.socket, shell: CellShell) -> None:
    try:
        examine(sock, shell)
    except wire.Closed:
        pass
    except BaseException as fault:
        with suppress(BaseException):
            said = f"{type(fault).__name__}: {describing.text(str(fault))[:SHORT]}"
            wire.send(sock, ("broken", said), deadline=None)
    os._exit(0)


def examine(sock: socket.socket, shell: CellShell) -> None:
    """Run the cells that come, until the other end closes."""
    session = Session(sock)
    teach_inspect(session.texts)
    teach_issubclass()
    _take_names(shell, session)
    shell.shows_frames = False  # they are the instructor's; what a student is told is made of it
    while True:
        _, *parts = session.receive()
        cell = dict(zip(CELL_PARTS, parts, strict=True))
        wire.send(sock, ("end", *_examined(shell, session, cell)), deadline=None, bounds=wire.CELL)


class _Holder:
    """What IPython takes for a module: one whose names may be missing."""


def _take_names(shell: CellShell, session: Session) -> None:
    names = session.names
    names.update(shell.user_ns)
    own = vars(types.ModuleType("__main__"))
    names.update(own, __builtins__=vars(shell.user_module)["__builtins__"])
    holder: Any = _Holder()
    holder.__dict__ = names
    shell.user_module, shell.user_ns = holder, names
    sys.modules["__main__"] = module = Main(names)
    session.set_names = module.set_names
    names[FIND] = find


def _examined(shell: CellShell, session: Session, cell: dict[str, Any]) -> tuple[Any, ...]:
    """Run one cell; return what came of it, what it needed, and the sides of a failed assert."""
    session.names.shadowing = frozenset(cell["shadowing"])
    session.texts.add(cell["texts"])
    session.failure, session.used, session.shared = "", set(), cell["shared"]
    session.allowed = frozenset(cell["allowed"]) if cell["allowed"] is not None else None
    session.begin(cell["source"])
    shell.rewrites = [keep_sides, *([AskKind().visit] if "type" in cell["source"] else [])]
    _set_hard_limit(cell["budget"])
    _run_given(session, cell["given"], cell["budget"])
    for name in (*cell["forget"], LEFT, RIGHT):
        session.names.pop(name, None)
        session.given.pop(name, None)
    shell.room = Room()
    with session.hiding(cell["hide"]):
        status, outputs = shell.execute(cell["source"], cell["budget"] + GRACE_SECONDS)
    if session.failure:
        status = "timeout" if status == "timeout" else "error"
        outputs = [*outputs, _told(session.failure)]
    sides = [shortened(session.names.pop(side, NOTHING)) for side in (LEFT, RIGHT)]
    shell.outputs = Outputs(shell.room)
    count = max(0, shell.execution_count - 1)
    return cell["number"], status, outputs, count, shell.line, [], sorted(session.used), sides


def _told(failure: str) -> dict[str, Any]:
    return {
        "output_type": "error",
        "ename": "NotJudged",
        "evalue": failure[:SHORT],
        "traceback": [],
    }


def _run_given(session: Session, given: list[str], budget: float) -> None:
    """Run the instructor's own statements; what one that fails would define is a student's."""
    names = session.names
    with open(os.devnull, "w") as null, redirect_stdout(null), redirect_stderr(null):
        for statement in given:
            allowed, session.allowed = session.allowed, None
            try:
                with time_limit(budget):
                    tree = AskKind().visit(ast.parse(statement))
                    exec(compile(tree, "<given>", "exec"), names)
            except (Exception, BudgetExceeded):
                pass
            session.allowed, session.used, session.failure = allowed, set(), ""
    own = [(name, value) for name, value in names.items() if _is_given_class(name, value)]
    session.given.update(own)
    session.settle()


def _is_given_class(name: str, value: Any) -> bool:
    """Tell whether a value is a class of the instructor's, whose instances travel by value."""
    is_own = isinstance(value, type) and value.__module__ == "__main__" and value.__name__ == name
    return is_own and not isinstance(value, RemoteMeta) and not issubclass(value, BaseException)


def _set_hard_limit(budget: float) -> None:
    """Have the system end this process where its processor time says that it never will."""
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, HARD_FACTOR * (budget + GRACE_SECONDS))
