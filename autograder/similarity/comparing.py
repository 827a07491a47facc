"""Which hand-ins share what few others have: weighed by how rare it is in the class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from autograder.similarity.fingerprints import all_hashes, comments, fingerprints
from autograder.similarity.reading import Answers

# What more than so large a part of the class has says nothing of two, nor what so many have.
MANY, AT_MOST = 0.1, 200
# In a small class a tenth would be fewer than copy together: there it is half of it, up to so many.
SMALL_PART, AT_LEAST, IN_SMALL = 0.5, 4, 10
# A pair is listed from this share of what is rare in both, and from so many fingerprints of it.
ALIKE, ENOUGH = 0.5, 6
# In one exercise nearly all of it has to be the same.
ALIKE_IN_ONE = 0.8
# An exercise tells students apart if half of them have so many fingerprints that few have.
TELLS = 3
# A witness: what so few have, and a comment of so many letters.
FEW, LETTERS = 3, 12
# An answer as long as this is not the same to the letter by chance.
LONG = 120


@dataclass(frozen=True)
class Pair:
    """Two hand-ins that are worth a look together.

    Attributes
    ----------
    share : float
        How much of what is rare in them both have, from 0 to 1.
    exercises : mapping
        The same by exercise, where the exercise can tell.
    witnesses : tuple of str
        What else they have in common that few have.
    """

    one: Answers
    other: Answers
    share: float
    exercises: Mapping[str, float]
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """What came of it: the pairs, most alike first, and which exercises can tell at all.

    `common` are the fingerprints that say nothing.
    """

    pairs: tuple[Pair, ...]
    tells: Mapping[str, bool]
    count: int
    common: frozenset[int] = frozenset()

    @property
    def groups(self) -> list[list[str]]:
        """The hand-ins that pairs join, three or more."""
        return groups_of(self.pairs)


def groups_of(pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the hand-ins that pairs join, three or more."""
    joined: dict[str, set[str]] = {}
    for pair in pairs:
        group = {pair.one.label, pair.other.label}
        group |= joined.get(pair.one.label, set()) | joined.get(pair.other.label, set())
        joined |= dict.fromkeys(group, group)
    groups = {tuple(sorted(group)) for group in joined.values() if len(group) > 2}
    return [list(group) for group in sorted(groups)]


def compare(answers: Sequence[Answers], given: Iterable[str]) -> Compared:
    """Return the pairs of hand-ins that share what few others have."""
    known = set().union(*map(all_hashes, given))
    prints = [
        {(cell, one) for cell, text in each.sources.items() for one in fingerprints(text)}
        for each in answers
    ]
    count = Counter(one for each in prints for one in each)
    most = _most(len(answers))
    weights = {
        one: float(np.log((1 + len(answers)) / times))
        for one, times in count.items()
        if times <= most and one[1] not in known
    }
    rare = [{one for one in each if one in weights} for each in prints]
    tells = _tells(answers, rare)
    rare = [{one for one in each if tells[one[0]]} for each in rare]
    common = frozenset(one[1] for one in count if one not in weights)
    witnesses = _witnesses(answers, given)
    pairs = [
        _pair(answers, rare, weights, i, j, tuple(witnesses.get((i, j), ())))
        for i, j in _candidates(answers, rare, weights) | set(witnesses)
    ]
    listed = [pair for pair in pairs if pair and not (pair.one.year and pair.other.year)]
    listed.sort(key=lambda one: (-one.share, -len(one.witnesses), one.one.label, one.other.label))
    return Compared(tuple(listed), tells, len(answers), common)


def _most(count: int) -> float:
    """Return by how many hand-ins of a class something may be had and still tell of two."""
    return max(AT_LEAST, min(SMALL_PART * count, IN_SMALL), min(MANY * count, AT_MOST))


def _tells(answers: Sequence[Answers], rare: Sequence[set[tuple[str, int]]]) -> dict[str, bool]:
    """Return by exercise whether answers to it differ enough to tell students apart."""
    counts: dict[str, list[int]] = defaultdict(list)
    for each, own in zip(answers, rare, strict=True):
        by_cell = Counter(cell for cell, _ in own)
        for cell in each.sources:
            counts[cell].append(by_cell[cell])
    return {cell: median(found) >= TELLS for cell, found in counts.items()}


