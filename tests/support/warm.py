"""Run the environment's commands in processes that need not import anything first.

To import nbgrader and all that it imports takes most of the time of a short command. A process
that has done so waits here and forks for each command: it runs in a process of its own, in its
folder and with its variables, as it would from a shell. `tests/cli/test_starting.py` and whoever
starts a command by hand see to it that it also runs from cold.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

PROGRAMS = {
    "autograder": ("autograder.cli", "main"),
    "killed-autograder": ("tests.support.killed", "main"),
    "nbgrader": ("nbgrader.apps.nbgraderapp", "main"),
}
# What the verbs import when they are called.
IMPORTED_LATER = (
    "autograder.authoring.build",
    "autograder.authoring.release",
    "autograder.cli.graded",
    "autograder.grading.examining.examination",
    "autograder.grading.replaying",
    "autograder.grading.run",
    "autograder.gradebook.late",
    "jupytext",
    "nbclient",
    "nbgrader.apps.api",
    "nbgrader.converters",
    "rich.progress",
)
# Python looks at these only when it starts.
OF_THE_START = ("PYTHON", "LC_", "LANG", "TZ")
LARGEST = 1 << 18


def can_run(command: Sequence[str], env: Mapping[str, str]) -> bool:
    """Tell whether a warm process would run the command as a cold one does."""
    return command[0] in PROGRAMS and _of_the_start(env) == _of_the_start(_server()[1])


def run_warm(
    command: Sequence[str], cwd: Path, env: Mapping[str, str], seconds: float, text: bool
) -> subprocess.CompletedProcess[Any]:
    """Run a command as `subprocess.run` does."""
    control, _ = _server()
    request = {"command": list(map(str, command)), "cwd": str(cwd), "env": dict(env)}
    end, report = os.pipe()
    with TemporaryFile() as said, TemporaryFile() as complaints, os.fdopen(end, "rb", 0) as ended:
        given = [said.fileno(), complaints.fileno(), report]
        socket.send_fds(control, [json.dumps(request).encode()], given)
        os.close(report)
        code = _wait(ended, command, seconds)
        outputs: list[Any] = [_read(file) for file in (said, complaints)]
    if text:
        outputs = [output.decode().replace("\r\n", "\n") for output in outputs]
    return subprocess.CompletedProcess(command, code, *outputs)


def _wait(ended: Any, command: Sequence[str], seconds: float) -> int:
    """Return the exit code; end the process when its time is over."""
    process = int(ended.readline())
    if not select.select([ended], [], [], seconds)[0]:
        os.kill(process, signal.SIGKILL)
        raise subprocess.TimeoutExpired(command, seconds)
    return int(ended.readline())


def _read(file: Any) -> bytes:
    file.seek(0)
    return file.read()


def _of_the_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(OF_THE_START)}


@cache
def _server() -> tuple[socket.socket, dict[str, str]]:
    """Start the process; it ends with this one, which holds the other end of its socket."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        start = f"from {__name__} import start; start()"
        command = [sys.executable, "-c", start, str(theirs.fileno())]
        root = Path(__file__).parents[2]
        given = [theirs.fileno()]
        server = subprocess.Popen(command, cwd=root, pass_fds=given, stdin=subprocess.DEVNULL)
    atexit.register(lambda: (ours.close(), server.wait()))
    return ours, dict(os.environ)


def _serve(control: socket.socket) -> Callable[[], Any] | None:
    """Fork for each command; in the child, return the command's program."""
    while True:
        request, files, *_ = socket.recv_fds(control, LARGEST, 3)
        if not request:
            return None
        if os.fork():
            for file in files:
                os.close(file)
            _reap()
            continue
        control.close()
        said, complaints, report = files
        if child := os.fork():
            os.write(report, b"%d\n" % child)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            os.write(report, b"%d\n" % code)
            os._exit(0)
        os.close(report)
        return _become(json.loads(request), said, complaints)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _become(request: Mapping[str, Any], said: int, complaints: int) -> Callable[[], Any]:
    """Turn this process into that of the command; return its program."""
    os.dup2(said, 1)
    os.dup2(complaints, 2)
    os.close(said)
    os.close(complaints)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    name, *arguments = request["command"]
    script = Path(sys.executable).parent / name
    sys.path[0] = str(script.parent)
    sys.argv = [str(script), *arguments]
    module, function = PROGRAMS[name]
    return getattr(import_module(module), function)


def _warm_up() -> None:
    from autograder.cli.app import make_app

    make_app()
    for module, _ in PROGRAMS.values():
        import_module(module)
    for module in IMPORTED_LATER:
        import_module(module)
    gc.collect()
    gc.freeze()


def start() -> None:
    """Import all, then serve the socket whose number the command line gives."""
    _warm_up()
    program = _serve(socket.socket(fileno=int(sys.argv[1])))
    sys.exit(program() if program else 0)
