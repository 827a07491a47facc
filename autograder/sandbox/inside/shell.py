"""Run a notebook's cells in IPython as Jupyter would, and keep their outputs within bounds."""

from __future__ import annotations

import builtins
import io
import re
import subprocess
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.sandbox.shown import SAFE_FORMS, Outputs, Room
from autograder.sandbox.timing import BudgetExceeded, time_limit

# Less than the grading process waits for.
WARM_SECONDS = 20.0
CELL_FILE = "<ipython-input-"  # what IPython calls a cell in tracebacks
# Where IPython's token transformers may find something: a line that begins with one of its escape
# characters, a magic or a command that is assigned, a question mark; or where lines end in ways
# that Python and IPython see differently.
_ODD_ENDS = r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_SPECIAL = re.compile(rf"^\s*[!%,;/]|=[\s\\]*[!%]|\?|{_ODD_ENDS}", re.MULTILINE)
_ASYNCHRONOUS = re.compile("await|async")


class _Stream(io.TextIOBase):
    """A standard stream that writes into the outputs of the running cell."""

    def __init__(self, shell: CellShell, name: str) -> None:
        self._shell, self._name = shell, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._shell.outputs.stream(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data: dict[str, Any], *_args: Any, **_keywords: Any) -> None:
        """Keep what is displayed with the running cell's outputs."""
        self.shell.outputs.display("display_data", data)  # type: ignore[union-attr]

    def clear_output(self, wait: bool = False) -> None:
        """Forget the running cell's outputs so far."""
        self.shell.outputs.clear()  # type: ignore[union-attr]


class _Hook(DisplayHook):
    """Keeps a cell's last value with its outputs instead of printing it."""

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep the value's forms."""
        self.shell.outputs.display("execute_result", format_dict)  # type: ignore[union-attr]


class QuickTransformer(TransformerManager):
    """IPython's own transformations, without taking apart what can hold no syntax of its own.

    To find magics, IPython takes each cell apart in Python, which takes longer than to compile it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._own = list(self.token_transformers)

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """Return the lines with magics, commands and questions for help turned into calls."""
        if self.token_transformers == self._own and not _SPECIAL.search("".join(lines)):
            return lines
        return super().do_token_transforms(lines)


class CellShell(InteractiveShell):
    """IPython's shell without terminal, history file or kernel.

    Attributes
    ----------
    shows_frames : bool
        Whether an error is shown with the lines that it went through. To find and print them takes
        longer than most cells.
    rewrites : sequence of callable
        Each returns a cell's tree, rewritten and with all places in it.
    """

    shows_frames = True
    rewrites: Sequence[Callable[[Any], Any]] = ()

    def __init__(self) -> None:
        self.room = Room()
        self.outputs = Outputs(self.room)
        self.line = 0  # of the last cell, that an exception went through
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.display_page = True
        super().__init__(config=config, display_pub_class=_Publisher, displayhook_class=_Hook)
        # To render what is dropped later would only take time.
        self.display_formatter.active_types = list(SAFE_FORMS)  # type: ignore[union-attr]
        self.input_transformer_manager = QuickTransformer()
        builtins.input = _nobody_to_ask

    def should_run_async(self, raw_cell: str, *, transformed_cell: str, **known: Any) -> bool:
        """Tell whether a cell awaits something; IPython compiles it to see."""
        if not _ASYNCHRONOUS.search(transformed_cell):
            return False
        return super().should_run_async(raw_cell, transformed_cell=transformed_cell, **known)

    def transform_ast(self, node: Any) -> Any:
        """Return a cell's tree, rewritten; IPython would look for missing places in all of it."""
        for rewrite in self.rewrites:
            node = rewrite(node)
        return super().transform_ast(node)

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window system, and ``%matplotlib inline`` needs none."""

    def ask_exit(self) -> None:
        """Ignore ``exit`` in a cell, as the other cells are still to be run."""

    def system(self, cmd: str) -> None:
        """Run ``!cmd``; its output is the cell's. There is no terminal to run it in."""
        done = subprocess.run(
            self.var_expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.outputs.stream("stdout", done.stdout.decode("utf-8", "replace"))
        self.user_ns["_exit_code"] = done.returncode

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **known: Any) -> None:
        """Show the error that was just raised."""
        if self.shows_frames:
            super().showtraceback(exc_tuple, *args, **known)
        else:
            etype, evalue, _ = self._get_exc_info(exc_tuple)
            self._showtraceback(etype, evalue, [])

    def _format_exception_for_storage(self, exception: Any, *_args: Any, **_known: Any) -> Any:
        # IPython would print it a second time, into a history that nobody reads.
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        if etype is not BudgetExceeded:
            self.outputs.error(getattr(etype, "__name__", "Error"), text_of(evalue), list(stb))

    def execute(self, source: str, budget: float) -> tuple[str, list[dict[str, Any]]]:
        """Run one cell for at most `budget` seconds.

        Returns
        -------
        status : {"ok", "error", "timeout"}
        outputs : list of dict
            In nbformat's form.
        """
        self.outputs = Outputs(self.room)
        streams = redirect_stdout(_Stream(self, "stdout")), redirect_stderr(_Stream(self, "stderr"))
        with streams[0], streams[1]:
            try:
                with time_limit(budget):
                    result = self.run_cell(source, store_history=True)
                failure = result.error_before_exec or result.error_in_exec
            except BudgetExceeded as error:
                failure = error
        self.line = _line_of(failure)
        if isinstance(failure, BudgetExceeded):
            self.outputs.error("TimeoutError", f"the cell ran past {budget:.2g} s", [])
            return "timeout", self.outputs.finished()
        return "error" if failure else "ok", self.outputs.finished()


def _line_of(failure: BaseException | None) -> int:
    """Return the line of a cell that an exception went through, the innermost of its own."""
    try:
        if isinstance(failure, SyntaxError) and failure.lineno:
            return int(failure.lineno)
        frames = traceback.extract_tb(failure.__traceback__) if failure else []
        lines = [(f.filename, f.lineno or 0) for f in frames if f.filename.startswith(CELL_FILE)]
        return [line for name, line in lines if name == lines[0][0]][-1] if lines else 0
    except Exception:  # whatever an exception of the student's own making does
        return 0


def warm_up(shell: CellShell, cells: Iterable[str]) -> str:
    """Touch once what the first submission would be slow to touch, then forget what came of it.

    Parameters
    ----------
    cells : iterable of str
        Cells that every submission runs, such as those of the released notebook.

    Returns
    -------
    str
        What took too long and was left out, if anything did.
    """
    end, left_out = time.monotonic() + WARM_SECONDS, ""
    # No cell may await: the event loop's files would be closed in every child.
    for source in (*cells, "1 / 0", "import asyncio"):
        seconds = end - time.monotonic()
        if seconds <= 0 or shell.execute(source, seconds)[0] == "timeout":
            first = source.strip().partition("\n")[0][:80]
            left_out = f"the given cell that begins with `{first}` takes too long"
            break
    shell.reset(new_session=True, aggressive=False)
    shell.execution_count = 1
    shell.room = Room()
    shell.outputs = Outputs(shell.room)
    return left_out


def text_of(value: object) -> str:
    """Return ``str(value)``, or what can be said of a value that refuses."""
    try:
        return str(value)
    except Exception:
        return f"an unprintable {type(value).__name__}"


def _nobody_to_ask(prompt: object = "") -> NoReturn:
    raise EOFError(
        "input() has nobody to ask while a notebook is graded: write the value into the cell"
    )
