"""Say what several wrong parts of an answer have in common: it tells more than each by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import numpy as np

from workbook.comparison import Finding, Tolerance, as_numbers, common_factor, label_parts

# The documentation prints eight digits after the point.
PRINTED = Tolerance(absolute=1e-8)
BROADCASTING = "Every update keeps the shape: does broadcasting with another key's array change it?"
PART = re.compile(r'(?P<result>\w+)\["d?(?P<kind>[A-Za-z]+)(?P<layer>\d+)"\]')


def with_hint(
    findings: Sequence[Finding], answer: Any, expected: Mapping[str, Any], before: Any = None
) -> list[Finding]:
    """Return the findings; the first wrong one, if it has no look, tells what all have in common.

    Parameters
    ----------
    answer : object
        What was returned.
    expected : dict
        The documented values by their names; the first may be an update of `before`.
    before : object, optional
        The first argument of the call. No number of it or of `expected` is told.

    Examples
    --------
    >>> right, wrong = Finding('v["dW1"]'), Finding('v["db1"]', "differs in 1 of its 2 numbers")
    >>> with_hint([right, wrong], {}, {"v": {}})[1].look
    'It is right for W and wrong for b.'
    """
    hinted = list(findings)
    for place, finding in enumerate(hinted):
        if not finding.passed:
            hint = finding.look or _of_shape(finding) or _of_step(answer, expected, before)
            hinted[place] = replace(finding, look=hint or _of_parts(hinted))
            break
    return hinted


def _of_shape(finding: Finding) -> str:
    """Say what may have stretched one key's array."""
    is_keyed = PART.fullmatch(finding.subject)
    if not is_keyed or finding.came is None or finding.expected is None:
        return ""
    sizes = zip_longest(finding.came.shape, finding.expected.shape)
    changed = [(came, wanted) for came, wanted in sizes if came != wanted]
    is_stretched = changed and all(came and wanted == 1 for came, wanted in changed)
    return BROADCASTING if is_stretched else ""


def _of_step(answer: Any, expected: Mapping[str, Any], before: Any) -> str:
    """Compare how far all parts have moved with how far they should have."""
    name = next(iter(expected))
    labelled = label_parts(answer, tuple(expected))
    if not isinstance(labelled, Mapping) or not isinstance(before, Mapping):
        return ""
    pair = _moves(labelled.get(name), before), _moves(expected[name], before)
    if pair[0] is None or pair[1] is None or pair[0].shape != pair[1].shape:
        return ""
    return _say_factor(common_factor(pair[0], pair[1], PRINTED))


def _moves(after: Any, before: Mapping[str, Any]) -> np.ndarray | None:
    """Return by how much each number has changed, in one row, or None where that makes no sense."""
    if not isinstance(after, Mapping) or after.keys() != before.keys():
        return None
    moves = []
    for key, old in before.items():
        array = as_numbers(after[key])
        if array is None or array.shape != np.shape(old) or not np.isfinite(array).all():
            return None
        moves.append((array - old).ravel())
    return np.concatenate(moves) if moves else None


def _say_factor(factor: float | None) -> str:
    if factor is None or f"{factor:.4g}" == "1":
        return ""
    if factor == 0 or abs(factor) < 1e-9:
        return "Nothing moves: is the new value stored, and in the dict that is returned?"
    if np.isclose(factor, -1):
        return "Every step has the right length and goes the wrong way."
    whole = round(factor)
    if whole > 1 and np.isclose(factor, whole):
        return f"Every step is exactly {whole} times too long."
    way = " and goes the wrong way" if factor < 0 else ""
    if np.isclose(abs(factor), 1, atol=1e-3):
        return "Every step goes the wrong way."
    return f"Every step is {abs(factor):.4g} times as long as it should be{way}."


def _of_parts(findings: Sequence[Finding]) -> str:
    """Say which results, kinds or layers are right where others are wrong."""
    parts = [(match, f.passed) for f in findings if (match := PART.fullmatch(f.subject))]
    says: Mapping[str, Callable[[str], str]] = {
        "result": lambda names: names,
        "kind": lambda names: names,
        "layer": lambda names: f"layer {names}",
    }
    for group, say in says.items():
        right = _names(match[group] for match, passed in parts if passed)
        wrong = _names(match[group] for match, passed in parts if not passed)
        if right and wrong and not set(right) & set(wrong):
            return f"It is right for {say(_listed(right))} and wrong for {say(_listed(wrong))}."
    return ""


def _names(names: Any) -> list[str]:
    return list(dict.fromkeys(names))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
