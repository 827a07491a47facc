"""Say what kept a function from being judged by what it does: above all, a cell that does not run.

All of it is read off the notebook's own text and off what came of its cells, before any hidden
input had entered the process. Nothing is parsed: a hand-in may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.assignment.exercise import Answer, Exercise
from autograder.assignment.verdict import Obstacle
from autograder.judging.remedies import Broken, remedy
from autograder.names import printable

# What nbgrader replaces by the starter's line.
SOLUTION = re.compile(r"(?s)### BEGIN SOLUTION.*?### END SOLUTION")
STARTER = re.compile(r"\s*raise\s+NotImplementedError\b")
NAME_ERROR = re.compile(r"stopped with NameError(?:: name '(\w+)')?")
# Blanks within a line only: over many empty lines, \s would be tried again from each.
BOUND = re.compile(r"^[ \t]*(?:(?:async )?def (\w+)|class (\w+)|(\w+)[ \t]*=(?!=))", re.MULTILINE)
IMPORTED = re.compile(r"^[ \t]*(?:from [\w.]+ )?import (.+)$", re.MULTILINE)
# What stands in a function that is not begun, without blanks.
STUBS = ("def", "raiseNotImplementedError", "pass", "...", "@")
LONGEST_LINE = 100
# A name of megabytes is no name that anyone reads, and to break it into lines takes minutes.
LONGEST_NAME = 60


@dataclass(frozen=True)
class RanCell:
    """A code cell of the repaired notebook and what came of it.

    Attributes
    ----------
    name : str
        Its name in the source version; empty where the student added it.
    status : str
        ``ok``, ``error``, ``timeout``, ``lost``, or empty if it was not run.
    error, reason : str
        The type and the text of the exception that ended it.
    line : int
        Where that was, counted from 1; 0 where it is not known.
    """

    name: str
    source: str
    status: str = "ok"
    error: str = ""
    reason: str = ""
    line: int = 0

    @property
    def failed(self) -> bool:
        """Whether it did not run to its end."""
        return self.status in {"error", "timeout", "lost"}

    def defines(self, function: str) -> bool:
        """Tell whether the cell holds the head of that function."""
        return bool(re.search(rf"^[ \t]*(?:async )?def {function}\b", self.source, re.MULTILINE))

    def text_of(self, line: int) -> str:
        """Return a line of the cell, as far as it is told."""
        lines = self.source.split("\n")
        return _told(lines[line - 1]) if 0 < line <= len(lines) else ""

    @property
    def first_line(self) -> str:
        """The first line that is not empty."""
        return _told(self.source.lstrip().partition("\n")[0])


def find_obstacle(
    exercise: Exercise, answers: Sequence[Answer], cells: Sequence[RanCell], given: str
) -> Obstacle | None:
    """Return what kept all calls of an exercise's function from an answer, if it is known.

    Parameters
    ----------
    given : str
        The answer cell of the source version.
    """
    statuses = {answer.status for answer in answers}
    own = next((cell for cell in cells if cell.name == exercise.answer_cell), RanCell("", ""))
    if statuses == {"missing"}:
        return _why_missing(exercise, own, cells)
    if statuses == {"todo"}:
        return _why_not_written(own, given)
    if statuses == {"raised"}:
        return _why_name_is_missing(own, answers, cells)
    return None


def _why_missing(exercise: Exercise, own: RanCell, cells: Sequence[RanCell]) -> Obstacle | None:
    definers = [cell for cell in cells if cell.defines(exercise.id)]
    definer = definers[-1] if definers else own
    if definer.failed:
        return _of_cell(definer, own)
    if definers:
        return None
    others = re.findall(r"^def (\w+)", own.source, re.MULTILINE)
    if others:
        name = printable(others[0][:LONGEST_NAME])
        return Obstacle(
            f"Your answer cell defines {name} and not {exercise.id}.",
            f"Give the function the name that it had: {exercise.id}.",
        )
    return Obstacle(
        f"No cell of your notebook defines {exercise.id}.",
        f"Write it in its answer cell, beginning with `def {exercise.id}`.",
    )


def _of_cell(cell: RanCell, own: RanCell, needs: str = "") -> Obstacle:
    """Say why a cell did not run, and what to do about it."""
    what = "your answer cell" if cell is own else f"the cell that begins {_quoted(cell.first_line)}"
    text = cell.text_of(cell.line)
    subject = f"Your function needs `{needs}`, and {what}" if needs else what[0].upper() + what[1:]
    broken = Broken(cell.status, cell.error, cell.reason, text, cell.source)
    if cell.status != "error":
        return Obstacle(f"{subject} was ended: it {_how_it_ended(cell)}.", remedy(broken))
    where = f" in line {cell.line}: {_quoted(text)}" if text else ""
    return Obstacle(f"{subject} does not run: {cell.error}{where}", remedy(broken))


def is_line_of(obstacle: Obstacle, line: str) -> bool:
    """Tell whether an obstacle quotes that line of a cell."""
    told = _told(line)
    return bool(told) and obstacle.what.endswith(f": {_quoted(told)}")


def _how_it_ended(cell: RanCell) -> str:
    return "ran past its time" if cell.status == "timeout" else cell.reason


def _told(line: str) -> str:
    return printable(line.strip()[:LONGEST_LINE])


def _quoted(code: str) -> str:
    """Mark a piece of code, unless it holds such marks itself."""
    return code if "`" in code else f"`{code}`"


def _why_not_written(own: RanCell, given: str) -> Obstacle | None:
    """Tell the starter's line from a function that is not begun."""
    starters = [n for n, text in enumerate(own.source.split("\n"), 1) if STARTER.match(text)]
    if not _own_lines(own.source, given):
        return None
    if starters:
        return Obstacle(
            f"Your function has code of yours, but line {starters[0]} still stops it: "
            f"{_quoted(own.text_of(starters[0]))}",
            "Take out that line: it only stood there until the function was written.",
        )
    return Obstacle(
        "Your function calls another that is not implemented yet.",
        "Write that one first, or do without it.",
    )


def _own_lines(source: str, given: str) -> set[str]:
    """Return the lines of code that a student wrote into an answer cell."""
    released = set(_code_lines(SOLUTION.sub("", given)))
    return {
        line for line in _code_lines(source) if line not in released and not line.startswith(STUBS)
    }


def _code_lines(source: str) -> Iterator[str]:
    """Yield the lines without blanks in them, but comments and what stands in triple quotes."""
    code = re.sub(r"(?s)\"\"\".*?\"\"\"|'''.*?'''", "", source)
    for line in code.split("\n"):
        if bare := "".join(line.partition("#")[0].split()):
            yield bare


def _why_name_is_missing(
    own: RanCell, answers: Sequence[Answer], cells: Sequence[RanCell]
) -> Obstacle | None:
    """Find the cell that would have defined what the function does not find."""
    found = [NAME_ERROR.match(answer.reason) for answer in answers]
    if not all(found):
        return None
    told = {match[1] for match in found if match and match[1]}
    needed = told or set(re.findall(rf"\b\w{{1,{LONGEST_NAME}}}\b", own.source))
    for cell in cells:
        if cell.failed and cell is not own and (names := needed & set(_bound(cell.source))):
            return _of_cell(cell, own, min(names))
    return None


def _bound(source: str) -> Iterator[str]:
    """Yield the names that a cell would bind."""
    for groups in BOUND.findall(source):
        yield from filter(None, groups)
    for names in IMPORTED.findall(source):
        for name in names.split("#")[0].split(","):
            yield from name.split()[-1:]
