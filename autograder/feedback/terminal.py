"""The same in a terminal: one exercise of one student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from autograder.errors import UserError
from autograder.feedback import advice
from autograder.feedback.code import Line, beginning, shown_lines
from autograder.feedback.facts import Facts
from autograder.feedback.page import make_page
from autograder.feedback.parts import FailedCase, Page, Section
from autograder.pages.cleaning import clean

STYLES = {
    advice.RIGHT: "green",
    advice.PARTLY: "yellow",
    advice.WRONG: "red",
    advice.OPEN: "dim",
    advice.UNJUDGED: "yellow",
}


def find_exercise(name: str, ids: Sequence[str], wanted: str) -> str:
    """Return the id that `wanted` stands for: its number, or the beginning of one.

    Where ids begin with a notebook's name, what follows it will do.

    Raises
    ------
    UserError
        If it stands for none, or for several.
    """
    listed = ", ".join(f"{number} {known}" for number, known in enumerate(ids, start=1))
    if wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        return ids[int(wanted) - 1]
    found = [known for known in ids if known == wanted]
    found = found or [known for known in ids if known.rpartition("/")[2] == wanted]
    found = found or [
        known
        for known in ids
        if wanted and any(part.startswith(wanted) for part in (known, known.rpartition("/")[2]))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"{wanted!r} could be {' or '.join(found)}: write more of it.")
    raise UserError(f"There is no exercise {clean(wanted)!r} in {name}: {listed}.")


def explain(facts: Facts, exercise_id: str) -> RenderableType:
    """Return what the page tells of one exercise. Nothing of a student's is read as markup."""
    page = make_page(facts)
    section = next((part for part in page.sections if part.id == exercise_id), None)
    if page.refused or section is None:
        return Text(f"The hand-in of {page.student} could not be graded: {page.refused}.")
    return Group(*_told(page, section), *_code(section, _source(facts, exercise_id)))


def _source(facts: Facts, column: str) -> str:
    if column in facts.tested and column not in {one.id for one in facts.assignment.exercises}:
        return facts.tested[column].answer
    return facts.sources.get(f"{column}-answer", "")


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
        if lesson.look:
            yield from _titled("Where to look", lesson.look)
    if section.next_step:
        yield from _titled("Next step", section.next_step)
    if section.comment:
        yield from _titled("From the instructor", section.comment)
    if section.said:
        yield from _titled("What the test said", section.said)
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
    if section.code and section.in_words:
        yield from _titled("The answer", clean(beginning(source)))
    elif section.code:
        yield Text("\nThe code", "bold")
        if section.about_marks:
            yield Padding(Text(section.about_marks, "dim"), (0, 0, 0, 2))
        yield _lines(shown_lines(source, section.marks))


def _lines(lines: Sequence[Line]) -> Table:
    """Return code in colours, an arrow before what is marked; what is wrapped stays beside it."""
    code = Syntax("", "python", theme="ansi_dark", background_color="default")
    texts = code.highlight("\n".join(line.text for line in lines)).split("\n", allow_blank=True)
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for line, text in zip(lines, texts, strict=False):
        table.add_row(Text("→" if line.is_marked else "", "yellow"), text)
    return table
