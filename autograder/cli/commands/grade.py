"""`autograder grade`."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

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
from autograder.cli.pace import counting, notice
from autograder.errors import UserError
from autograder.names import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import Progress as Bar
    from rich.progress import Task

    from autograder.cluster.shards import Shard
    from autograder.course import Course
    from autograder.grading.job import Grader
    from autograder.grading.marks.brief import Brief
    from autograder.grading.run import Progress
    from autograder.grading.settings import Settings

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
    part = _part(replay, force, as_json, shard, bundle, scheduler)
    place = find_course(name, course)
    is_plain = not (replay or part or scheduler)
    with _begun(place, name, isolation, jobs, is_plain) as (settings, under_way):
        # Not before: these import the gradebook, while the zygote gets warm.
        from autograder.cli.graded import print_class
        from autograder.handin.submission import left_out

        said: list[str] = []
        how: dict[str, Any] = {"force": force, "tell": said.append}
        with progress_bar("hand-ins") as bar:
            task = bar.add_task(f"Grading {name}", total=_number(place, name, part))
            progress = counting(bar, task, bool(scheduler))
            try:
                if replay:
                    _report_replay(place, name, settings, progress)
                here = {"grader": _grader(scheduler, bar), **under_way}
                briefs = _grade(place, name, settings, progress, part, bundle, here, **how)
            except KeyboardInterrupt:
                _report_interruption(bar.tasks[task])
        if not part:
            print_class(place, name, briefs, as_json)
    _tell(said, sys.stderr if as_json else sys.stdout)
    _tell(ignored := left_out(place, name), sys.stderr)
    raise typer.Exit(WRONG if ignored or not all(brief.is_judged for brief in briefs) else DONE)


@contextmanager
def _begun(
    course: Course, name: str, isolation: str, jobs: int | None, is_plain: bool
) -> Iterator[tuple[Settings, dict[str, Any]]]:
    """Give the settings, and for a plain run what is under way: what will take longest.

    That is a zygote where somebody is new, and the digests of the hand-ins of a class where not.
    """
    from autograder.grading.zygotes import head_start
    from autograder.handin.digesting import digests_ahead
    from autograder.sandbox.levels import BEST, level_of

    level = level_of(isolation or BEST)
    with ExitStack() as stack:
        early = stack.enter_context(head_start(course, name, level)) if is_plain else None
        ahead = nullcontext() if early or not is_plain else digests_ahead(course, name)
        digests = stack.enter_context(ahead)

        from autograder.grading.settings import settings_of

        settings = settings_of(course, level=level, workers=jobs or 0)
        if early:
            early.fill(settings.limits)
        yield settings, {"early": early, "digests": digests}


def _grade(
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    part: Shard | None,
    bundle: Path | None,
    here: dict[str, Any],
    **how: Any,
) -> list[Brief]:
    """Grade the class into the gradebook, or a part of it into a bundle."""
    if part is None:
        from autograder.grading.run import grade as grade_all

        return grade_all(course, name, settings, progress, **here, **how)
    from autograder.cluster.parts import grade_part

    path = bundle or Path(f"{name}-{part.number}-of-{part.of}.zip")
    return grade_part(course, name, settings, progress, part, path, **how)


def _number(course: Course, name: str, part: Shard | None) -> int:
    """Return how many hand-ins there are, in a part of the class if one is named."""
    from autograder.handin.submission import find_submissions

    return sum(not part or part.holds(one.student) for one in find_submissions(course, name))


def _grader(scheduler: str, bar: Bar) -> Grader | None:
    """Return what grades on a cluster, if one is named."""
    if not scheduler:
        return None
    from autograder.cluster.scheduling import on_cluster

    return on_cluster(scheduler, partial(notice, bar))


def _part(
    replay: bool, force: bool, as_json: bool, shard: str, bundle: Any, scheduler: str
) -> Shard | None:
    """Return the part of the class to grade, if not all; refuse options that say two things."""
    if replay and (force or as_json):
        raise UserError("--replay writes nothing, and prints what differs: leave the other out.")
    if bundle and not shard:
        raise UserError("--bundle is where a part goes: say which with --shard, such as 3/16.")
    if shard and (replay or as_json):
        raise UserError("--shard writes a bundle: leave out --replay and --json.")
    if scheduler and (replay or shard):
        raise UserError("--scheduler grades a whole class: leave out --replay and --shard.")
    if not shard:
        return None
    from autograder.cluster.shards import Shard

    return Shard.named(shard)


def _tell(sentences: Sequence[str], file: TextIO) -> None:
    for sentence in sentences:
        print(printable(sentence), file=file)


def _report_replay(*what: Any) -> NoReturn:
    from autograder.grading.replaying import replay

    differences = replay(*what)
    for student, difference in differences.items():
        print(f"{student}: {difference}", file=sys.stderr)
    print("The replay differs." if differences else "The replay gives the same verdicts.")
    raise typer.Exit(WRONG if differences else DONE)


def _report_interruption(task: Task) -> NoReturn:
    done = f"{task.completed:.0f} of {task.total:.0f} hand-ins are graded and kept"
    print(f"Interrupted. {done}; the same command goes on with the others.", file=sys.stderr)
    raise typer.Exit(INTERRUPTED)
