"""What `autograder --help` says: every verb and the module that holds it, without importing one."""

from __future__ import annotations

import os
import textwrap

# The module of `commands` in which a verb's function of that name is, and its first sentence.
VERBS = {
    "init": (
        "init",
        "Begin a course: a folder in which nbgrader's commands and these work without flags.",
    ),
    "new": (
        "init",
        "Write a small assignment that builds, releases, grades and proves at once; then change "
        "it.",
    ),
    "build": ("build", "Make the instructor's notebook from its text, and execute it."),
    "prove": (
        "prove",
        "Prove the hidden cases: right solutions earn all points, and known mistakes the same few.",
    ),
    "check": (
        "check",
        "Say of each grade cell whether it is judged outside the student's process, and why not.",
    ),
    "release": (
        "release",
        "Make the student version, enter it in the gradebook, and prove that it leaks nothing.",
    ),
    "site": ("site", "Build a static site in which the student versions run in the browser."),
    "roster": (
        "roster",
        "Enter the class in the gradebook, with names, addresses and the platform's ids.",
    ),
    "collect": (
        "collect",
        "Bring hand-ins of a download into submitted/; refuse what is unsafe, and say why.",
    ),
    "grade": (
        "grade",
        "Grade the hand-ins that are new or changed, and print everybody's points.",
    ),
    "merge": (
        "merge",
        "Enter bundles of graded hand-ins into the gradebook, each hand-in once, in any order.",
    ),
    "watch": (
        "watch",
        "Grade what arrives in submitted/ as it arrives, and write that student's page.",
    ),
    "feedback": (
        "feedback",
        "Write a page for each student that is graded: what passed, what failed, and why.",
    ),
    "explain": ("explain", "Tell what a student's feedback page tells of one exercise."),
    "report": (
        "report",
        "Write a page on the class: scores, misconceptions, who needs help, every student.",
    ),
    "export": (
        "export",
        "Write everybody's grades: a table of ours, or into the one that your platform gave you.",
    ),
    "similar": (
        "similar",
        "List hand-ins worth a look together, and show both codes; it is never a verdict.",
    ),
    "forget": (
        "forget",
        "List all that is kept of a student in the course, and remove it once it is confirmed.",
    ),
    "canvas": (
        "canvas",
        "Enter marks in Canvas, and attach each student's page to a comment; again without harm.",
    ),
    "gradescope": (
        "gradescope",
        "Make the zip from which Gradescope builds an autograder that grades with this engine.",
    ),
    "doctor": (
        "doctor",
        "Try each part of the isolation that grading needs, on this machine, as this user.",
    ),
}

ABOUT = """\
Build, release and grade the assignments of this nbgrader course.

An instructor's round: `build` the notebook from its text, `release` the student version, \
`collect` the hand-ins into submitted/STUDENT/ASSIGNMENT/, `grade` them, write each student's \
`feedback` and a `report` on the class. nbgrader's own commands and pages work on the same files \
and the same gradebook."""
CODES = (
    "Exit codes: 0 done · 1 something is not as it should be · 2 could not run "
    "· 130 interrupted; what is graded is kept."
)
OPTIONS = {
    "--version": "Print the version.",
    "--help": "Show this message and exit; `autograder VERB --help` explains a verb.",
}
NARROWEST, WIDEST = 40, 100


def overview() -> str:
    """Return the text, as wide as the terminal."""
    width = _width()
    about = [textwrap.fill(part, width) for part in ABOUT.split("\n\n")]
    verbs = {verb: sentence for verb, (_, sentence) in VERBS.items()}
    return "\n\n".join(
        [
            "Usage: autograder VERB [ARGUMENTS]",
            *about,
            f"Verbs:\n{_listed(verbs, width)}",
            f"Options:\n{_listed(OPTIONS, width)}",
            textwrap.fill(CODES, width),
        ]
    )


def _listed(entries: dict[str, str], width: int) -> str:
    column = max(map(len, entries)) + 4
    lines = [
        textwrap.fill(
            text,
            width,
            initial_indent=f"  {name}".ljust(column),
            subsequent_indent=" " * column,
        )
        for name, text in entries.items()
    ]
    return "\n".join(lines)


def _width() -> int:
    """Return what the variable COLUMNS says, or the terminal."""
    try:
        columns = int(os.environ.get("COLUMNS", "")) or os.get_terminal_size().columns
    except (ValueError, OSError):
        try:
            columns = os.get_terminal_size().columns
        except OSError:  # it is no terminal
            columns = 80
    return max(NARROWEST, min(WIDEST, columns))
