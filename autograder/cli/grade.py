"""`autograder grade`."""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from autograder.cli.common import (
    DONE,
    INTERRUPTED,
    WRONG,
    CourseFolder,
    Name,
    find_course,
    progress_bar,
)
from autograder.cli.pace import LINE_SECONDS, Pace
from autograder.errors import UserError
from autograder.names import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import Task, TaskID

    from autograder.cluster.shards import Shard
    from autograder.course import Course
    from autograder.gradebook.reader import Mark
    from autograder.grading.pool import Settings
    from autograder.grading.run import Brief, Progress


# So many students' marks are read at once.
PIECE = 250
# Each of them takes some 100 MB.
MOST_JOBS = 256

Force = Annotated[bool, typer.Option(help="Grade again what is graded already.")]
Replay = Annotated[
    bool,
    typer.Option(
        "--replay", help="Write nothing: grade again with the recorded inputs and compare."
    ),
]
Isolation = Annotated[
    str,
    typer.Option(
        metavar="LEVEL",
        help="best (the default: namespaces, or else landlock), one of these two, "
        "or process: no protection, for people you trust.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        min=1, max=MOST_JOBS, help="How many at a time; by default about one per processor."
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print a list instead: student, points (per exercise), total, refused, flags, "
        "late, to_review.",
    ),
]
Part = Annotated[
    str,
    typer.Option(
        "--shard",
        metavar="K/N",
        help="Grade the K-th of N parts of the class and write a bundle for `autograder merge`; "
        "the gradebook is left alone.",
    ),
]
BundleFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where the bundle goes; by default here, ASSIGNMENT-K-of-N."),
]
Scheduler = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="Have the workers of a Dask cluster grade, at tcp://HOST:PORT; local:N starts N here.",
    ),
]


def grade(
    name: Name,
    force: Force = False,
    replay: Replay = False,
    isolation: Isolation = "",
    jobs: Jobs = None,
    as_json: AsJson = False,
    shard: Part = "",
    bundle: BundleFile = None,
    scheduler: Scheduler = "",
    course: CourseFolder = None,
) -> None:
    """Grade the hand-ins that are new or changed, and print everybody's points."""
    from autograder.cluster.scheduling import on_cluster
    from autograder.cluster.shards import Shard
    from autograder.grading.pool import settings_of
    from autograder.grading.replaying import replay as replay_all
    from autograder.handin.submission import find_submissions, left_out
    from autograder.sandbox.levels import BEST, level_of

    _require_sense(replay, force, as_json, shard, bundle, scheduler)
    place = find_course(name, course)
    settings = settings_of(place, level=level_of(isolation or BEST), workers=jobs or 0)
    part = Shard.named(shard) if shard else None
    said: list[str] = []
    how: dict[str, Any] = {"force": force, "tell": said.append}
    with progress_bar("hand-ins") as bar:
        students = [one.student for one in find_submissions(place, name)]
        total = sum(not part or part.holds(student) for student in students)
        task = bar.add_task(f"Grading {name}", total=total)
        progress = _progress(bar, task, bool(scheduler))
        if scheduler:
            how["grader"] = on_cluster(scheduler, lambda line: _notice(bar, line))
        try:
            if replay:
                _report_replay(replay_all(place, name, settings, progress))
            briefs = _grade(place, name, settings, progress, part, bundle, **how)
        except KeyboardInterrupt:
            _report_interruption(bar.tasks[task])
    if not part:
        _print(place, name, briefs, as_json)
    _tell(said, as_json)
    ignored = left_out(place, name)
    for sentence in ignored:
        print(sentence, file=sys.stderr)
    unjudged = any(not brief.is_judged for brief in briefs)
    raise typer.Exit(WRONG if unjudged or ignored else DONE)


def _grade(
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    part: Shard | None,
    bundle: Path | None,
    **how: Any,
) -> list[Brief]:
    """Grade the class into the gradebook, or a part of it into a bundle."""
    from autograder.cluster.parts import grade_part
    from autograder.grading.run import grade as grade_all

    if part is None:
        return grade_all(course, name, settings, progress, **how)
    path = bundle or Path(f"{name}-{part.number}-of-{part.of}.zip")
    return grade_part(course, name, settings, progress, part, path, **how)


