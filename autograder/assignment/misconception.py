"""Wrong solutions worth telling apart: how each is wrong, and what its author should read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Misconception:
    """One way to get a function wrong.

    Attributes
    ----------
    id : str
        Its name in the catalogue.
    done, look : str
        One sentence on what was done, one on where to look. Never an expected value.
    edits : mapping
        How a right solution becomes this one: each text, which stands in it once, is replaced.
    """

    id: str
    done: str
    look: str
    edits: Mapping[str, str] = field(default_factory=dict)

    def with_name(self, placeholder: str, name: str) -> Misconception:
        """Return the same misconception with a name put in wherever the edits leave it open."""
        filled = [[text.replace(placeholder, name) for text in edit] for edit in self.edits.items()]
        return replace(self, edits=dict(filled))


@dataclass(frozen=True)
class Catalogue:
    """The misconceptions about one function.

    Attributes
    ----------
    solution : str
        A right solution that spells out every step, so that there is a line to edit for each.
    entries : tuple of Misconception
        Where two would explain an answer, the first is told.
    """

    solution: str
    entries: tuple[Misconception, ...]

    def source(self, *entries: Misconception) -> str:
        """Return the solution with the edits of all `entries` made.

        Raises
        ------
        ValueError
            If a text to replace is not there exactly once, or if two edits overlap.
        """
        edits = [edit for entry in entries for edit in entry.edits.items()]
        spans = sorted((*self._span(old), new) for old, new in edits)
        text, end = "", 0
        for start, stop, new in spans:
            if start < end:
                raise ValueError(f"two edits overlap at {self.solution[start:stop]!r}")
            text += self.solution[end:start] + new
            end = stop
        return text + self.solution[end:]

    def function(self, name: str, *entries: Misconception) -> Callable[..., Any]:
        """Return the function `name` with the edits of all `entries` made; it prints nothing."""
        namespace: dict[str, Any] = {"np": np, "print": lambda *_values, **_keywords: None}
        label = "+".join(entry.id for entry in entries) or "solution"
        exec(compile(self.source(*entries), f"<{label}>", "exec"), namespace)
        return namespace[name]

    def _span(self, old: str) -> tuple[int, int]:
        if self.solution.count(old) != 1:
            raise ValueError(f"{old!r} stands {self.solution.count(old)} times in the solution")
        start = self.solution.index(old)
        return start, start + len(old)
