"""`autograder canvas`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.commands.export import DryRun, Overwrite, Scale, TheColumn, Zeros
from autograder.cli.common import DONE, WRONG, CourseFolder, Name, find_course, progress_bar
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.platforms.canvas_upload import Upload

EXTRA = "This needs the library canvasapi: pip install 'workbook-autograder[canvas]'."


Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="The assignment's page, or the course's, in Canvas, as the browser shows it.",
    ),
]
Pages = Annotated[
    bool,
    typer.Option("--pages/--no-pages", help="Add a comment with the student's page."),
]


def canvas(
    name: Name,
    address: Address,
    column: TheColumn = None,
    overwrite: Overwrite = False,
    dry_run: DryRun = False,
    scale: Scale = False,
    zero: Zeros = None,
    pages: Pages = True,
    course: CourseFolder = None,
) -> None:
    """Enter marks in Canvas, and attach each student's page to a comment; again without harm.

    The access token is taken from the environment variable CANVAS_TOKEN.
    """
    try:
        from autograder.platforms import canvas_api, canvas_upload
    except ModuleNotFoundError:
        raise UserError(EXTRA) from None
    from autograder.cli.given_back import print_filled, print_table
    from autograder.platforms.filling import wishes_of

    place, where = find_course(name, course), canvas_api.Address.read(address)
    wishes = wishes_of(overwrite, scale, pages, zero)
    remote = canvas_api.open_course(where, os.environ.get(canvas_api.TOKEN, ""))
    upload = canvas_upload.prepare(place, name, remote, where, wishes, column)
    if dry_run:
        print_table(upload.filled)
    else:
        _send(upload)
    print_filled(upload.filled)
    end = " Nothing is sent: this was a dry run." if dry_run else ""
    print(f"{upload.comments} comments with pages are new.{end}")
    raise typer.Exit(WRONG if upload.failed or not upload.filled.lines else DONE)


def _send(upload: Upload) -> None:
    from autograder.platforms.canvas_upload import send

    with progress_bar("students") as bar:
        task = bar.add_task("Canvas", total=len(upload.parcels))
        send(upload, lambda _student: bar.advance(task))
    for sentence in upload.failed:
        print(sentence, file=sys.stderr)
    if upload.failed:
        print(f"{len(upload.failed)} failed: run the same command again.", file=sys.stderr)
