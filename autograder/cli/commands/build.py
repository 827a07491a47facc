"""`autograder build`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import (
    CourseFolder,
    Name,
    progress_bar,
    registered_course,
    report_check,
)


def build(
    name: Name,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the notebook is outdated.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Run it even if nothing has changed.")] = False,
    course: CourseFolder = None,
) -> None:
    """Make the instructor's notebook from its text, and execute it."""
    from autograder.authoring import build as builder

    place = registered_course(course, name)
    with progress_bar("cells") as bar:
        task = bar.add_task(f"Running {name}", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        if check:
            report_check(
                builder.outdated(place, name, progress), place.notebook(name), "build --force"
            )
        changed = builder.build(place, name, progress, force=force)
    print(f"{'Built' if changed else 'Up to date:'} {place.notebook(name)}")
