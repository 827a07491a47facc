"""The public cases of the instant check: calls with other numbers than the documented one.

They and the right answers to them are numbers in a file beside this one, drawn from a seed that
anyone may know. The grader draws its own from another.
"""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from workbook import laws
from workbook.calling import Outcome, Status, attempt
from workbook.comparison import Finding, Tolerance, compare_returned, label_parts
from workbook.hints import with_hint

FILE = "practice.json"
ALONE, APART = "the arguments left alone", "an array for each key"
# What a function gets that draws random numbers and sets no seed.
SEED = 4


@dataclass(frozen=True)
class Case:
    """One call and the right answer to it.

    Attributes
    ----------
    program : str
        A module whose ``play(function, *arguments)`` calls the function, where it is not called
        itself.
    asks : tuple of str
        What must hold besides the numbers: `ALONE`, `APART`.
    """

    name: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    expected: Any
    returns: tuple[str, ...]
    program: str = ""
    asks: tuple[str, ...] = ()
    tolerance: Tolerance = field(default_factory=Tolerance)

    @property
    def is_exact(self) -> bool:
        """Whether all right answers agree in so many digits that wrong ones can be told apart."""
        return self.tolerance.relative <= Tolerance().relative


@dataclass(frozen=True)
class Tried:
    """What came of one case."""

    case: Case
    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.outcome.status is Status.RIGHT and all(one.passed for one in self.findings)


def cases(name: str) -> tuple[Case, ...]:
    """Return the public cases of an exercise; none where the assignment has no such file."""
    return tuple(map(read_case, content().get(name, {}).get("cases", ())))


def content() -> Mapping[str, Any]:
    """Return what the file says of each exercise."""
    examples = importlib.import_module("workbook.examples")
    path = Path(str(examples.__file__)).with_name(FILE)
    return _read(path, path.stat().st_mtime_ns)["exercises"] if path.is_file() else {}


@cache
def _read(path: Path, _changed: int) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def try_cases(
    function: Callable[..., Any] | None, those: Sequence[Case], *, is_judged: bool = True
) -> list[Tried]:
    """Put all cases to a function; one that does not come to an end is the last."""
    tried: list[Tried] = []
    with _own_random_numbers():
        for case in those:
            tried.append(try_case(function, case, is_judged=is_judged))
            if tried[-1].outcome.error == "took too long":
                break
    return tried


def try_case(function: Callable[..., Any] | None, case: Case, *, is_judged: bool = True) -> Tried:
    """Put one case to a function, on inputs of its own."""
    arguments, keywords = copied(case.arguments), copied(dict(case.keywords))
    np.random.seed(SEED)  # noqa: NPY002 - the documented recipe draws from it

    def both() -> Any:
        """Return the arguments too: what is read together shows what it shares."""
        assert callable(function)
        if case.program:
            return [_play(case.program)(function, *arguments, **keywords), arguments]
        return [function(*arguments, **keywords), arguments]

    outcome = attempt(both if callable(function) else None)
    if outcome.status is not Status.RIGHT:
        return Tried(case, outcome)
    returned, afterwards = outcome.value
    outcome = replace(outcome, value=returned)
    if not is_judged:
        return Tried(case, outcome)
    findings = judge(case, returned)
    if all(finding.passed for finding in findings):
        findings = [*findings, *_judge_arguments(case, returned, afterwards)]
    return Tried(case, outcome, tuple(findings))


def judge(case: Case, value: Any) -> list[Finding]:
    """Compare what was returned with the right answer, number by number."""
    expected = label_parts(case.expected, case.returns)
    found = compare_returned(value, expected, case.tolerance)
    if all(finding.passed for finding in found):
        return found
    before = case.arguments[0] if case.arguments else None
    return with_hint(found, value, expected, before)


def _judge_arguments(case: Case, returned: Any, afterwards: Any) -> Iterator[Finding]:
    if ALONE in case.asks:
        yield laws.left_alone(case.arguments, afterwards)
    if ALONE in case.asks or APART in case.asks:
        yield laws.apart(returned, afterwards)


@cache
def _play(program: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {"__name__": "program"}
    exec(compile(program, "<program>", "exec"), namespace)
    return namespace["play"]


@contextlib.contextmanager
def _own_random_numbers() -> Iterator[None]:
    """Leave the notebook's random numbers as they were."""
    state = np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(state)  # noqa: NPY002


def copied(value: Any) -> Any:
    """Return a copy of plain data."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Mapping):
        return {key: copied(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(map(copied, value))
    return value


def read_case(written: Mapping[str, Any]) -> Case:
    """Return a case as it stands in the file."""
    relative, absolute = written["tolerance"]
    return Case(
        written["name"],
        read(written["arguments"]),
        read(written["keywords"]),
        read(written["expected"]),
        tuple(written["returns"]),
        written.get("program", ""),
        tuple(written.get("asks", ())),
        Tolerance(relative, absolute),
    )


def read(value: Any) -> Any:
    """Return plain data from what `write` made of it."""
    if isinstance(value, list):
        return [read(part) for part in value]
    if not isinstance(value, dict):
        return value
    ((kind, part),) = value.items()
    if kind == "dict":
        return {key: read(entry) for key, entry in part}
    if kind == "tuple":
        return tuple(map(read, part))
    dtype, shape, numbers = part
    array = np.array(numbers, dtype=dtype).reshape(shape)
    return array if kind == "array" else array[()]


def write(value: Any) -> Any:
    """Return plain data as what JSON can hold."""
    if isinstance(value, np.ndarray | np.generic):
        kind = "array" if isinstance(value, np.ndarray) else "number"
        array = np.asarray(value)
        return {kind: [array.dtype.str, list(array.shape), array.ravel().tolist()]}
    if isinstance(value, Mapping):
        return {"dict": [[key, write(part)] for key, part in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [write(part) for part in value]}
    return [write(part) for part in value] if isinstance(value, list) else value
