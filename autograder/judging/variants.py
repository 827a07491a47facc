"""Find the expression that gives some numbers, among small edits of the right one.

All edits of a rule are listed once, with what they have in common. They are tried on the numbers of
one place first, and only what fits there on all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from autograder.assignment.statements import Link
from autograder.judging.expressions import Tree, evaluate, operate, parse, written

Numbers = Mapping[str, np.ndarray]

NEAR = 1e-9  # of two numbers worked out in another order
FEW = 6  # leaves of a rule of which every second edit can be tried in a tenth of a second
REMEMBERED = 128  # rules with so many edits

_OTHERS = {"+": "-*", "-": "+*", "*": "/+", "/": "*-", "**": "*"}
_FUNCTIONS = ("sqrt", "abs", "square")


@dataclass(frozen=True)
class _Names:
    """What may stand for each name of a link's rule."""

    rivals: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, tuple[str, ...]]
    factors: tuple[str, ...]
    is_wide: bool  # whether every edit is tried, or those that are made most

    def edited(self, name: str) -> Iterator[Tree]:
        """Yield what becomes of a name by one edit."""
        rivals = self.rivals if self.is_wide else self.rivals[name]
        yield from (other for other in rivals if other != name)
        if not self.is_wide:
            return
        yield from map(float, self.constants.get(name, ()))
        yield from (("**", name, 2), ("abs", name))
        for factor in map(parse, self.factors):
            yield from (factor, ("*", factor, name), ("/", name, factor))


@dataclass
class _Search:
    """The trees that are some edits away from a rule."""

    names: _Names
    _known: dict[tuple[Tree, int], list[Tree]] = field(default_factory=dict)

    def variants(self, tree: Tree, edits: int) -> list[Tree]:
        """Return each tree that is so many edits away."""
        if edits == 0:
            return [tree]
        key = (tree, edits)
        if key not in self._known:
            found = list(self._inside(tree, edits))
            for changed in self._changed(tree):
                found += self.variants(changed, edits - 1)
            self._known[key] = found
        return self._known[key]

    def _inside(self, tree: Tree, edits: int) -> Iterator[Tree]:
        """Yield what becomes of a tree by edits to its operands."""
        if not isinstance(tree, tuple):
            return
        if len(tree) == 2:
            yield from ((tree[0], operand) for operand in self.variants(tree[1], edits))
            return
        for of_left in range(edits + 1):
            rights = self.variants(tree[2], edits - of_left)
            for left in self.variants(tree[1], of_left):
                yield from ((tree[0], left, right) for right in rights)

    def _changed(self, tree: Tree) -> Iterator[Tree]:
        """Yield what becomes of a tree by one edit at its top."""
        if isinstance(tree, str):
            yield from self.names.edited(tree)
        elif not isinstance(tree, tuple):
            yield from (tree + 1, tree - 1)
        elif len(tree) == 2:
            yield from _of_call(*tree)
        else:
            yield from _of_operation(*tree)


class _Table:
    """Trees, worked out together: what several have in common once, and like operations at once."""

    def __init__(self, trees: Iterable[Tree]) -> None:
        self._places: dict[Tree, int] = {}
        self._heights: list[int] = []
        self._leaves: list[tuple[int, Tree]] = []
        steps: dict[tuple[int, str], list[tuple[int, ...]]] = defaultdict(list)
        self.trees = tuple(dict.fromkeys(trees))
        self._wanted = np.array([self._placed(tree, steps) for tree in self.trees], int)
        self._steps = [(sign, np.array(steps[height, sign]).T) for height, sign in sorted(steps)]

    def values(self, numbers: Mapping[str, float]) -> np.ndarray:
        """Return the value of each tree, NaN or infinity where there is none."""
        known = np.empty(len(self._places))
        for place, leaf in self._leaves:
            known[place] = numbers[leaf] if isinstance(leaf, str) else leaf
        with np.errstate(all="ignore"):
            for sign, (places, *operands) in self._steps:
                known[places] = operate(sign, *(known[operand] for operand in operands))
        return known[self._wanted]

    def _placed(self, tree: Tree, steps: dict[tuple[int, str], list[tuple[int, ...]]]) -> int:
        if tree in self._places:
            return self._places[tree]
        operands = [self._placed(part, steps) for part in tree[1:]] if type(tree) is tuple else []
        place = self._places[tree] = len(self._places)
        self._heights.append(1 + max((self._heights[one] for one in operands), default=-1))
        if operands:
            steps[self._heights[place], tree[0]].append((place, *operands))
        else:
            self._leaves.append((place, tree))
        return place


