"""What pages are made from in tests: the sample students' own functions, judged without a sandbox.

A sample student's code is ours, so it may run here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Assignment, Call, Exercise
from autograder.assignment.verdict import CaseVerdict, Diagnosis, ExerciseVerdict, Outcome, Verdict
from autograder.authoring.reference import load_reference
from autograder.course import Course
from autograder.feedback.facts import Facts
from autograder.gradebook.reader import Mark
from autograder.grading.notebook.showing import beside
from autograder.judging.judge import judge
from autograder.judging.questions import answer_questions, draw_questions
from autograder.sandbox.inside.programs import play
from tests.conftest import NAME
from tests.support.assignments import load
from tests.support.sample_class import written_by

STUDENTS = ["ada", "dmitri", "eva", "farid", "grace", "hugo", "ines"]
SEED = 7_394_218_650_117_223

MISTAKE = Diagnosis(
    "adam-beta1-for-s",
    "Your function corrects s with β₁, where the rule has β₂.",
    "Look at the denominator of ŝ.",
)
# All that a student could write where it is shown, to break out of the page or the terminal.
HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    "</style></title></pre><style>body { display: none }</style>"
    "<a href='javascript:window.hacked = 1'>x</a><iframe src='https://example.org'></iframe>"
    "{{ 7 * 7 }}{% raw %} [bold red]x[/bold red] \x1b[31mred\x1b[0m \x1b]0;title\x07 \x00 \x9b31m "
    "\u202etxt.exe\u2066 & \" '"
)


def facts_of(repo: Course, student: str) -> Facts:
    """Return what the page of a sample student is made from."""
    assignment = load(NAME)
    reference = load_reference(repo, assignment)
    answers, helpers = written_by(student, NAME)
    own = _functions(answers, helpers)
    verdicts = _verdicts(assignment, own, reference)
    scores = {verdict.exercise_id: verdict.score for verdict in verdicts}
    sources = {f"{name}-answer": source for name, source in answers.items()}
    return Facts(
        assignment,
        Verdict(student, verdicts, SEED, graded_by="workbook-autograder 0.1.0, abcd1234"),
        Mark(student, scores),
        {exercise.id: exercise.points for exercise in assignment.exercises},
        sources,
    )


def diagnosed(facts: Facts) -> Facts:
    """Name the mistake that eva makes in the last exercise."""
    *others, last = facts.verdict.exercises
    return with_exercises(facts, (*others, replace(last, diagnoses=(MISTAKE,))))


def hostile(facts: Facts) -> Facts:
    """Put hostile text wherever a student, or a file of theirs, has a say."""
    text = HOSTILE
    spoilt = tuple(_spoilt(verdict) for verdict in facts.verdict.exercises)
    verdict = replace(
        facts.verdict,
        student=text,
        exercises=spoilt,
        repairs=(text, "The cell imports had been changed and is as it was released again."),
        flags=(text,),
    )
    return replace(
        facts,
        verdict=verdict,
        mark=replace(facts.mark, comments={"update_parameters_with_gd": text}, penalty=2.5),
        sources=dict.fromkeys(facts.sources, f"# {text}\n'''{text}"),
    )


def with_exercises(facts: Facts, verdicts: tuple[ExerciseVerdict, ...]) -> Facts:
    """Return the facts with other verdicts on the exercises."""
    return replace(facts, verdict=replace(facts.verdict, exercises=verdicts))


def _spoilt(verdict: ExerciseVerdict) -> ExerciseVerdict:
    cases = (*verdict.cases, CaseVerdict(HOSTILE, Outcome.FAILED, 1, HOSTILE))
    diagnosis = Diagnosis("odd", HOSTILE, HOSTILE)
    return replace(verdict, cases=cases, diagnoses=(*verdict.diagnoses, diagnosis))


def _functions(answers: dict[str, str], helpers: str) -> dict[str, Callable[..., Any]]:
    namespace: dict[str, Any] = {"np": np}
    exec("\n\n".join([helpers, *answers.values()]), namespace)
    return {name: namespace[name] for name in answers}


def _verdicts(
    assignment: Assignment,
    own: dict[str, Callable[..., Any]],
    reference: dict[str, Callable[..., Any]],
) -> tuple[ExerciseVerdict, ...]:
    questions = answer_questions(
        assignment,
        draw_questions(assignment, SEED),
        lambda name, call: _answer(reference.get(name), call),
    )
    verdicts = []
    for exercise in assignment.exercises:
        function = own.get(exercise.id)
        cases = tuple(
            judge(exercise, question, _answer(function, question.call))
            for question in questions[exercise.id]
        )
        verdict = ExerciseVerdict(exercise.id, exercise.points, cases)
        shown = _shown(exercise, function, reference) if verdict.score < verdict.points else None
        verdicts.append(replace(verdict, demonstration=shown))
    return tuple(verdicts)


def _answer(function: Callable[..., Any] | None, call: Any) -> Answer:
    if function is None:
        return Answer("todo", reason="is not implemented yet")
    return Answer("returned", replace(call, arguments=_copy(call.arguments)).put_to(function))


def _shown(exercise: Exercise, function: Any, reference: dict[str, Any]) -> Any:
    if exercise.demonstration is None or function is None:
        return None
    own, right = (
        {exercise.id: exercise.demonstration.play(lambda call, f=f: _shows(f, call))}
        for f in (function, reference[exercise.id])
    )
    return beside(exercise, own, right)


def _shows(function: Callable[..., Any], call: Call) -> Any:
    if call.program:
        return play(call.program, function, call.arguments)
    return _answer(function, call).value


def _copy(value: Any) -> Any:
    """Copy arguments, as the wire does: functions may update in place."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    return tuple(_copy(part) for part in value) if isinstance(value, tuple) else value
