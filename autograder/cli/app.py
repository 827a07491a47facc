"""The verbs as typer's commands: those that are wanted, since to import all takes longer."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from autograder import __version__
from autograder.cli.verbs import ABOUT, CODES, VERBS


def make_app(verbs: Iterable[str] = VERBS) -> typer.Typer:
    """Return the command with these verbs."""
    app = typer.Typer(
        help=ABOUT,
        epilog=CODES,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        # To draw boxes takes longer than to start.
        rich_markup_mode=None,
        callback=_options,
        invoke_without_command=True,
    )
    for verb in verbs:
        module, _ = VERBS[verb]
        app.command(verb)(getattr(import_module(f"autograder.cli.commands.{module}"), verb))
    return app


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True)
    ] = False,
) -> None:
    if version:
        print(f"workbook-autograder {__version__}")
        raise typer.Exit