def _progress(bar: Bar, task: TaskID, in_lines: bool) -> Progress:
    """Return what counts a hand-in on the bar, and how fast: in lines where no bar is shown."""

    def say(line: str) -> None:
        if bar.console.is_terminal:
            bar.update(task, description=line)
        elif in_lines:
            _notice(bar, line)

    seconds = 1.0 if bar.console.is_terminal else LINE_SECONDS
    pace = Pace(int(bar.tasks[task].total or 0), say, seconds)

    def progress(_student: str) -> None:
        bar.advance(task)
        pace.advance()

    return progress


def _notice(bar: Bar, line: str) -> None:
    """Say a sentence at once, above the bar."""
    if bar.console.is_terminal:
        bar.console.print(line, markup=False, highlight=False)
    else:
        print(line, file=sys.stderr, flush=True)


def _require_sense(
    replay: bool, force: bool, as_json: bool, shard: str, bundle: Any, scheduler: str
) -> None:
    """Refuse options that say two things."""
    if replay and (force or as_json):
        raise UserError("--replay writes nothing, and prints what differs: leave the other out.")
    if bundle and not shard:
        raise UserError("--bundle is where a part goes: say which with --shard, such as 3/16.")
    if shard and (replay or as_json):
        raise UserError("--shard writes a bundle: leave out --replay and --json.")
    if scheduler and (replay or shard):
        raise UserError("--scheduler grades a whole class: leave out --replay and --shard.")


def _tell(sentences: list[str], as_json: bool) -> None:
    for sentence in sentences:
        print(printable(sentence), file=sys.stderr if as_json else sys.stdout)


def _print(course: Course, name: str, briefs: list[Brief], as_json: bool) -> None:
    from autograder.cli.tables import print_absent, print_marks, print_remarks, print_reviews
    from autograder.gradebook.people import read_people
    from autograder.gradebook.reader import read_marks
    from autograder.gradebook.released import maximal_points

    students = [brief.student for brief in briefs]
    if as_json:
        marks = read_marks(course, name, students)
        print(json.dumps([_as_json(brief, marks[brief.student]) for brief in briefs], indent=2))
        return
    starts = range(0, len(students), PIECE)
    pieces = (read_marks(course, name, students[start : start + PIECE]) for start in starts)
    every = chain.from_iterable(piece.values() for piece in pieces)
    to_review: dict[str, list[str]] = {}
    seen = (_noting(mark, to_review) for mark in every)
    names = {id: one.name for id, one in read_people(course).items()}
    print_marks(name, students, seen, maximal_points(course, name), names)
    print_absent(sorted(names.keys() - set(students)), names)
    print_remarks(briefs)
    print_reviews(to_review)


def _noting(mark: Mark, to_review: dict[str, list[str]]) -> Mark:
    """Return the mark; note the student whose points a person has to look at again."""
    if mark.to_review:
        to_review[mark.student] = mark.to_review
    return mark


def _as_json(brief: Brief, mark: Mark) -> dict[str, Any]:
    return {
        "student": brief.student,
        "points": mark.points,
        "total": mark.total,
        "refused": brief.refused,
        "flags": brief.flags,
        "late": mark.late,
        "to_review": mark.to_review,
    }


def _report_replay(differences: dict[str, str]) -> NoReturn:
    for student, difference in differences.items():
        print(f"{student}: {difference}", file=sys.stderr)
    print("The replay differs." if differences else "The replay gives the same verdicts.")
    raise typer.Exit(WRONG if differences else DONE)


def _report_interruption(task: Task) -> NoReturn:
    done = f"{task.completed:.0f} of {task.total:.0f} hand-ins are graded and kept"
    print(f"Interrupted. {done}; the same command goes on with the others.", file=sys.stderr)
    raise typer.Exit(INTERRUPTED)
