"""A part of `make prove`: the whole catalogue, all right solutions, and a sample of the mutants."""

from __future__ import annotations

import random
import sys
from dataclasses import replace

import pytest

from autograder.assignment.misconception import Catalogue, Misconception
from tests.conftest import NAME
from tests.proving import agreement, random_shapes, seeds
from tests.proving import tables as proving_tables
from tests.proving.__main__ import main
from tests.proving.fairness import Fairness, fairness_tables
from tests.proving.mutants import Mutant, mutants_of
from tests.proving.proof import (
    STYLES,
    Figures,
    equivalents,
    goals_missed,
    mutants_for,
    name_of,
    try_catalogue,
    try_solutions,
)
from tests.proving.tables import PAGE, tables
from tests.proving.targets import Target, targets
from tests.proving.trials import answers_of, benches, run
from tests.solutions import solutions_of
from tests.support.assignments import available, load

EXERCISES = [exercise.id for exercise in load(NAME).exercises]
SAMPLE = 12  # mutants of each function

RIGHT = """
def double(x):
    twice = 2 * x
    return twice
"""


@pytest.fixture(scope="module")
def bench():
    return benches(NAME, seed=3)


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_every_misconception_fails_and_is_recognised(exercise_id, bench):
    figures = Figures()
    try_catalogue(bench[exercise_id], figures)
    assert figures.entries >= 30
    assert not figures.failures


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_no_right_solution_loses_a_point(exercise_id, bench):
    figures = Figures()
    try_solutions(bench[exercise_id], figures)
    assert figures.solutions >= 25
    assert not figures.failures


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_no_right_solution_is_diagnosed(exercise_id, bench):
    one = bench[exercise_id]
    for function in solutions_of(NAME, exercise_id).values():
        answers = answers_of(function, one.questions)
        assert one.diagnostician.diagnose(answers, one.judged(answers)) == ()


@pytest.mark.slow
def test_a_sample_of_mutants_is_killed_and_never_misjudged():
    rng = random.Random(5)
    sample = [
        m for one in EXERCISES for m in rng.sample(list(mutants_for(Target(NAME, one), 8)), SAMPLE)
    ]
    trials = list(run(sample, True, 2))
    allowed = {name for one in EXERCISES for name in equivalents(one)}
    assert not [t for t in trials if t.survives and name_of(t.mutant) not in allowed]
    assert not [t for t in trials if not t.holds]
    assert {trial.kind for trial in trials} > {"name", "rule", "statement"}


def test_mutants_differ_from_the_solution_and_from_each_other():
    mutants = mutants_of(Target(NAME, "double"), "double", RIGHT)
    sources = [mutant.source for mutant in mutants]
    assert len({*sources, RIGHT.strip()}) == len(sources) + 1
    changes = " ".join(mutant.change for mutant in mutants)
    assert "`2 * x` → `2 / x`" in changes
    assert "without `twice = 2 * x`" in changes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "passed"),
    [
        pytest.param("    while True: pass", False, id="runs for ever"),
        pytest.param("    return [0] * 10**12", False, id="takes all memory"),
        pytest.param("    raise RuntimeError", False, id="raises"),
        pytest.param(
            '    return {"d" + key: 0 * value for key, value in parameters.items()}',
            True,
            id="is right",
        ),
    ],
)
def test_a_trial_ends_whatever_the_mutant_does(body, passed):
    source = f"def f(parameters):\n{body}"
    (trial,) = run([Mutant(Target(NAME, "initialize_velocity"), "f", "made here", source)], True, 1)
    assert trial.survives is passed


def test_a_survivor_or_a_lost_point_misses_the_goal():
    good = Figures(mutants=5)
    assert goals_missed(NAME, [good]) == []
    bad = [replace(good, survivors=["x"]), replace(good, rejected=["y"])]
    assert goals_missed(NAME, bad) == ["survivors: x", "rejected: y"]


def test_the_page_has_the_tables_that_were_proven():
    heads = [line for line in PAGE.read_text().splitlines() if line.startswith("| function")]
    made = f"{tables({})}\n{fairness_tables(Fairness({}, {}, {}))}".splitlines()
    assert heads
    assert set(heads) <= {line for line in made if line.startswith("| function")}
    assert "| `f` | 0 |" in tables({"f": Figures()})


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        pytest.param({"absent": "x"}, "stands 0 times", id="text that is not there"),
        pytest.param({"x": "y"}, "stands 2 times", id="text that is there more than once"),
        pytest.param({"2 * x": "x", "* x": "+ x"}, "overlap", id="edits that overlap"),
    ],
)
def test_an_edit_that_does_not_fit_raises(edits, problem):
    with pytest.raises(ValueError, match=problem):
        Catalogue(RIGHT, ()).source(Misconception("m", "", "", edits))


def test_every_edit_of_the_catalogue_fits():
    for exercise in load(NAME).exercises:
        catalogue = exercise.catalogue
        assert catalogue
        for entry in catalogue.entries:
            assert catalogue.source(entry) != catalogue.solution, entry.id


def test_no_sentence_holds_a_number_of_a_case():
    for exercise in load(NAME).exercises:
        assert exercise.catalogue
        for entry in (*exercise.catalogue.entries, *exercise.statements):
            assert entry.done.endswith((".", "`")) and entry.look.endswith((".", "?", "`")), entry
            assert not any(sign in entry.done + entry.look for sign in ("[[", "array("))


OTHERS = [name for name in available() if name != NAME]


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_a_sample_of_any_assignments_mutants_is_told_truly(name):
    """Which mutants are right solutions still is listed for Optimization alone so far."""
    rng = random.Random(5)
    made = {target: list(mutants_for(target, STYLES)) for target in targets(name)}
    sample = [
        m for mutants in made.values() for m in rng.sample(mutants, min(SAMPLE, len(mutants)))
    ]
    trials = list(run(sample, True, 2))
    assert not [t for t in trials if not t.holds]
    assert any(trial.kind == "name" for trial in trials)


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_any_assignment_can_be_proven(name):
    for target, bench in zip(targets(name), benches(name, seed=3).values(), strict=True):
        figures = Figures()
        try_solutions(bench, figures)
        assert figures.solutions >= 10 and not figures.failures, target
        (question, *_) = seeds.questions_of(target, 1)
        assert seeds.outcome(target.reference, target.exercise, question, 1)[0]
        assert agreement.is_green(target, target.reference)
        assert agreement.is_accepted(target, target.reference)
        assert random_shapes.first_wrong(target.reference, target) == ""


@pytest.mark.parametrize("arguments", [["nonsense"], ["--styles", "1", "--write"]])
def test_a_proof_that_cannot_be_made_is_refused(arguments, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["proving", *arguments])
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code == 2


def test_the_tables_of_each_assignment_stand_between_their_own_marks(tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- made by `make prove` -->\nold\n<!-- end -->\nBetween\n")
    monkeypatch.setattr(proving_tables, "PAGE", page)
    for name, made in ((OTHERS[0], "first"), (NAME, "new"), (OTHERS[0], "second")):
        proving_tables.write(name, made)
    text = page.read_text()
    assert text.index("new") < text.index("Between") < text.index("second")
    assert "old" not in text and "first" not in text
