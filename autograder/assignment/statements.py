"""What may be said of a wrong answer that no known misconception explains."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from autograder.assignment.verdict import Diagnosis


class Seen(NamedTuple):
    """One question, what was expected, and what came.

    Attributes
    ----------
    arguments : dict
        Those of the call, by their names.
    omitted : frozenset of str
        Those that were left to their defaults.
    status, reason : str
        What came of the call: ``returned``, or another status and why.
    """

    arguments: Mapping[str, Any]
    omitted: frozenset[str]
    expected: Any
    status: str
    value: Any
    reason: str
    passed: bool


@dataclass(frozen=True)
class Statement:
    """A claim about an answer as a whole: told if it agrees with every case.

    Attributes
    ----------
    done, look : str
        What is claimed, and where to look. Never an expected value.
    agrees : callable
        Tells whether what was seen in one case is as claimed.
    is_contrast : bool
        Whether it claims something of right answers too, so that there must be one.
    least : float
        The share of the wrong answers of which it must hold.
    is_of_values : bool
        Whether it speaks of what is returned only, so that an exception says nothing against it.
    """

    id: str
    done: str
    look: str
    agrees: Callable[[Seen], bool]
    is_contrast: bool = False
    least: float = 1.0
    is_of_values: bool = False

    def fits(self, seen: Sequence[Seen]) -> bool:
        """Tell whether what was seen is as claimed."""
        passed = [one for one in seen if one.passed]
        wrong = [one for one in seen if not one.passed and self._speaks_of(one)]
        unspoken = len(seen) - len(passed) - len(wrong)
        # Where most calls end in an exception, that is what there is to tell.
        if (self.is_contrast and not passed) or not wrong or len(wrong) < unspoken:
            return False
        return self._holds_of(wrong) and all(map(self.agrees, passed))

    def _holds_of(self, wrong: Sequence[Seen]) -> bool:
        """Tell whether it holds of as many as it must; nobody looks on once it cannot."""
        spare = len(wrong) - self.least * len(wrong)
        for one in wrong:
            if not self.agrees(one):
                spare -= 1
                if spare < 0:
                    return False
        return True

    def _speaks_of(self, seen: Seen) -> bool:
        return seen.status == "returned" or not self.is_of_values

    @property
    def diagnosis(self) -> Diagnosis:
        """The claim as it is told."""
        return Diagnosis(self.id, self.done, self.look)


def wrong_where(id_: str, where: Callable[[Seen], bool], done: str, look: str) -> Statement:
    """Return the claim that an answer is wrong where the call is so, and right elsewhere."""
    return Statement(id_, done, look, lambda seen: seen.passed != where(seen), is_contrast=True)


def whenever_wrong(id_: str, holds: Callable[[Seen], bool], done: str, look: str) -> Statement:
    """Return the claim that holds of each answer that is wrong."""
    return Statement(id_, done, look, lambda seen: seen.passed or holds(seen))


def whenever_returned(id_: str, holds: Callable[[Seen], bool], done: str, look: str) -> Statement:
    """Return the claim that holds of each wrong value; an exception is no value."""
    claim = whenever_wrong(id_, holds, done, look)
    return replace(claim, is_of_values=True)


def often_wrong(id_: str, holds: Callable[[Seen], bool], done: str, look: str) -> Statement:
    """Return the claim that holds of at least half of the wrong values, as its words say."""
    claim = whenever_wrong(id_, holds, done, look)
    return replace(claim, least=0.5, is_of_values=True)


@dataclass(frozen=True)
class Group:
    """Some of the keys of an answer.

    Attributes
    ----------
    words, others : str
        What they are, and what all others are: ``for b``, ``for W``.
    holds : callable
        Tells whether a key is one of them, given all keys that are expected.
    """

    words: str
    others: str
    holds: Callable[[str, Collection[str]], bool]


@dataclass(frozen=True)
class Link:
    """How one part of an answer follows from what was given and from the parts before it.

    Attributes
    ----------
    part : str
        Its name among the numbers of a key.
    words : str
        How a student calls it: ``your v``.
    rule : str
        The right expression for it, in the names of those numbers.
    arrays, scalars : tuple of str
        The names that could be mistaken for each other in it.
    constants : mapping
        Numbers that are written where a name belongs.
    factors : tuple of str
        Expressions that may stand in it once too often.
    source : str
        A student's own parts that it is made from: `` from your own v``.
    """

    part: str
    words: str
    rule: str
    arrays: tuple[str, ...] = ()
    scalars: tuple[str, ...] = ()
    constants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    source: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names that may stand in it."""
        return (*self.arrays, *self.scalars)

    def kind_of(self, name: str) -> tuple[str, ...]:
        """Return the names of the same kind: those that are mistaken most."""
        return self.arrays if name in self.arrays else self.scalars


Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Chain:
    """The links from the arguments to all that is returned.

    Attributes
    ----------
    read : callable
        Returns the numbers of each key by name, given the arguments of a call and what it returned;
        None where that has another structure.
    """

    links: tuple[Link, ...]
    read: Callable[[Mapping[str, Any], Any], Rows | None]
