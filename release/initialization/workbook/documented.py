"""The documented example of a graded function: how it is called and what comes back.

Each assignment has a table of its own, `EXAMPLES` in the module `workbook.examples`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from workbook.comparison import Finding, Tolerance

# The documentation prints eight digits after the point.
PRINTED_DIGITS = Tolerance(relative=1e-6, absolute=1e-8)


def read_outputs(path: Path) -> dict[str, Any]:
    """Return what a JSON file documents, by function: its lists are arrays."""
    return _with_arrays(json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Example:
    """One documented call.

    Attributes
    ----------
    arguments : callable
        Makes the positional arguments afresh: a tuple, or the only argument itself.
    keywords : dict
        The arguments that the example gives by name.
    view : callable
        Turns what the function returned into what the documentation prints.
    law : callable
        Judges the answer by more than its numbers.
    tolerance : Tolerance
        How near the documented numbers it must be.
    """

    arguments: Callable[[], Any]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    view: Callable[[Any], Any] = lambda answer: answer
    law: Callable[[Any], list[Finding]] = lambda answer: []
    tolerance: Tolerance = PRINTED_DIGITS

    def call(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return fresh positional and keyword arguments."""
        arguments = self.arguments()
        return arguments if isinstance(arguments, tuple) else (arguments,), dict(self.keywords)


def _with_arrays(value: Any) -> Any:
    """Turn the lists of a JSON value into arrays."""
    if isinstance(value, dict):
        return {key: _with_arrays(part) for key, part in value.items()}
    return np.array(value) if isinstance(value, list) else value
