"""Print the proof of an assignment, `python -m tests.proving NAME`; exit 1 if a goal is missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from autograder.processors import processors
from tests.proving.fairness import fairness_goals_missed, fairness_tables, prove_fairness
from tests.proving.pages import page_goals_missed, pages_table, prove_pages
from tests.proving.proof import STYLES, goals_missed, prove
from tests.proving.tables import PAGE, UNSAID, tables, write
from tests.support.assignments import available


def main() -> int:
    """Prove, print each part as soon as it is proven, and perhaps write."""
    given = _given()
    if given.styles != STYLES:
        print(f"A small run, with mutants of {given.styles} right solutions of each function.\n")
    proven, missed = [], []
    for table, short in _parts(given.assignment, given.styles):
        print(table, flush=True)
        print()
        print(*short, sep="\n", end="\n" if short else "", file=sys.stderr, flush=True)
        proven.append(table)
        missed += short
    if given.write:
        write(given.assignment, "\n\n".join(proven))
    return 1 if missed else 0


def _parts(name: str, styles: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each part of the proof as a table, with the goals that it misses."""
    workers = processors()
    figures = prove(name, workers, styles)
    yield tables(figures), goals_missed(name, list(figures.values()))
    fair = prove_fairness(name, workers, styles)
    yield fairness_tables(fair), fairness_goals_missed(fair)
    if name == UNSAID:  # the pages of one sample class and of one large class are looked at
        pages = prove_pages()
        yield pages_table(pages), page_goals_missed(pages)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment", nargs="?", default=UNSAID, choices=available())
    parser.add_argument(
        "--styles", type=int, default=STYLES, help="make mutants of so many right solutions each"
    )
    parser.add_argument("--write", action="store_true", help=f"keep the tables in {PAGE.name}")
    given = parser.parse_args()
    if given.write and given.styles < STYLES:
        parser.error("only the whole proof is written: leave out --styles")
    return given


if __name__ == "__main__":
    sys.exit(main())
