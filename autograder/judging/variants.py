"""Find the expression that gives some numbers, among small edits of the right one.

It is tried on the numbers of one place first, in plain Python, and only what fits there on all
others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.assignment.statements import Link
from autograder.judging.expressions import Tree, evaluate, parse, plain_value, written

Numbers = Mapping[str, np.ndarray]

NEAR = 1e-9  # of two numbers worked out in another order
FEW = 6  # leaves of a rule of which every second edit can be tried in a tenth of a second

_OTHERS = {"+": "-*", "-": "+*", "*": "/+", "/": "*-", "**": "*"}
_FUNCTIONS = ("sqrt", "abs", "square")


@dataclass
class _Search:
    """The variants of one link's rule, with their values at one place."""

    link: Link
    probe: Mapping[str, float]
    is_wide: bool  # whether every edit is tried, or those that are made most

    def __post_init__(self) -> None:
        self.factors = [parse(factor) for factor in self.link.factors]
        self.kinds = {name: self.link.kind_of(name) for name in self.link.names}
        self._known: dict[tuple[Tree, int], list[tuple[float, Tree]]] = {}

    def variants(self, tree: Tree, edits: int) -> list[tuple[float, Tree]]:
        """Return each tree that is so many edits away, with its value."""
        if edits == 0:
            return [(evaluate(tree, self.probe, plain=True), tree)]
        key = (tree, edits)
        if key not in self._known:
            found = list(self._inside(tree, edits))
            for changed in self._changed(tree):
                found += self.variants(changed, edits - 1)
            self._known[key] = found
        return self._known[key]

    def _inside(self, tree: Tree, edits: int) -> Iterator[tuple[float, Tree]]:
        """Yield what becomes of a tree by edits to its operands."""
        if not isinstance(tree, tuple):
            return
        sign = tree[0]
        if len(tree) == 2:
            for value, operand in self.variants(tree[1], edits):
                yield plain_value(sign, value), (sign, operand)
            return
        for of_left in range(edits + 1):
            rights = self.variants(tree[2], edits - of_left)
            for left_value, left in self.variants(tree[1], of_left):
                for right_value, right in rights:
                    yield plain_value(sign, left_value, right_value), (sign, left, right)

    def _changed(self, tree: Tree) -> Iterator[Tree]:
        """Yield what becomes of a tree by one edit at its top."""
        if isinstance(tree, str):
            yield from self._of_name(tree)
        elif not isinstance(tree, tuple):
            yield from (tree + 1, tree - 1)
        elif len(tree) == 2:
            yield from _of_call(*tree)
        else:
            yield from _of_operation(*tree)

    def _of_name(self, name: str) -> Iterator[Tree]:
        rivals = self.kinds if self.is_wide else self.kinds[name]
        yield from (other for other in rivals if other != name)
        if not self.is_wide:
            return
        yield from map(float, self.link.constants.get(name, ()))
        yield from (("**", name, 2), ("abs", name))
        for factor in self.factors:
            yield from (factor, ("*", factor, name), ("/", name, factor))


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
    right = parse(link.rule)
    for edits in range(1, most_edits + 1):
        search = _Search(link, probe, edits == 1 or _leaves(right) <= FEW)
        variants = search.variants(right, edits)
        hits = [tree for value, tree in variants if abs(value - own[place]) <= near[place]]
        if found := [tree for tree in dict.fromkeys(hits) if _fits(tree, numbers, own, near)]:
            return min(map(written, found), key=lambda text: (len(text), text))
    return ""


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
