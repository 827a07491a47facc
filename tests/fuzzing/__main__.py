"""Search for as long as you like: `make fuzz`, or `python -m tests.fuzzing --minutes 5`."""

from __future__ import annotations

import argparse
import itertools
import sys
import time

from tests.fuzzing.search import Tally, search
from tests.fuzzing.subjects import subjects

TRIES = 1000  # of a case, before the next one has its turn


def main() -> int:
    """Print what was found, each find once, and how much was tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0, help="of the first round")
    parser.add_argument("--assignment", help="search this one alone")
    given = parser.parse_args()
    tallies = _rounds(time.monotonic() + 60 * given.minutes, given.seed, given.assignment)
    finds = {tally.name: tally.find for tally in tallies if tally.find}
    for name, find in finds.items():
        print(f"{name}\n  {find}\n")
    print(
        f"{sum(tally.tries for tally in tallies)} tries, "
        f"{sum(tally.wrong for tally in tallies)} of them wrong: {len(finds)} finds"
    )
    return bool(finds)


def _rounds(end: float, seed: int, assignment: str | None = None) -> list[Tally]:
    """Search all cases again and again, each time from another seed; one with a find is done."""
    tallies: list[Tally] = []
    done: set[str] = set()
    known = [one for one in subjects() if assignment in (None, one.assignment)]
    for number in itertools.count(seed):
        for subject in known:
            if time.monotonic() > end:
                return tallies
            if subject.name not in done:
                tallies.append(search(subject, TRIES, number))
                done |= {subject.name} if tallies[-1].find else set()
    return tallies


if __name__ == "__main__":
    sys.exit(main())
