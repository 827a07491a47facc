"""Notes on what was repaired in a hand-in, as its student and the instructor read them."""

from __future__ import annotations

from collections.abc import Iterator

# So many cells are named one by one.
MOST_NAMED = 4
OF_ANOTHER = "none of the released cells is in it: it was made from another notebook"
OF_ANOTHER_NOTE = (
    "None of the released cells was in it: it was made from another notebook. The functions that "
    "your own cells define were judged. Copy them into the released notebook to see its checks."
)
# What befell one cell, and many.
CHANGED = (
    "had been changed and is as it was released again",
    "had been changed and are as they were released again",
)
CHANGED_AND_RUN = (
    "had been changed: it is as released again, and your version ran right after it",
    "had been changed: they are as released again, and your versions ran right after them",
)


class Notes:
    """Collects notes on repairs; what befell many cells alike is told in one."""

    def __init__(self) -> None:
        self._single: list[str] = []
        self._cells: dict[tuple[str, str], list[str]] = {}

    def add(self, note: str) -> None:
        """Add one that stands alone."""
        self._single.append(note)

    def cell(self, name: str, befell: str, befell_many: str) -> None:
        """Note what befell a cell, in the words for one cell and in those for many."""
        self._cells.setdefault((befell, befell_many), []).append(name)

    def told(self) -> Iterator[str]:
        """Yield the notes as they are told."""
        yield from self._single
        for (befell, befell_many), names in self._cells.items():
            if len(names) <= MOST_NAMED:
                yield from (f"The cell {name} {befell}." for name in names)
            else:
                yield f"{len(names)} cells {befell_many}, among them {', '.join(names[:3])}."
