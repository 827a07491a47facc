"""Copies are found whatever is renamed, strangers are not, and what cannot tell is told."""

from __future__ import annotations

import ast
from datetime import datetime

import pytest

from autograder.similarity.comparing import compare
from autograder.similarity.fingerprints import fingerprints, tokens
from autograder.similarity.page import render, sides
from autograder.similarity.reading import Answers
from tests import ROOT

GIVEN = ["def double(x):\n    # Your code here.\n    pass"]
SAMPLES = ROOT / "tests" / "solutions" / "optimization"
ALIKE = "def easy(x):\n    return x * 2 + 1 - 1 + 0 * x + 0 * x"


def solutions(name: str) -> list[str]:
    """Different solutions of one function, as the repository has them."""
    tree = (SAMPLES / f"{name}.py").read_text()
    found = [ast.get_source_segment(tree, n) for n in ast.parse(tree).body
             if isinstance(n, ast.FunctionDef)]  # fmt: skip
    return [one for one in found if one]


STRANGERS = solutions("random_mini_batches")


def class_of(sources, **more) -> list[Answers]:
    answers = [Answers(f"s{i}", {"hard": text, "easy": ALIKE}) for i, text in enumerate(sources)]
    return answers + [Answers(name, {"hard": text, "easy": ALIKE}) for name, text in more.items()]


def renamed(source: str) -> str:
    """Rename all that a student would rename, and space and comment it otherwise."""
    for old in ("mini_batch", "permutation", "shuffled", "inc", "seed", "k"):
        source = source.replace(old, f"my{old}")
    return source.replace(" = ", "=").replace("\n", "  # mine\n", 3)


def test_there_are_strangers_to_compare_with():
    assert len(STRANGERS) >= 5


@pytest.mark.parametrize("change", [lambda text: text, renamed], ids=["as it is", "renamed"])
def test_a_copy_is_found_and_strangers_are_not(change):
    longest = max(STRANGERS, key=len)
    found = compare(class_of(STRANGERS, copy=change(longest)), GIVEN)
    first = found.pairs[0]
    assert {first.one.student, first.other.student} == {"copy", f"s{STRANGERS.index(longest)}"}
    assert first.share > 0.7


@pytest.mark.parametrize("count", [3, 5, 8, 10])
def test_a_group_in_a_small_class_is_found_as_a_whole(count):
    longest = max(STRANGERS, key=len)
    copies = {f"copy {i}": renamed(longest) if i % 2 else longest for i in range(count - 1)}
    found = compare(class_of(STRANGERS, **copies), GIVEN)
    assert found.groups == [sorted([*copies, f"s{STRANGERS.index(longest)}"])]
    assert len(found.pairs) == count * (count - 1) // 2


def test_an_exercise_that_all_answer_alike_tells_nobody_apart():
    found = compare(class_of(STRANGERS), GIVEN)
    assert found.tells == {"hard": True, "easy": False}
    assert all("easy" not in pair.exercises for pair in found.pairs)


def test_what_is_given_is_no_copy():
    given = max(STRANGERS, key=len)
    answers = [Answers(f"s{i}", {"hard": given + f"\nx{i} = {i}"}) for i in range(2)]
    assert not compare(answers, [given]).pairs


def test_the_same_comment_is_a_witness():
    text = "def f(x):\n    return x  # divide by the fudge factor"
    answers = class_of(STRANGERS)
    answers += [Answers("a", {"hard": text}), Answers("b", {"hard": text + " + 1"})]
    answers[-1] = Answers("b", {"hard": "y = 3  # divide by the fudge factor"})
    pairs = [p for p in compare(answers, GIVEN).pairs if p.one.student == "a"]
    assert pairs[0].witnesses == ("the same comment, # divide by the fudge factor",)


def test_last_years_are_compared_with_this_years_only():
    longest = max(STRANGERS, key=len)
    answers = [*class_of(STRANGERS, new=longest), Answers("old", {"hard": longest}, year="2025"),
               Answers("older", {"hard": longest}, year="2025")]  # fmt: skip
    labels = [{pair.one.label, pair.other.label} for pair in compare(answers, GIVEN).pairs]
    assert {"new", "2025/old"} in labels and {"2025/old", "2025/older"} not in labels


def test_three_are_a_group():
    longest = max(STRANGERS, key=len)
    found = compare(class_of([one for one in STRANGERS if one != longest],
                             a=longest, b=longest, c=longest), GIVEN)  # fmt: skip
    assert ["a", "b", "c"] in found.groups


def test_both_codes_are_shown_with_what_they_share_marked():
    longest = max(STRANGERS, key=len)
    found = compare(class_of(STRANGERS, copy=f"z = 1\n\n\n\n{longest}"), GIVEN)
    hard = next(side for side in sides(found.pairs[0], found.common) if side.exercise == "hard")
    assert any(is_shared for _, is_shared in hard.one)
    page = render(found, "week", datetime(2026, 1, 1))
    assert "<mark>" in page and "tells nobody apart" in page


@pytest.mark.parametrize(
    "text", ["", "def (((", "'''", "\ud800" * 30, "x" * 100_000, "🦊 = 1\n" * 9]
)
def test_what_is_no_code_has_fingerprints_too(text):
    assert isinstance(fingerprints(text), dict)


@pytest.mark.parametrize("end", ["", "\\"])
@pytest.mark.parametrize("quotes", ["'''", '"""'])
def test_a_text_that_never_ends_is_one_and_the_rest_is_not_looked_at_again(quotes, end):
    source = f"\\{quotes}\n" * 1000 + end
    assert [text[:3] for text, _ in tokens(source)] == ["\\", quotes]


def test_a_quote_without_its_other_half_is_a_sign():
    assert [text for text, _ in tokens("don't\nx = 'a'")] == [
        "name",
        "'",
        "name",
        "name",
        "=",
        "'a'",
    ]
