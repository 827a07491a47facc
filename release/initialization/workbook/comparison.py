"""Compare an answer with the expected one, part by part, and say in words how they differ.

An answer is an array, or a dict, tuple or list of answers. Each array becomes one
:class:`Finding`; so does each container that is not what it should be. Nothing here raises for a
wrong answer, however odd: a student sent it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbook.tolerance import AS_PRINTED, Printed, Tolerance, common_factor
from workbook.wording import (
    LONGEST_NAME,
    about_keys,
    describe,
    describe_endless,
    first_wrong_digit,
)

__all__ = [
    "AS_PRINTED",
    "LONGEST_NAME",
    "Finding",
    "Printed",
    "Tolerance",
    "as_numbers",
    "common_factor",
    "compare",
    "compare_array",
    "compare_returned",
    "describe",
    "label_parts",
]

# The kinds of number that may stand for one: a label may be True or 1, and no weight is a bool.
KINDS = dict.fromkeys("iuf", "iuf") | {"b": "biuf", "c": "iufc"}


@dataclass(frozen=True)
class Finding:
    """One part of an answer and whether it is right.

    Attributes
    ----------
    subject : str
        The part, as a student writes it: ``parameters["W1"]``.
    problem : str
        What is wrong with it, in words that give no expected number away; empty when it is right.
    expected, came : ndarray, optional
        The expected part and the student's, for a case whose answer may be shown.
    look : str
        One thing to look at.
    """

    subject: str
    problem: str = ""
    expected: np.ndarray | None = field(default=None, compare=False)
    came: np.ndarray | None = field(default=None, compare=False)
    look: str = ""

    @property
    def passed(self) -> bool:
        """Whether the part is right."""
        return not self.problem


def compare(
    answer: Any, expected: Any, subject: str, tolerance: Tolerance | None = None
) -> list[Finding]:
    """Compare `answer` with `expected`, whose structure says what the answer must look like.

    Parameters
    ----------
    answer : object
        Anything at all.
    expected : dict, tuple, list or array_like
        Keys beyond those of an expected dict are allowed in the answer.
    subject : str
        What the answer is called in the findings.
    tolerance : Tolerance, optional
        For the numbers.

    Returns
    -------
    list of Finding
        In the order of `expected`; all of them passed when the answer is right.
    """
    return list(_compare(answer, expected, subject, tolerance or Tolerance()))


def label_parts(answer: Any, names: Sequence[str]) -> Any:
    """Give the values that a function returns together the names of the documentation.

    A tuple of ``len(names)`` values becomes a dict; anything else is left for `compare` to
    complain about. One name means one value, which becomes the dict's only entry.
    """
    if len(names) == 1:
        return {names[0]: answer}
    if isinstance(answer, tuple | list) and len(answer) == len(names):
        return dict(zip(names, answer, strict=True))
    return answer


def compare_returned(
    answer: Any, expected: Mapping[str, Any], tolerance: Tolerance | None = None
) -> list[Finding]:
    """Compare what a function returned with its documented values, by their documented names."""
    if answer is None:
        return [Finding("the result", "is None", look="Does the function end with a `return`?")]
    names = tuple(expected)
    labelled = label_parts(answer, names)
    if labelled is answer and len(names) > 1:
        wanted = f"should be the {len(names)} values {', '.join(names)}"
        return [Finding("the result", f"is {describe(answer)} but {wanted}", look=RETURN_LINE)]
    return [
        finding
        for name in names
        for finding in compare(labelled[name], expected[name], name, tolerance)
    ]


RETURN_LINE = "Look at the `return` line."
NOT_FILLED_IN = "You have not filled this in: it still has the value None."


def _compare(answer: Any, expected: Any, subject: str, tolerance: Tolerance) -> Iterator[Finding]:
    if answer is None:
        yield Finding(subject, "is None", look=NOT_FILLED_IN)
    elif isinstance(expected, np.ndarray):  # asked early, as most parts are arrays
        yield compare_array(answer, expected, subject, tolerance)
    elif isinstance(expected, Mapping):
        yield from _compare_dict(answer, expected, subject, tolerance)
    elif isinstance(expected, tuple | list):
        yield from _compare_sequence(answer, expected, subject, tolerance)
    else:
        yield compare_array(answer, np.asarray(expected), subject, tolerance)


def _compare_dict(
    answer: Any, expected: Mapping[str, Any], subject: str, tolerance: Tolerance
) -> Iterator[Finding]:
    if not isinstance(answer, Mapping):
        yield Finding(subject, f"is {describe(answer)} but should be a dict", look=RETURN_LINE)
        return
    for key, wanted in expected.items():
        part = f'{subject}["{key}"]'
        if key in answer:
            yield from _compare(answer[key], wanted, part, tolerance)
        else:
            yield Finding(part, "is missing", look=about_keys(answer, expected))


def _compare_sequence(
    answer: Any, expected: Sequence[Any], subject: str, tolerance: Tolerance
) -> Iterator[Finding]:
    kind = type(expected).__name__
    if not isinstance(answer, tuple | list):
        yield Finding(subject, f"is {describe(answer)} but should be a {kind}", look=RETURN_LINE)
    elif len(answer) != len(expected):
        yield Finding(subject, f"has {len(answer)} items but should have {len(expected)}")
    else:
        for index, (part, wanted) in enumerate(zip(answer, expected, strict=True)):
            yield from _compare(part, wanted, f"{subject}[{index}]", tolerance)


def compare_array(answer: Any, expected: np.ndarray, subject: str, tolerance: Tolerance) -> Finding:
    """Compare one array: that it is one, its shape, its kind of number, then its numbers."""
    array = as_numbers(answer)
    if array is None:
        return Finding(subject, f"is {describe(answer)} but should be an array of numbers")
    problem, look = _problem_with(array, expected, tolerance)
    if not problem:
        return Finding(subject)
    return Finding(subject, problem, expected, array, look)


def _problem_with(array: np.ndarray, expected: np.ndarray, tolerance: Tolerance) -> tuple[str, str]:
    """Return what is wrong with an array and what to look at; both empty if it is right."""
    if array.shape != expected.shape:
        problem = f"has shape {array.shape} but should have {expected.shape}"
        return problem, _shape_hint(array, expected)
    if array.dtype.kind not in KINDS.get(expected.dtype.kind, ""):
        wanted = "real numbers" if expected.dtype.kind in "biuf" else "something else"
        return f"holds {array.dtype} values but should hold {wanted}", ""
    if (array == expected).all():  # much quicker than to ask how near they are; NaN equals nothing
        return "", ""
    if not np.isfinite(array).all():
        return describe_endless(array)
    wrong = ~tolerance.near(array, expected)
    return _describe_wrong(array, expected, wrong, tolerance) if wrong.any() else ("", "")


def as_numbers(answer: Any) -> np.ndarray | None:
    """Return `answer` as a plain array of bools or numbers, or None if it is not one."""
    if not isinstance(answer, np.ndarray | np.generic | int | float):
        return None
    array = np.asarray(answer)
    return array if array.dtype.kind in "biufc" else None


def _shape_hint(array: np.ndarray, expected: np.ndarray) -> str:
    if array.T.shape == expected.shape:
        return "It looks transposed."
    if array.ndim == 0:
        return "It is a single number: an array is wanted."
    if array.size == expected.size:
        return "It has the right number of entries: was a dimension lost or added?"
    return ""


def _describe_wrong(
    array: np.ndarray, expected: np.ndarray, wrong: np.ndarray, tolerance: Tolerance
) -> tuple[str, str]:
    """Say how numbers differ, and what to look at where that tells it."""
    if not expected.ndim:
        return "is another number than it should be", ""
    digit = first_wrong_digit(array, expected, wrong)
    if digit > ROUGH_DIGITS:
        several = "numbers" if wrong.size > 1 else "number"
        problem = f"differs in {int(wrong.sum())} of its {wrong.size} {several}"
        return f"{problem}, from digit {digit} on", NEARLY_RIGHT
    factor = common_factor(array, expected, tolerance)
    if factor is None:
        return f"differs in {int(wrong.sum())} of its {wrong.size} numbers", ""
    if factor == 0:
        return "is zero everywhere but should not be", ""
    if np.isclose(factor, -1):
        return "has every sign the wrong way round", ""
    return f"is {factor:.4g} times what it should be, in every number", ""


NEARLY_RIGHT = "So little comes from a small term in the wrong place, or from rounded numbers."
# Numbers that agree in so many digits are nearly right.
ROUGH_DIGITS = 3
