"""Decide what a page tells of the facts, in which order; how it looks is the template's."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import escape

from autograder.assignment.exercise import Exercise, Picture
from autograder.assignment.verdict import ExerciseVerdict, Outcome, Verdict
from autograder.feedback import advice
from autograder.feedback.code import beginning, coloured
from autograder.feedback.facts import Facts
from autograder.feedback.lines import spoken_of
from autograder.feedback.parts import FailedCase, Lesson, Page, Section
from autograder.feedback.tested import Tested
from autograder.gradebook.added import AFTERWARDS
from autograder.gradebook.reader import Mark
from autograder.judging.judge import newly_said
from autograder.pages.cleaning import clean


def make_page(facts: Facts) -> Page:
    """Return what the page of one student tells; every text in it is clean."""
    verdict = facts.verdict
    return Page(
        assignment=facts.assignment.name,
        student=clean(verdict.student),
        total=round(facts.mark.total, 2),
        points=sum(facts.maxima.values()),
        penalty=facts.mark.penalty,
        sections=tuple(
            _section(facts, number, name) for number, name in enumerate(facts.maxima, start=1)
        ),
        refused=clean(verdict.refused),
        repairs=tuple(clean(note) for note in verdict.repairs),
        flags=tuple(clean(flag) for flag in verdict.flags),
        graded_by=verdict.graded_by,
        late=facts.mark.late,
        has_cases=bool(facts.assignment.exercises),
    )


def _section(facts: Facts, number: int, name: str) -> Section:
    verdict = _verdict_on(facts.verdict, name)
    mark = facts.mark
    comments = (mark.comments.get(cell, "") for cell in (name, f"{name}-answer"))
    ours = verdict.score if verdict else 0.0
    earned, points = round(mark.points.get(name, ours), 2), facts.maxima[name]
    state = advice.RIGHT if earned >= points else advice.WRONG
    is_open = name in mark.waiting
    if words := _added(facts, name):
        by_hand = _by_hand(mark, name)
        return Section(number, name, earned, points, advice.OPEN, words, by_hand=by_hand)
    section = Section(
        number,
        name,
        earned,
        points,
        standing=advice.UNJUDGED if is_open else state,
        summary="waits for a person" if is_open else "",
        by_hand=_by_hand(mark, name),
        comment=clean(next(filter(None, comments), "")),
    )
    # Without cases it is no function of ours: a person reads it, or nbgrader ran its tests.
    if verdict and verdict.cases:
        return _with_cases(section, facts, verdict)
    tested = facts.tested.get(name)
    return _with_test(section, facts, tested) if tested else section


def _with_test(section: Section, facts: Facts, tested: Tested) -> Section:
    """Add what an instructor's own test said, and the answers that it is about."""
    is_open = bool(tested.answers) and facts.mark.untouched.issuperset(tested.answers)
    standing = advice.standing_of_test(section.earned, section.points, is_open)
    if section.standing == advice.UNJUDGED:
        standing = advice.UNJUDGED
    is_wrong = standing in (advice.WRONG, advice.PARTLY)
    in_words = escape(clean(beginning(tested.answer)))
    return replace(
        section,
        standing=standing,
        summary=section.summary or advice.summary_of_test(standing, tested.by_person),
        next_step=advice.RUN_THE_TEST if is_wrong and tested.said and tested.is_shown else "",
        said=clean(tested.said) if is_wrong else "",
        code=in_words if tested.in_words else coloured(tested.answer),
        in_words=tested.in_words,
    )


def _added(facts: Facts, name: str) -> str:
    """Say that an exercise was added after the hand-in, or after it was graded."""
    known = {exercise.exercise_id for exercise in facts.verdict.exercises}
    is_newer = (
        bool(known) and name in {one.id for one in facts.assignment.exercises} and name not in known
    )
    return facts.verdict.added.get(name, AFTERWARDS if is_newer else "")


def _with_cases(section: Section, facts: Facts, verdict: ExerciseVerdict) -> Section:
    """Add what the verdict says of an exercise."""
    exercise = facts.assignment.exercise(section.id)
    failed, also = _failures(verdict)
    source = clean(facts.sources.get(exercise.answer_cell, ""))
    marks = spoken_of(exercise, verdict, source)
    # What the judge could not do, a person may have done meanwhile.
    if verdict.is_judged or not _is_decided(facts.mark, section.id):
        section = replace(
            section,
            standing=advice.standing(verdict),
            summary=advice.summary(verdict),
            next_step=clean(advice.next_step(verdict)),
        )
    return replace(
        section,
        obstacle=clean(verdict.obstacle.what) if verdict.obstacle else "",
        lessons=_lessons(verdict),
        failed=failed,
        also=also,
        unjudged=_cases(verdict, Outcome.NOT_JUDGED),
        passed=tuple(clean(case.name) for case in advice.with_outcome(verdict, Outcome.PASSED)),
        picture=_picture(exercise, verdict),
        code=coloured(source, marks),
        marks=marks,
    )


def _lessons(verdict: ExerciseVerdict) -> tuple[Lesson, ...]:
    """Return what explains the answers; where to look for two at once is said once."""
    looks = [found.look for found in verdict.diagnoses]
    return tuple(
        Lesson(clean(found.done), "" if found.look in looks[:place] else clean(found.look))
        for place, found in enumerate(verdict.diagnoses)
    )


def _is_decided(mark: Mark, name: str) -> bool:
    return name in mark.by_hand and name not in mark.waiting


def _verdict_on(verdict: Verdict, name: str) -> ExerciseVerdict | None:
    return next((known for known in verdict.exercises if known.exercise_id == name), None)


def _failures(
    verdict: ExerciseVerdict,
) -> tuple[tuple[FailedCase, ...], tuple[FailedCase, ...]]:
    """Return the cases that failed, and those that fail because the first one does."""
    if advice.is_unwritten(verdict) or verdict.obstacle:
        return (), ()
    cases = _cases(verdict, Outcome.FAILED)
    if not cases or (cases[0].name != advice.DOCUMENTED and len(cases) < len(verdict.cases)):
        return cases, ()
    return tuple(c for c in cases if c.reason), tuple(c for c in cases if not c.reason)


def _cases(verdict: ExerciseVerdict, outcome: Outcome) -> tuple[FailedCase, ...]:
    """Return the cases of that outcome; what an earlier one says already is not repeated."""
    return tuple(
        FailedCase(clean(case.name), clean(reason), clean(hint))
        for case, reason, hint in newly_said(verdict)
        if case.outcome is outcome
    )


def _picture(exercise: Exercise, verdict: ExerciseVerdict) -> Picture | None:
    """Return what its function showed beside the right one, where it is not all right."""
    shown, demonstration = verdict.demonstration, exercise.demonstration
    if shown is None or demonstration is None or verdict.score == verdict.points:
        return None
    return demonstration.picture(shown, exercise.id) if shown.kind == demonstration.kind else None


def _by_hand(mark: Mark, name: str) -> str:
    said = []
    if name in mark.waiting:
        said.append("A person has still to look at these points.")
    if name in mark.by_hand:
        said.append("Your instructor set these points.")
    if extra := mark.extra.get(name):
        said.append(f"They include {extra:g} extra from your instructor.")
    return " ".join(said)
