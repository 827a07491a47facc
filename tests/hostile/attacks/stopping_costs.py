"""Stopping the grading process by what it must look at: texts, cells, lines, names, numbers."""

from functools import partial

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.hostile.attack import ADAM, ALL, FIRST, GD, LAST, MOMENTUM, NONE, Attack, Edit, find

stopping = partial(Attack, group="stopping", half=False)


def writing(source: str) -> Edit:
    """Return what puts a text in the place of an answer."""
    return lambda notebook: find(notebook, f"{GD}-answer").update(source=source)


def adding(*sources: str) -> Edit:
    """Return what adds texts that are no code."""

    def edit(notebook: NotebookNode) -> None:
        notebook.cells += map(new_markdown_cell, sources)

    return edit


def off(*names: str) -> Edit:
    """Return what moves all numbers that these functions return: wrong, and nothing odd."""

    def edit(notebook: NotebookNode) -> None:
        for name in names:
            find(notebook, f"{name}-answer").source += f"{OFF}{name} = off({name})\n"

    return edit


def tiny_cells(notebook: NotebookNode) -> None:
    """Fill the notebook with cells up to what it may have."""
    notebook.cells += [new_code_cell("1") for _ in range(990 - len(notebook.cells))]


# Two numbers whose distance no float can tell, each the answer to every second call.
FAR = """
far = np.full(1, complex(1.3e308, 1.3e308))
seen.append(1)
return far if len(seen) % 2 else np.zeros(1, complex)
"""
# The first error of a cell says so of itself in megabytes.
LONG_NAME = """
kind = type(get_ipython().outputs)
real = kind.finished
odd = [{"output_type": "error", "ename": "a" * 4_000_000, "evalue": "", "traceback": []}]
kind.finished = lambda self: odd if any("ename" in one for one in self.items) else real(self)
"""
OFF = """
def off(function):
    def moved(value):
        if isinstance(value, dict):
            return {key: moved(part) for key, part in value.items()}
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        if isinstance(value, np.ndarray):
            return value + np.cos(np.arange(value.size)).reshape(value.shape)
        return value
    return lambda *given: moved(function(*given))
"""
# Each call of each function is stopped in one cell of sixty thousand lines.
LINES = "#\n" * 60_000 + "def stopped(*given, **named):\n    raise ValueError('here')\n"
ALL_STOPPED = "\n".join(f"{name} = stopped" for name in ALL)
PACKAGES = """
import random
def stopped(*given, **named):
    raise ModuleNotFoundError(f"No module named 'x{random.random()}'".replace("0.", ""))
"""

PARTS = {
    "thousands of numbers": "[float(number) for number in range(7000)]",
    "hundreds of lists": "[[number] for number in range(560)]",
    "hundreds of arrays": "[np.full((1, 1), number) for number in range(380)]",
    "thousands of keys": "{str(number): number for number in range(3000)}",
}

ATTACKS = (
    stopping(
        "complex numbers that are too far apart for a float",
        {FIRST: "seen = []"},
        answers={GD: FAR},
    ),
    *(
        stopping(f"{what} in each answer", answers=dict.fromkeys(ALL, f"return {parts}"))
        for what, parts in PARTS.items()
    ),
    stopping(
        "a function whose name has megabytes",
        edit=writing(f"def {'a' * 4_000_000}(): 0"),
        points={GD: 0.0},
    ),
    stopping(
        "an error whose name has megabytes",
        {FIRST: LONG_NAME},
        edit=writing("1/0"),
        points={GD: 0.0},
    ),
    stopping(
        "numbers that no known mistake gives in three exercises",
        edit=off(GD, MOMENTUM, ADAM),
        points=dict.fromkeys((GD, MOMENTUM, ADAM), 0.0),
    ),
    stopping("hundreds of tiny cells", edit=tiny_cells),
    stopping("a text of megabytes that is made of entities", edit=adding("&lt;&#35;" * 1_500_000)),
    stopping("a text of megabytes that is made of tags", edit=adding("<i><x>[a](b)" * 1_200_000)),
    stopping(
        "an error in a cell of sixty thousand lines, at each call",
        {LAST: LINES + ALL_STOPPED},
        points=NONE,
    ),
    stopping(
        "a package that is missing, at each call, beside megabytes of code",
        {FIRST: "# package " * 400_000, LAST: PACKAGES + ALL_STOPPED},
        points=NONE,
        flag="",
    ),
)
