"""The proof as tables, printed and kept in the documentation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests import ROOT
from tests.proving.proof import SEEDS, STYLES, Figures

PAGE = ROOT / "docs" / "grading-quality.md"
BEGIN, END = "<!-- made by `make prove{}` -->", "<!-- end -->"
UNSAID = "optimization"  # what `make prove` proves if no assignment is named

_KINDS = {
    "name": "name or pair",
    "rule": "rule found",
    "link": "link found",
    "statement": "statement",
    "reading": "exception read",
}


def _told(of: Callable[[Figures], Counter[str]]) -> dict[str, Callable[[Figures], int]]:
    """Return a column for each kind of what is told."""

    def counted(kind: str) -> Callable[[Figures], int]:
        return lambda found: of(found)[kind]

    return {title: counted(kind) for kind, title in _KINDS.items()}


_COLUMNS: Mapping[str, Mapping[str, Callable[[Figures], int]]] = {
    "Wrong solutions: no false accept": {
        "misconceptions": lambda found: found.entries,
        "accepted": lambda found: len(found.accepted),
        "taken for another": lambda found: len(found.confused),
        "mutants": lambda found: found.mutants,
        "equivalent": lambda found: found.equivalent,
        "killed": lambda found: found.wrong,
        "survive": lambda found: len(found.survivors),
    },
    "A green check in the notebook, and points lost in grading": {
        "wrong solutions": lambda found: found.entries + found.wrong,
        "green": lambda found: len(found.green),
    },
    f"Right solutions: no false reject (each with {len(SEEDS)} seeds)": {
        "solutions": lambda found: found.solutions,
        "rejected": lambda found: len(found.rejected),
    },
    f"Diagnosis of wrong mutants (of {STYLES} right solutions each)": {
        "wrong mutants": lambda found: found.wrong,
        **_told(lambda found: found.kinds),
        "named wrongly": lambda found: len(found.misdiagnosed),
        "else untrue": lambda found: len(found.untrue),
        "message only": lambda found: found.kinds[""],
    },
    "Two or three changes at once, which run and stand in no catalogue": {
        "combinations": lambda found: found.combinations,
        **_told(lambda found: found.combined),
        "message only": lambda found: found.combined[""],
    },
}


def tables(figures: Mapping[str, Figures]) -> str:
    """Return all figures as Markdown tables."""
    return "\n\n".join(
        f"**{title}**\n\n{table(columns, figures)}" for title, columns in _COLUMNS.items()
    )


def write(assignment: str, made: str) -> None:
    """Put the tables between the assignment's markers, or at the end of a page without them."""
    text = PAGE.read_text(encoding="utf-8")
    begin = BEGIN.format("" if assignment == UNSAID else f" ASSIGNMENT={assignment}")
    made = f"{begin}\n\n{made}\n\n{END}"
    text, times = re.subn(f"{begin}.*?{END}", lambda _: made, text, flags=re.DOTALL)
    PAGE.write_text(text if times else f"{text}\n{made}\n", encoding="utf-8")


def table(columns: Mapping[str, Callable[[Any], int]], figures: Mapping[str, Any]) -> str:
    """Return counts of each function, and of all together, as a Markdown table."""
    rows = [
        (f"`{name}`", [count(found) for count in columns.values()])
        for name, found in figures.items()
    ]
    totals = [sum(map(count, figures.values())) for count in columns.values()]
    lines = [("function", list(columns)), ("---", ["---:"] * len(columns)), *rows, ("all", totals)]
    return "\n".join(f"| {' | '.join([name, *map(str, cells)])} |" for name, cells in lines)
