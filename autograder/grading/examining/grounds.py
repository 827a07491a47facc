"""What of a notebook is the instructor's own, and so may run where the verdict is made."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograder.grading.examining.statements import Statement, statements_of
from autograder.handin.notebook import name_of
from autograder.handin.repairing import HIDDEN
from autograder.names import stands_in


@dataclass(frozen=True)
class Grounds:
    """What an examiner is told of an instructor's notebook.

    Attributes
    ----------
    given : mapping
        For each grade cell the instructor's statements to run before it, since the one before.
    forget : mapping
        For each grade cell the names that answers bind, since the one before.
    values : frozenset of str
        Names of given values and classes, which may be taken from the student's process instead.
    shared : mapping
        For each grade cell the values that it sets and functions of the notebook use.
    shadowing : frozenset of str
        Names of Python's own that answers define.
    imports : str
        All imports, to be paid once.
    """

    given: Mapping[str, list[str]]
    forget: Mapping[str, list[str]]
    values: frozenset[str]
    shared: Mapping[str, list[str]]
    shadowing: frozenset[str]
    imports: str


def is_test(cell: NotebookNode) -> bool:
    """Tell whether a cell is graded by what its code does."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


@dataclass
class _Sorting:
    """Goes through the cells in order; what depends on an answer is a student's."""

    needed: set[str]
    theirs: set[str]
    calling: set[str] = field(default_factory=set)  # functions that call a student's
    values: set[str] = field(default_factory=set)

    def keep(self, statement: Statement) -> bool:
        """Tell whether a given statement is to run where the verdict is made."""
        if statement.bound & self.theirs:
            return False
        if statement.is_import:
            return True
        depends = statement.used_at_once & (self.theirs | self.calling)
        if depends:
            self.theirs |= statement.bound
            return False
        if statement.is_definition:
            if statement.used & (self.theirs | self.calling):
                self.calling |= statement.bound
            if not statement.is_function:
                self.values |= statement.bound
            return bool(statement.bound & self.needed)
        if "get_ipython" in statement.used or not statement.bound & self.needed:
            return False
        self.values |= statement.bound
        return True


def grounds_of(cells: Iterable[NotebookNode]) -> Grounds:
    """Return what an examiner is told of the instructor's code cells, in their order."""
    cells = list(cells)
    answers = [s for cell in cells if is_solution(cell) for s in statements_of(cell.source)]
    every = [s for cell in cells for s in statements_of(cell.source) if s.is_import]
    imported = {name for s in every for name in s.bound}
    # A call of a library's function changes nothing that has the library's name.
    theirs = {name for s in answers if not s.is_import for name in s.bound - imported}
    theirs |= {name for s in answers if s.is_definition for name in s.bound}
    sorting = _Sorting(_needed(cells), set(theirs))
    given: dict[str, list[str]] = {}
    forget: dict[str, list[str]] = {}
    kept: list[str] = []
    bound: set[str] = set()
    for cell in cells:
        statements = statements_of(cell.source)
        if is_test(cell):
            given[name_of(cell)], kept = kept, []
            forget[name_of(cell)], bound = sorted(bound & theirs), set()
            kept = [s.text for s in statements if s.is_definition or s.is_import]
        elif is_solution(cell):
            kept += [s.text for s in statements if s.is_import]
            bound |= {name for s in statements if not s.is_import for name in s.bound}
        else:
            kept += [s.text for s in statements if sorting.keep(s)]
    imports = "\n".join(dict.fromkeys(s.text for s in every))
    shadowing = frozenset(name for name in theirs if hasattr(builtins, name))
    values = frozenset(sorting.values)
    return Grounds(given, forget, values, _shared(cells), shadowing, imports)


def _shared(cells: Sequence[NotebookNode]) -> dict[str, list[str]]:
    """Return the values that each test sets and the functions of other cells use."""
    others = [cell for cell in cells if not is_test(cell)]
    used = {name for cell in others for s in statements_of(cell.source) for name in s.used_later}
    tests = [(name_of(cell), statements_of(cell.source)) for cell in cells if is_test(cell)]
    bound = {
        name: {one for s in made if not s.is_import for one in s.bound} for name, made in tests
    }
    return {name: sorted(found & used) for name, found in bound.items()}


def _needed(cells: Sequence[NotebookNode]) -> set[str]:
    """Return the names that the tests use, and those that what they use is made of."""
    given = [
        statement
        for cell in cells
        if not is_test(cell) and not is_solution(cell)
        for statement in statements_of(cell.source)
    ]
    needed: set[str] = set()
    for cell in filter(is_test, cells):
        needed = needed.union(*(statement.used for statement in statements_of(cell.source)))
    before = -1
    while len(needed) != before:
        before = len(needed)
        for statement in given:
            if statement.bound & needed:
                needed |= statement.used
    return needed


def carried(source: str, later: Sequence[str]) -> str:
    """Return what a test cell defines in the open and later cells of a student's use.

    Parameters
    ----------
    later : sequence of str
        The texts of the cells that follow in the student's process.
    """
    kept = []
    for statement in statements_of(HIDDEN.sub("", source)):
        is_plain = statement.is_import or statement.is_definition or _is_constant(statement)
        if is_plain and any(stands_in(name, text) for name in statement.bound for text in later):
            kept.append(statement.text)
    return "\n".join(kept)


def _is_constant(statement: Statement) -> bool:
    return bool(statement.bound) and not statement.used
