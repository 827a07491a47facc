"""Print the proof of an assignment, `python -m tests.proving NAME`; exit 1 if a goal is missed."""

from __future__ import annotations

import argparse
import os
import sys

from tests.proving.fairness import fairness_goals_missed, fairness_tables, prove_fairness
from tests.proving.pages import page_goals_missed, pages_table, prove_pages
from tests.proving.proof import STYLES, goals_missed, prove
from tests.proving.tables import PAGE, UNSAID, tables, write
from tests.support.assignments import available


def main() -> int:
    """Prove, print and perhaps write."""
    given = _given()
    if given.styles != STYLES:
        print(f"A small run, with mutants of {given.styles} right solutions of each function.\n")
    name, workers = given.assignment, os.cpu_count() or 1
    figures = prove(name, workers, given.styles)
    fair = prove_fairness(name, workers, given.styles)
    parts = [tables(figures), fairness_tables(fair)]
    missed = [*goals_missed(name, list(figures.values())), *fairness_goals_missed(fair)]
    if name == UNSAID:  # the pages of one sample class and of one large class are looked at
        pages = prove_pages()
        parts.append(pages_table(pages))
        missed += page_goals_missed(pages)
    print(*parts, sep="\n\n")
    print(*missed, sep="\n", file=sys.stderr)
    if given.write:
        write(name, "\n\n".join(parts))
    return 1 if missed else 0


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
