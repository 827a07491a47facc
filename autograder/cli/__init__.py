"""The `autograder` command. All that its `commands` call can be used without them."""

from __future__ import annotations

import gc
import io
import sys
from typing import NoReturn

from autograder.cli.verbs import VERBS, overview
from autograder.lean import leave_out_what_is_slow

COULD_NOT_RUN = 2
# What is imported stays: to look through it for garbage again and again takes a tenth of the time.
SELDOM = (50_000, 20, 20)


def main() -> None:
    """Run the command; a mistake of the user's is one sentence on stderr."""
    _never_stop_at_a_letter()
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"]):
        print(overview())
        sys.exit(0 if arguments else COULD_NOT_RUN)
    leave_out_what_is_slow()
    gc.set_threshold(*SELDOM)
    try:
        _run(arguments[0])
    finally:
        gc.freeze()  # what is left ends with the process: to look through it takes as long


def _run(verb: str) -> None:
    from autograder.cli.app import make_app
    from autograder.errors import UserError, fault_of_the_machine

    app = make_app([verb] if verb in VERBS else VERBS)
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
