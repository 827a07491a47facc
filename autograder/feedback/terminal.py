"""The same in a terminal: one exercise of one student."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from autograder.assignment.exercise import Assignment
from autograder.errors import UserError
from autograder.feedback import advice
from autograder.feedback.code import with_short_docstrings
from autograder.feedback.facts import Facts
from autograder.feedback.page import FailedCase, Page, Section, make_page
from autograder.pages.cleaning import clean

STYLES = {
    advice.RIGHT: "green",
    advice.PARTLY: "yellow",
    advice.WRONG: "red",
    advice.OPEN: "dim",
    advice.UNJUDGED: "yellow",
}


def find_exercise(assignment: Assignment, wanted: str) -> str:
    """Return the id that `wanted` stands for: its number, or the beginning of one id or word.

    Raises
    ------
    UserError
        If it stands for none, or for several.
    """
    ids = [exercise.id for exercise in assignment.exercises]
    listed = ", ".join(f"{number} {known}" for number, known in enumerate(ids, start=1))
    if wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        return ids[int(wanted) - 1]
    found = [known for known in ids if known == wanted]
    found = found or [known for known in ids if wanted and known.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"{wanted!r} could be {' or '.join(found)}: write more of it.")
    raise UserError(f"There is no exercise {clean(wanted)!r} in {assignment.name}: {listed}.")


def explain(facts: Facts, exercise_id: str) -> RenderableType:
    """Return what the page tells of one exercise. Nothing of a student's is read as markup."""
    page = make_page(facts)
    section = next((part for part in page.sections if part.id == exercise_id), None)
    if page.refused or section is None:
        return Text(f"The hand-in of {page.student} could not be graded: {page.refused}.")
    answer = facts.assignment.exercise(exercise_id).answer_cell
    source = clean(facts.sources.get(answer, ""))
    return Group(*_told(page, section), *_code(section, source))


def _told(page: Page, section: Section) -> Iterator[RenderableType]:
    points = f"{section.earned:g} of {section.points:g} points"
    yield Text.assemble(
        (page.student, "bold"), "  ", (section.id, "bold"), "  ", points, "  ",
        (section.summary, STYLES[section.standing]),
    )  # fmt: skip
    if section.by_hand:
        yield Text(section.by_hand, "dim")
    if section.obstacle:
        yield from _titled("What went wrong", section.obstacle)
    for lesson in section.lessons:
        yield from _titled("What the function does", lesson.done)
        yield from _titled("Where to look", lesson.look)
    if section.next_step:
        yield from _titled("Next step", section.next_step)
    if section.comment:
        yield from _titled("From the instructor", section.comment)
    yield from _cases("What failed", section.failed + section.also)
    yield from _cases("What could not be judged", section.unjudged)
    if section.passed:
        yield from _titled("What passed", ", ".join(section.passed))
    if section.picture:
        yield from _titled("On an example that anyone may see", section.picture.caption)


def _titled(title: str, text: str) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", "bold")
    yield Padding(Text(text), (0, 0, 0, 2))


def _cases(title: str, cases: tuple[FailedCase, ...]) -> Iterator[RenderableType]:
    if cases:
        yield Text(f"\n{title}", "bold")
    for case in cases:
        yield Padding(Text.assemble(("✗ ", "red"), case.name), (0, 0, 0, 2))
        if case.reason:
            yield Padding(Text(case.reason), (0, 0, 0, 4))
        if case.hint:
            yield Padding(Text(case.hint, "dim"), (0, 0, 0, 4))


def _code(section: Section, source: str) -> Iterator[RenderableType]:
    if section.code:
        yield Text("\nThe code", "bold")
        yield Padding(
            Syntax(
                with_short_docstrings(source),
                "python",
                theme="ansi_dark",
                background_color="default",
                word_wrap=True,
            ),
            (0, 0, 0, 2),
        )
