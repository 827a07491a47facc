"""The figures of the report: for each what it says in words, the chart, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.report import charts, statistics
from autograder.report.charts import Axis, Row, Segment
from autograder.report.findings import CaseFinding, ExerciseFinding, Misconception, Timing

BINS = 10
LISTED = 10  # bars in a chart; the table behind it has them all
# R. L. Ebel, "Measuring Educational Achievement" (1965): items that discriminate less are poor.
POOR = 0.2
PER_CENT = ((0.0, "0 %"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1.0, "100 %"))
STUDENTS = Axis(0, 1, "share of students", PER_CENT)
HAND_INS = Axis(0, 1, "share of hand-ins that fail it", PER_CENT)
LEGEND = (("blue", "all points, %"), ("sky", "some"), ("empty", "none"))


@dataclass(frozen=True)
class Table:
    """What to read behind a chart; all columns but the first `words` hold numbers."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True)
class Figure:
    """A chart with the one thing it says, and the table behind it unless the page has one."""

    message: str
    chart: Markup
    table: Table | None = None


def scores(totals: Sequence[float], maximum: float) -> Figure:
    """Show how the totals are spread."""
    bins = statistics.histogram(totals, 0, maximum, BINS)
    middle = statistics.summary(totals)
    message = _of_totals(middle) if middle else ""
    rows = tuple((f"{one.low:g} to {one.high:g}", f"{one.count:,}") for one in bins)
    return Figure(
        message,
        charts.columns(f"Histogram of totals. {message}", bins, "points", "students"),
        Table("Students by total", ("points", "students"), rows),
    )


def _of_totals(middle: statistics.Summary) -> str:
    return (
        f"Half of the class has {middle.median:.4g} points or more; the mean is {middle.mean:.4g}, "
        f"the standard deviation {middle.deviation:.3g}."
    )


def exercises(found: Sequence[ExerciseFinding]) -> Figure:
    """Show who earned all, some and none of each exercise's points."""
    least = min(one.difficulty or 0.0 for one in found)
    names = [one.exercise for one in found if _same(one.difficulty or 0.0, least)]
    are, its = ("is", "its") if len(names) == 1 else ("are", "their")
    message = (
        f"{_listed(names)} {are} the hardest: the class earns {per_cent(least)} of {its} points."
    )
    rows = [
        Row(f"{one.number} {one.exercise}", per_cent(one.pass_rate), _parts(one)) for one in found
    ]
    return Figure(
        message,
        charts.bars(f"Share of students with all points. {message}", rows, STUDENTS, LEGEND),
        _exercise_table(found),
    )


def discrimination(found: Sequence[ExerciseFinding]) -> Figure | None:
    """Show which exercises tell the strong from the weak, if the class is large enough to tell."""
    known = [(one, one.discrimination) for one in found if one.discrimination is not None]
    if not known:
        return None
    index = min(value for _, value in known)
    names = [one.exercise for one, value in known if _same(value, index)]
    tell, its = ("tells", "its") if len(names) == 1 else ("tell", "their")
    message = (
        f"{_listed(names)} {tell} strong from weak students least: {its} index is {index:.2f}."
    )
    low = -1.0 if index < 0 else 0.0
    ticks = tuple((tick, f"{tick:g}") for tick in (-1.0, -0.5, 0.0, 0.5, 1.0) if tick >= low)
    axis = Axis(low, 1, "discrimination index (no unit)", ticks, POOR)
    rows = [
        Row(f"{one.number} {one.exercise}", f"{value:.2f}", (Segment(0, value, "blue"),))
        for one, value in known
    ]
    return Figure(message, charts.bars(message, rows, axis), _index_table(found))


