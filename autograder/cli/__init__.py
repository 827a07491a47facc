"""The `autograder` command: one module a verb. All they call can be used without them."""

from __future__ import annotations

import io
import sys
from typing import Annotated, NoReturn

import typer

from autograder import __version__
from autograder.cli.build import build
from autograder.cli.check import check
from autograder.cli.collect import collect
from autograder.cli.common import COULD_NOT_RUN
from autograder.cli.doctor import doctor
from autograder.cli.explain import explain
from autograder.cli.export import export
from autograder.cli.feedback import feedback
from autograder.cli.forget import forget
from autograder.cli.grade import grade
from autograder.cli.init import init, new
from autograder.cli.merge import merge
from autograder.cli.prove import prove
from autograder.cli.release import release
from autograder.cli.report import report
from autograder.cli.roster import roster
from autograder.cli.similar import similar
from autograder.cli.site import site
from autograder.errors import UserError, fault_of_the_machine

app = typer.Typer(
    help="Build, release and grade the assignments of this nbgrader course.\n\n"
    "An instructor's round: `build` the notebook from its text, `release` the student version, "
    "`collect` the hand-ins into submitted/STUDENT/ASSIGNMENT/, `grade` them, write each student's "
    "`feedback` and a `report` on the class. nbgrader's own commands and pages work on the same "
    "files and the same gradebook.",
    epilog="Exit codes: 0 done · 1 something is not as it should be · 2 could not run "
    "· 130 interrupted; what is graded is kept.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
AUTHORING = (init, new, build, prove, check, release, site)
GRADING = (
    roster,
    collect,
    grade,
    merge,
    feedback,
    explain,
    report,
    export,
    similar,
    forget,
    doctor,
)
for verb in (*AUTHORING, *GRADING):
    app.command()(verb)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True)
    ] = False,
) -> None:
    if version:
        print(f"workbook-autograder {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command; a mistake of the user's is one sentence on stderr."""
    # To check internationalised addresses, which no notebook's schema has, jsonschema would import
    # this and build a parser: a third of the time that a command takes to start.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    _never_stop_at_a_letter()
    try:
        app()
    except UserError as error:
        _give_up(str(error))
    except OSError as error:
        _give_up(fault_of_the_machine(error))


def _never_stop_at_a_letter() -> None:
    """Print a sign for what the terminal's encoding has no letter for, such as β in ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _give_up(reason: str) -> NoReturn:
    print(f"autograder: {reason}", file=sys.stderr)
    sys.exit(COULD_NOT_RUN)