def _of_call(function: str, operand: Tree) -> Iterator[Tree]:
    yield operand
    yield from ((other, operand) for other in _FUNCTIONS if other != function)
    if isinstance(operand, tuple) and len(operand) == 3:  # a bracket that closes too late
        sign, left, right = operand
        yield (sign, (function, left), right)


def _of_operation(sign: str, left: Tree, right: Tree) -> Iterator[Tree]:
    yield from (left, right)
    yield from ((other, left, right) for other in _OTHERS[sign])
    if sign in {"-", "/", "**"}:
        yield (sign, right, left)
    yield from _bracketed(sign, left, right)


def _bracketed(sign: str, left: Tree, right: Tree) -> Iterator[Tree]:
    """Yield the same operations with the brackets elsewhere."""
    if isinstance(right, tuple) and len(right) == 3:
        yield (right[0], (sign, left, right[1]), right[2])
    if isinstance(left, tuple) and len(left) == 3:
        yield (left[0], left[1], (sign, left[2], right))
    if isinstance(left, tuple) and len(left) == 2:
        yield (left[0], (sign, left[1], right))
    if isinstance(right, tuple) and len(right) == 2:
        yield (right[0], (sign, left, right[1]))


def fitting_rule(
    link: Link, numbers: Numbers, own: np.ndarray, near: np.ndarray, most_edits: int = 2
) -> str:
    """Return the rule that gives `own`, or "" where no small edit of the right one does.

    Parameters
    ----------
    numbers : mapping
        What every name in the rule stands for, each an array as long as `own`.
    own, near : ndarray
        The student's numbers, and how near to each the rule must come.
    """
    place = _telling_place(link, numbers, own, near)
    if place is None:
        return ""
    probe = {name: float(array[place]) for name, array in numbers.items()}
    for edits in range(1, most_edits + 1):
        table = _edited(link, edits)
        hits = np.flatnonzero(np.abs(table.values(probe) - own[place]) <= near[place])
        trees = [table.trees[hit] for hit in hits]
        if found := [tree for tree in trees if _fits(tree, numbers, own, near)]:
            return min(map(written, found), key=lambda text: (len(text), text))
    return ""


def _edited(link: Link, edits: int) -> _Table:
    """Return the rules that are so many edits away from a link's."""
    rivals = tuple((name, link.kind_of(name)) for name in link.names)
    return _listed(link.rule, rivals, tuple(link.constants.items()), link.factors, edits)


@lru_cache(REMEMBERED)
def _listed(
    rule: str,
    rivals: tuple[tuple[str, tuple[str, ...]], ...],
    constants: tuple[tuple[str, tuple[str, ...]], ...],
    factors: tuple[str, ...],
    edits: int,
) -> _Table:
    right = parse(rule)
    is_wide = edits == 1 or _leaves(right) <= FEW
    names = _Names(dict(rivals), dict(constants), factors, is_wide)
    return _Table(_Search(names).variants(right, edits))


def _leaves(tree: Tree) -> int:
    return sum(map(_leaves, tree[1:])) if isinstance(tree, tuple) else 1


def exactly(own: np.ndarray) -> np.ndarray:
    """Return how near to each number a rule comes that gives it; infinity is given or not."""
    return np.where(np.isfinite(own), NEAR * np.abs(own) + 1e-12, 0)


def _fits(tree: Tree, numbers: Numbers, own: np.ndarray, near: np.ndarray) -> bool:
    value = evaluate(tree, numbers)
    same = (value == own) | (np.isnan(value) & np.isnan(own))
    return bool(np.all(same | (np.abs(value - own) <= near)))


def _telling_place(link: Link, numbers: Numbers, own: np.ndarray, near: np.ndarray) -> int | None:
    """Return where the numbers tell rules apart best: exact, wrong, and none of them near 0."""
    table = np.abs([numbers[name] for name in numbers])
    differs = np.abs(own - evaluate(parse(link.rule), numbers)) > near
    known = np.isfinite(own) & (own != 0) & (near <= exactly(own)) & (table != 0).all(axis=0)
    usable = np.flatnonzero(known & differs)
    if not usable.size:
        return None
    # A name whose number is tiny beside the others leaves no trace in the sum.
    return int(usable[np.argmax(table[:, usable].min(axis=0))])
