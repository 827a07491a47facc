"""Lay out two partitions into mini-batches for drawing, and say in words how they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.exercise import Picture
from autograder.assignment.verdict import Demonstrated, Pairs
from autograder.pages import fragment

TEMPLATES = Path(__file__).with_name("templates")

WIDTH, LABEL, ROW = 340, 62, 50
WIDEST_CELL = 44.0
# More are not drawn, whatever a wrong answer holds.
MOST_BATCHES, MOST_CELLS = 12, 20
SHADES = 10


@dataclass(frozen=True)
class Cell:
    """One column of a mini-batch: the example it came from, in X and in Y."""

    left: float
    x: str
    y: str
    shade_x: str
    shade_y: str
    apart: bool


@dataclass(frozen=True)
class Batch:
    """One mini-batch as a row of cells."""

    top: float
    name: str
    cells: tuple[Cell, ...]

    @property
    def examples(self) -> str:
        """The examples in X, for the table."""
        return ", ".join(cell.x for cell in self.cells) or "nothing"

    @property
    def labels(self) -> str:
        """The examples in Y, for the table."""
        return ", ".join(cell.y for cell in self.cells) or "nothing"


@dataclass(frozen=True)
class Side:
    """One partition."""

    name: str
    batches: tuple[Batch, ...]
    cell: float
    more: int

    @property
    def height(self) -> float:
        """Of the drawing."""
        return ROW * len(self.batches)


@dataclass(frozen=True)
class PartitionFigure:
    """All that the template draws."""

    caption: str
    sides: tuple[Side, ...]
    width: int = WIDTH


def draw_partitions(shown: Demonstrated, id: str) -> Picture | None:
    """Return a picture of two partitions; of equal ones only words."""
    if are_same(shown):
        return Picture(describe_partitions(shown))
    figure = lay_out_partitions(shown)
    if figure is None:
        return None
    html = fragment(TEMPLATES, "partition.html", figure=figure, id=id)
    return Picture(figure.caption, html, (TEMPLATES / "partition.css").read_text(encoding="utf-8"))


def lay_out_partitions(shown: Demonstrated) -> PartitionFigure | None:
    """Return the two partitions side by side; None where there is nothing to draw."""
    if not any(shown.own) or not shown.right:
        return None
    examples = sum(len(batch) for batch in shown.right)
    sides = _side("Yours", shown.own, examples), _side("The right one", shown.right, examples)
    return PartitionFigure(describe_partitions(shown), sides)


def describe_partitions(shown: Demonstrated) -> str:
    """Say how the student's partition differs from the right one."""
    if are_same(shown):
        return "Here your mini-batches are the right ones: the mistake shows in other cases only."
    examples = sum(len(batch) for batch in shown.right)
    differences = [
        *_about_sizes(shown),
        *_about_examples(shown.own, examples),
        *_about_labels(shown.own),
        *_about_order(shown),
    ]
    return " ".join(differences)


def are_same(shown: Demonstrated) -> bool:
    """Tell whether both are the same."""
    return shown.own == shown.right


def _about_sizes(shown: Demonstrated) -> list[str]:
    own, right = ([len(batch) for batch in batches] for batches in (shown.own, shown.right))
    if own == right:
        return []
    return [f"Your mini-batches have {_listed(own)} examples, the right ones {_listed(right)}."]


def _about_examples(own: tuple[Pairs, ...], examples: int) -> list[str]:
    counts = Counter(x for batch in own for x, _ in batch if x)
    missing = [number for number in range(1, examples + 1) if not counts[number]]
    repeated = sorted(int(number) for number, count in counts.items() if count > 1)
    strange = sum(1 for batch in own for x, _ in batch if not x)
    said = []
    if missing:
        said.append(f"Missing in X: {_listed(missing)}.")
    if repeated:
        said.append(f"More than once in X: {_listed(repeated)}.")
    if strange:
        said.append(f"{strange} {'column' if strange == 1 else 'columns'} of X are no example.")
    return said


def _about_labels(own: tuple[Pairs, ...]) -> list[str]:
    pairs = [pair for batch in own for pair in batch]
    apart = sum(1 for x, y in pairs if x != y)
    if not apart:
        return []
    return [f"In {apart} of {len(pairs)} columns, X and Y belong to different examples."]


def _about_order(shown: Demonstrated) -> list[str]:
    own, right = ([x for batch in side for x, _ in batch] for side in (shown.own, shown.right))
    if own == sorted(own) and len(own) > 1:
        return ["The examples are in their first order: they were not shuffled."]
    if sorted(own) == sorted(right) and own != right:
        return ["The examples are in another order than the recipe gives."]
    return []


def _side(name: str, batches: tuple[Pairs, ...], examples: int) -> Side:
    drawn = batches[:MOST_BATCHES]
    widest = max([1, *(min(len(batch), MOST_CELLS) for batch in drawn)])
    cell = round(min(WIDEST_CELL, (WIDTH - LABEL) / widest), 1)
    rows = tuple(
        Batch(ROW * place, f"batch {place + 1}", _cells(batch, cell, examples))
        for place, batch in enumerate(drawn)
    )
    return Side(name, rows, cell, len(batches) - len(drawn))


def _cells(batch: Pairs, width: float, examples: int) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            left=round(LABEL + width * place, 1),
            x=_name(x),
            y=_name(y),
            shade_x=_shade(x, examples),
            shade_y=_shade(y, examples),
            apart=x != y,
        )
        for place, (x, y) in enumerate(batch[:MOST_CELLS])
    )


def _name(number: float) -> str:
    return f"{number:g}" if number else "?"


def _shade(number: float, examples: int) -> str:
    """Return the class of a colour: the later an example stood, the darker."""
    return f"shade-{int((number - 1) * SHADES / examples)}" if number else "shade-none"


def _listed(numbers: list[int]) -> str:
    """Join numbers as a sentence does."""
    words = [str(number) for number in numbers]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words or ["no"])