def _candidates(
    answers: Sequence[Answers],
    rare: Sequence[set[tuple[str, int]]],
    weights: Mapping[tuple[str, int], float],
) -> set[tuple[int, int]]:
    """Return the pairs that share enough, by an index from fingerprints to hand-ins."""
    index: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, own in enumerate(rare):
        for one in own:
            index[one].append(i)
    places = {one: np.array(found) for one, found in index.items() if len(found) > 1}
    totals = np.array([sum(weights[one] for one in own) for own in rare])
    found: set[tuple[int, int]] = set()
    for i, own in enumerate(rare):
        by_cell: dict[str, list[tuple[str, int]]] = defaultdict(list)
        wholes: dict[str, float] = defaultdict(float)
        for one in own:
            wholes[one[0]] += weights[one]
            if one in places:
                by_cell[one[0]].append(one)
        shared = np.zeros(len(answers))
        for cell, ones in by_cell.items():
            here = _shared(ones, places, weights, len(answers))
            shared += here
            if len(ones) >= ENOUGH:
                found |= {
                    (i, int(j))
                    for j in np.flatnonzero(here >= ALIKE_IN_ONE * wholes[cell])
                    if j > i
                }
        if by_cell:
            alike = 2 * shared >= ALIKE * (totals + totals[i])
            found |= {(i, int(j)) for j in np.flatnonzero(alike & (shared > 0)) if j > i}
    return found


def _shared(
    ones: Sequence[tuple[str, int]],
    places: Mapping[tuple[str, int], np.ndarray],
    weights: Mapping[tuple[str, int], float],
    count: int,
) -> np.ndarray:
    """Return what each hand-in shares of these fingerprints."""
    holders = np.concatenate([places[one] for one in ones])
    weighed = np.repeat([weights[one] for one in ones], [len(places[one]) for one in ones])
    return np.bincount(holders, weighed, minlength=count)


def _pair(
    answers: Sequence[Answers],
    rare: Sequence[set[tuple[str, int]]],
    weights: Mapping[tuple[str, int], float],
    i: int,
    j: int,
    witnesses: tuple[str, ...],
) -> Pair | None:
    """Return what two have in common, if it is enough."""
    both, either = rare[i] & rare[j], [*rare[i], *rare[j]]
    share = _share(both, either, weights)
    cells = {cell for cell, _ in both}
    exercises = {
        cell: _share(
            [a for a in both if a[0] == cell], [a for a in either if a[0] == cell], weights
        )
        for cell in sorted(cells)
    }
    in_one = Counter(cell for cell, _ in both)
    is_alike = len(both) >= ENOUGH and (
        share >= ALIKE or any(exercises[c] >= ALIKE_IN_ONE and in_one[c] >= ENOUGH for c in cells)
    )
    if not is_alike and not witnesses:
        return None
    return Pair(answers[i], answers[j], share, exercises, witnesses)


def _share(
    both: Iterable[tuple[str, int]],
    either: Iterable[tuple[str, int]],
    weights: Mapping[tuple[str, int], float],
) -> float:
    whole = sum(weights[one] for one in either)
    return 2 * sum(weights[one] for one in both) / whole if whole else 0.0


def _witnesses(
    answers: Sequence[Answers], given: Iterable[str]
) -> dict[tuple[int, int], list[str]]:
    """Return what else two have in common that few have: comments, spacing, wrong answers."""
    told = {_plain(text) for source in given for text in comments(source)}
    holders: dict[str, set[int]] = defaultdict(set)
    for i, each in enumerate(answers):
        for cell, source in each.sources.items():
            for text in comments(source):
                if _plain(text) not in told and len(_plain(text)) >= LETTERS:
                    holders[f"the same comment, {text}"].add(i)
            if len(source.strip()) >= LONG:
                holders[f"{cell} is the same to the letter, spacing too\0{source}"].add(i)
        for wrong in each.wrong:
            holders[f"the same rare wrong answer, {wrong}"].add(i)
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for what, who in holders.items():
        if 1 < len(who) <= FEW and len(who) < max(3, len(answers)):
            for i in who:
                for j in who:
                    if i < j:
                        found[i, j].append(what.partition("\0")[0])
    return {pair: sorted(what) for pair, what in found.items() if _is_strong(what)}


def _is_strong(what: Sequence[str]) -> bool:
    """Tell whether witnesses say something by themselves: wrong answers do so only together."""
    return any(not one.startswith("the same rare wrong") for one in what) or len(what) > 1


def _plain(comment: str) -> str:
    return "".join(letter for letter in comment.casefold() if letter.isalnum())
