"""Print what became of a platform's table."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

from autograder.gradebook.status import Status
from autograder.names import printable
from autograder.platforms.filling import Filled, Line

# So many of a kind are named.
MOST_NAMED = 20
WIDEST = 40


def print_table(done: Filled) -> None:
    """Print the old and the new mark of each row, and why one stays."""
    rows = [(_who(line), _old(line), _new(line), _why(line)) for line in done.lines]
    heads = ("student", "old", "new", "")
    widths = [
        min(WIDEST, max(len(cells[i]) for cells in [heads, *rows])) for i in range(len(heads))
    ]
    for cells in [heads, *rows]:
        padded = (f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True))
        print("  ".join(padded).rstrip())


def print_filled(done: Filled) -> None:
    """Print how many marks are new, and name everybody who has none, with the reason."""
    for warning in done.warnings:
        print(warning, file=sys.stderr)
    counts = Counter(_kind(line) for line in done.lines)
    title = printable(done.column.title)
    told = f"{counts['new']} marks are new, {counts['same']} stood there already"
    comments = f", {done.comments} comments are new" if done.comments else ""
    print(f"{title}: {told}{comments}.")
    kept: dict[str, list[str]] = defaultdict(list)
    for line in done.lines:
        if line.kept:
            kept[line.kept].append(f"{_who(line)} ({_old(line)} stays, not {line.new})")
    for reason, who in kept.items():
        _print(f"Left as it is, {reason}: use --overwrite to replace", who)
    for status in (Status.NOTHING, Status.UNGRADED, Status.REFUSED, Status.WAITING):
        who = [_who(line) for line in done.lines if line.status is status]
        _print(f"No mark, {status}" if status is not Status.REFUSED else "No mark, refused", who)
    by_name = set(done.matched.by_name)
    _print("Told by the name alone", [_who(line) for line in done.lines if line.row in by_name])
    # These stand in no other table, so all of them are named.
    _print("In the file, not in the gradebook", done.unknown, len(done.unknown))
    _print("In the gradebook, not in the file", map(printable, done.missing), len(done.missing))


def _kind(line: Line) -> str:
    if line.is_new:
        return "new"
    return "same" if not line.kept and line.old and line.status is Status.GRADED else "none"


def _who(line: Line) -> str:
    name = printable(line.name)
    return f"{name} [{printable(line.student)}]" if line.student != line.name else name


def _new(line: Line) -> str:
    return _old(line) if line.kept or line.new == line.old else line.new


def _old(line: Line) -> str:
    return printable(line.old) or "-"


def _why(line: Line) -> str:
    if line.kept:
        return f"stays: {line.kept}, the gradebook has {line.new}"
    return "" if line.status is Status.GRADED else str(line.status)


def _print(what: str, who: Iterable[str], most: int = MOST_NAMED) -> None:
    listed = list(who)
    if listed:
        more = f" and {len(listed) - most} more" if len(listed) > most else ""
        print(f"{what} ({len(listed)}): {', '.join(listed[:most])}{more}.")
