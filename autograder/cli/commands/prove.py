"""`autograder prove`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder, Name, registered_course

# An hour's work for a small assignment.
MOST_DRAWS = 1000


def prove(
    name: Name,
    draws: Annotated[
        int, typer.Option(min=2, max=MOST_DRAWS, help="How often all inputs are drawn afresh.")
    ] = 50,
    course: CourseFolder = None,
) -> None:
    """Prove the hidden cases: right solutions earn all points, and known mistakes the same few."""
    from autograder.authoring.proving import prove as prove_all

    place = registered_course(course, name)
    problems = 0
    for proof in prove_all(place, name, draws):
        right = f"{proof.right} right solution{'s' * (proof.right != 1)}"
        mistakes = f"{proof.mistakes} known mistake{'s' * (proof.mistakes != 1)}"
        print(f"{proof.exercise}: {right}, {mistakes}, {proof.named} told by name", flush=True)
        for problem in proof.problems:
            print(f"  {problem}", file=sys.stderr, flush=True)
        problems += len(proof.problems)
    print(f"{problems or 'No'} problem{'s' * (problems != 1)} found with {draws} draws.")
    raise typer.Exit(WRONG if problems else DONE)
