"""Print the proof; ``--write`` keeps it in docs/grading-quality.md. Exit 1 if a goal is missed."""

from __future__ import annotations

import os
import sys

from tests.proving.fairness import fairness_goals_missed, fairness_tables, prove_fairness
from tests.proving.pages import page_goals_missed, pages_table, prove_pages
from tests.proving.proof import goals_missed, prove
from tests.proving.tables import tables, write


def main() -> int:
    """Prove, print and perhaps write."""
    figures = prove(workers=os.cpu_count() or 1)
    fair = prove_fairness(workers=os.cpu_count() or 1)
    pages = prove_pages()
    made = f"{tables(figures)}\n\n{fairness_tables(fair)}\n\n{pages_table(pages)}"
    print(made)
    missed = [
        *goals_missed(list(figures.values())),
        *fairness_goals_missed(fair),
        *page_goals_missed(pages),
    ]
    print(*missed, sep="\n", file=sys.stderr)
    if "--write" in sys.argv[1:]:
        write(made)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
