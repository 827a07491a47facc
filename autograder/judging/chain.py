"""Find the link of a chain that breaks: the part that does not follow from a student's own others.

What comes after a broken link is judged by what the student made of it, so a wrong v does not make
the step wrong that follows from it. Where a link breaks, the rule that the numbers do follow is
looked for among small edits of the right one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.statements import Chain, Group, Link, Seen
from autograder.assignment.verdict import Diagnosis
from autograder.judging.expressions import evaluate, parse
from autograder.judging.variants import exactly, fitting_rule
from workbook.comparison import Tolerance

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # of numbers that came in single precision
MOST_TOLD = 2
# How the names end of what is told of a link: that its rule is known, or that it breaks.
FOLLOWS, BREAKS = "-rule", "-breaks"


@dataclass(frozen=True)
class _Row:
    """The numbers of one key in one case, by name, each a flat array of the same length."""

    case: int
    key: str
    keys: tuple[str, ...]
    numbers: Mapping[str, np.ndarray]
    is_single: bool

    def breaks(self, link: Link) -> bool:
        """Tell whether the link's part does not follow by the right rule."""
        right = evaluate(parse(link.rule), self.numbers)
        own = self.numbers[link.part]
        near = SINGLE if self.is_single else Tolerance()
        return not np.allclose(own, right, rtol=near.relative, atol=near.absolute, equal_nan=True)

    def nearness(self, link: Link) -> np.ndarray:
        """Return how near to each number of the part a rule must come that gives it."""
        own = self.numbers[link.part]
        if self.is_single:
            return np.where(exactly(own) > 0, SINGLE.relative * np.abs(own) + SINGLE.absolute, 0)
        return exactly(own)


def broken_links(
    chain: Chain, groups: Sequence[Group], seen: Sequence[Seen]
) -> tuple[Diagnosis, ...]:
    """Say of the first links that break how they do; nothing where an answer has no such parts."""
    rows = _rows(chain, seen)
    if not rows:
        return ()
    breaks = {link.part: [row for row in rows if row.breaks(link)] for link in chain.links}
    told: list[Diagnosis] = []
    for place, link in enumerate(chain.links):
        if breaks[link.part]:
            sound = [one for one in chain.links[:place] if not breaks[one.part]]
            rest = [one for one in chain.links[place + 1 :] if not breaks[one.part]]
            told += _about(link, groups, rows, breaks[link.part], sound, rest)
    return tuple(told[:MOST_TOLD])


def _rows(chain: Chain, seen: Sequence[Seen]) -> list[_Row]:
    """Return all rows, or none where one case has none: then nothing can be said of all."""
    rows: list[_Row] = []
    for case, one in enumerate(seen):
        read = chain.read(one.arguments, one.value) if one.status == "returned" else None
        if not read:
            return []
        rows += [_row(case, key, tuple(read), numbers) for key, numbers in read.items()]
    return rows


def _row(case: int, key: str, keys: tuple[str, ...], numbers: Mapping[str, Any]) -> _Row:
    arrays = np.broadcast_arrays(*map(np.asarray, numbers.values()))
    flat = {name: array.ravel().astype(float) for name, array in zip(numbers, arrays, strict=True)}
    return _Row(case, key, keys, flat, any(array.dtype == np.float32 for array in arrays))


def _about(
    link: Link,
    groups: Sequence[Group],
    rows: Sequence[_Row],
    broken: Sequence[_Row],
    sound: Sequence[Link],
    rest: Sequence[Link],
) -> Iterator[Diagnosis]:
    """Yield what can be said of a link that breaks."""
    group = _group_of(broken, rows, groups)
    for some, among, edits in _searched(group, groups, rows):
        if rule := _rule(link, among, edits):
            yield _follows(link, rule, some)
            return
    if group or sound:
        yield _localised(link, group, sound, rest)


def _searched(
    group: Group | None, groups: Sequence[Group], rows: Sequence[_Row]
) -> Iterator[tuple[Group | None, Sequence[_Row], int]]:
    """Yield the rows that may follow one rule, and how many edits of it are worth the time."""
    yield group, _within(group, rows) if group else rows, 2
    for some in () if group else groups:
        yield some, _within(some, rows), 1


def _within(group: Group, rows: Sequence[_Row]) -> list[_Row]:
    return [row for row in rows if group.holds(row.key, row.keys)]


def _rule(link: Link, rows: Sequence[_Row], most_edits: int) -> str:
    if not rows:
        return ""
    used = (*link.names, link.part)
    numbers = {name: np.concatenate([row.numbers[name] for row in rows]) for name in used}
    own, near = numbers.pop(link.part), np.concatenate([row.nearness(link) for row in rows])
    return fitting_rule(link, numbers, own, near, most_edits)


def _group_of(
    broken: Sequence[_Row], rows: Sequence[_Row], groups: Sequence[Group]
) -> Group | None:
    """Return the group whose keys break in each case in which any does, if there is one."""
    places = {(row.case, row.key) for row in broken}
    cases = {row.case for row in broken}
    concerned = [row for row in rows if row.case in cases]
    for group in groups:
        within = {(row.case, row.key) for row in _within(group, concerned)}
        if places == within and len(within) < len(concerned):
            return group
    return None


def _follows(link: Link, rule: str, group: Group | None) -> Diagnosis:
    some = f", {group.words}" if group else ""
    done = f"{_sentence(link.words)} {_verb(link)} what `{rule}` gives{link.source}{some}."
    look = f"Compare this with the rule for {_plain(link)}, term by term."
    return Diagnosis(f"{link.part}{FOLLOWS}", done, look)


def _localised(
    link: Link, group: Group | None, sound: Sequence[Link], rest: Sequence[Link]
) -> Diagnosis:
    wrong = f"{link.words} {_verb(link)} wrong"
    where = f" {group.words}; {group.others} all is right" if group else ""
    verb = "are" if len(sound) > 1 or "are" in map(_verb, sound) else "is"
    done = f"{_listed(sound)} {verb} right, and {wrong}{where}." if sound else f"{wrong}{where}."
    after = " What follows from it is by the rule." if rest else ""
    look = f"Compare the line that makes {_plain(link)} with the rule."
    return Diagnosis(f"{link.part}{BREAKS}", _sentence(done) + after, look)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(links: Collection[Link]) -> str:
    return " and ".join(link.words for link in links)


def _verb(link: Link) -> str:
    return "are" if link.words.endswith("parameters") else "is"


def _plain(link: Link) -> str:
    return link.words.removeprefix("your ")