def cases(found: Sequence[CaseFinding]) -> Figure | None:
    """Show the hidden cases that most hand-ins fail."""
    if not found:
        return None
    worst = found[0]
    others = sum(_same(one.share, worst.share) for one in found) - 1
    message = (
        f"“{worst.case}” of {worst.exercise}{_and_others(others)} "
        f"{'fail' if others else 'fails'} most often: in {per_cent(worst.share)} of the hand-ins."
    )
    rows = [
        Row(one.case, per_cent(one.share), (Segment(0, one.share, "orange"),), one.exercise)
        for one in found[:LISTED]
    ]
    table = Table(
        "Hidden cases that fail",
        ("case", "exercise", "fail", "judged", "share"),
        tuple(
            (one.case, one.exercise, f"{one.failed:,}", f"{one.judged:,}", per_cent(one.share))
            for one in found
        ),
        words=2,
    )
    return Figure(message, charts.bars(f"Hardest cases. {message}", rows, HAND_INS), table)


def misconceptions(found: Sequence[Misconception]) -> Figure | None:
    """Show how many students share each of the most frequent misconceptions."""
    if not found:
        return None
    most = len(found[0].students)
    have_it = "one student has it" if most == 1 else f"{most:,} students have it"
    message = f"“{found[0].diagnosis.id}” is the most frequent misconception: {have_it}."
    ticks = tuple((float(tick), f"{tick:,}") for tick in sorted({0, (most + 1) // 2, most}))
    rows = [
        Row(
            one.diagnosis.id,
            f"{len(one.students):,}",
            (Segment(0, len(one.students), "orange"),),
            one.exercise,
        )
        for one in found[:LISTED]
    ]
    return Figure(message, charts.bars(message, rows, Axis(0, most, "students", ticks)))


def timing(found: Timing) -> Figure:
    """Show how long hand-ins took to grade."""
    message = f"Half of the hand-ins took {found.median:.2g} s or less to grade."
    slowest = statistics.neat_bound(found.slowest[0][1])
    # A single loop that ran into its time limit would squeeze all others into one column.
    high = min(slowest, statistics.neat_bound(2 * found.most))
    unit = "seconds" if high == slowest else "seconds (last column: and above)"
    bins = statistics.histogram(found.seconds, 0, high, BINS)
    facts = [("median", found.median), ("95th percentile", found.most)]
    facts += [(f"slowest: {student}", seconds) for student, seconds in found.slowest]
    return Figure(
        message,
        charts.columns(f"Grading time. {message}", bins, unit, "hand-ins"),
        Table("Seconds to grade", ("", "s"), tuple((name, f"{s:.3f}") for name, s in facts)),
    )


def per_cent(share: float | None) -> str:
    """Return a share in whole per cent; an unknown one as a dash."""
    return "–" if share is None else f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def _same(one: float, other: float) -> bool:
    """Tell whether two values look the same on the page."""
    return round(one, 2) == round(other, 2)


def _listed(names: Sequence[str]) -> str:
    """Return one or two names, or the first and how many more there are."""
    return " and ".join(names) if len(names) <= 2 else names[0] + _and_others(len(names) - 1)


def _and_others(count: int) -> str:
    return f" and {count} other{'s' if count > 1 else ''}" if count else ""


def _parts(one: ExerciseFinding) -> tuple[Segment, ...]:
    count = (one.full + one.partial + one.nothing) or 1
    full, some = one.full / count, (one.full + one.partial) / count
    return Segment(0, full, "blue"), Segment(full, some, "sky"), Segment(some, 1, "empty")


def _exercise_table(found: Sequence[ExerciseFinding]) -> Table:
    return Table(
        "Students who earned all, some and none of the points; and the mean share of the points",
        ("exercise", "points", "all", "some", "none", "all, share", "mean share"),
        tuple(
            (
                f"{one.number} {one.exercise}",
                f"{one.points:g}",
                *(f"{count:,}" for count in (one.full, one.partial, one.nothing)),
                per_cent(one.pass_rate),
                per_cent(one.difficulty),
            )
            for one in found
        ),
    )


def _index_table(found: Sequence[ExerciseFinding]) -> Table:
    return Table(
        "How well each exercise tells strong from weak students",
        ("exercise", "difficulty", "discrimination", "correlation with the rest"),
        tuple(
            (
                f"{one.number} {one.exercise}",
                *(_index(v) for v in (one.difficulty, one.discrimination, one.correlation)),
            )
            for one in found
        ),
    )


def _index(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
