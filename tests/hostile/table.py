"""The corpus as a table: what is tried, what comes of it, what the instructor is told.

``python -m tests.hostile.table [LEVEL...]`` grades it all and prints the tables, through nbgrader's
own command with ``--nbgrader``. With ``--write`` it puts the list of attacks into docs/security.md
instead, and grades nothing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.course import Course
from autograder.sandbox.isolation import Level, missing
from tests import ROOT
from tests.hostile.attack import ALL, Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.batch import NBGRADERS, OURS, Batch, grade_all

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- the corpus: make hostile-table -->", "<!-- end of the corpus -->"


def main() -> int:
    """Print the table of a run, or write the one in the documentation."""
    if "--write" in sys.argv[1:]:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    given = sys.argv[1:]
    if given == ["--nbgrader"]:
        return print_run(Level.NAMESPACES, NBGRADERS)
    levels = [Level(name) for name in given] or [Level.NAMESPACES, Level.LANDLOCK]
    return max(print_run(level) for level in levels)


def print_run(level: Level, door: Sequence[str] = OURS) -> int:
    """Print what came of all attacks at a level, through one way into the gradebook."""
    if reasons := missing(level):
        print(f"The level {level} is not to be had here: {reasons[0]}.")
        return 0
    print(f"The level {level}, by {' '.join(door[:2])}:")
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="autograder-hostile-") as folder:
        batch = grade_all(Course.find(PAGE.parent), Path(folder), ATTACKS, level, door)
        if batch.outcome.returncode != 0:
            print(batch.outcome.stdout + batch.outcome.stderr, file=sys.stderr)
            return 2
        outcomes = {attack: outcome_of(attack, batch) for attack in ATTACKS}
        Console().print(table_of(outcomes, batch))
        failed = [
            f"{attack.name}: {outcome}; {'; '.join(batch.verdict(attack.student).flags)}"
            for attack, outcome in outcomes.items()
            if outcome != "held"
        ]
    held = sum(outcome == "held" for outcome in outcomes.values())
    print(
        f"{held} of {len(ATTACKS)} held; graded with 20 honest hand-ins in {batch.seconds:.0f} s."
    )
    left = [*batch.missing, *batch.left_running, *batch.left_files, *batch.callers]
    for what in left:
        print(f"left, reached or missing: {what}")
    for line in failed:
        print(line)
    return 1 if left or held < len(ATTACKS) else 0


def outcome_of(attack: Attack, batch: Batch) -> str:
    """Return ``held``, or what did not."""
    if attack.destructive and batch.missing:
        return f"not armed: {batch.missing[0]}"
    verdict = batch.verdict(attack.student)
    earned = {one.exercise_id: one.score for one in verdict.exercises}
    if not attack.is_earned(earned, verdict.flags):
        return f"{verdict.score:g} points"
    if not attack.is_noticed(verdict.flags):
        return "no flag"
    shown = batch.shown(attack.student)
    if not attack.has_run(shown, verdict.flags):
        return "not run"
    leaked = any(word in shown for word in batch.planted.words.values())
    return "leaked" if leaked else "held"


def table_of(outcomes: dict[Attack, str], batch: Batch) -> Table:
    """Return the table of a run."""
    table = Table("attack", "group", "points", "flags", "outcome")
    for attack, outcome in outcomes.items():
        verdict = batch.verdict(attack.student)
        flags = escape("; ".join(verdict.flags))
        table.add_row(escape(attack.name), attack.group, f"{verdict.score:g}", flags, outcome)
    return table


def with_table(page: str) -> str:
    """Return the page with the list of attacks between its marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    lines = "\n".join(rows(ATTACKS))
    return f"{before}{BEGIN}\n{lines}\n{END}{after}"


def rows(attacks: Iterable[Attack]) -> list[str]:
    """Return the list of attacks in Markdown."""
    head = ["| tries | group | its notebook earns | flag |", "|---|---|---|---|"]
    return [*head, *(f"| {' | '.join(row(attack))} |" for attack in attacks)]


def row(attack: Attack) -> tuple[str, str, str, str]:
    """Return one attack: what it tries, its group, what it earns, what the instructor is told."""
    earned = f"{sum(attack.expected.values()):g} of {sum(ALL.values()):g}"
    group = f"{attack.group} †" if attack.destructive else attack.group
    return attack.name, group, earned, attack.flag


if __name__ == "__main__":
    sys.exit(main())
