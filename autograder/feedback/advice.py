"""Say in a few words how an exercise stands, and what to do next."""

from __future__ import annotations

from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.judge import CONSTANT, RIGHT_HERE

UNWRITTEN = "Your function is not implemented yet."
DOCUMENTED = "the documented example"
# Where nothing could be called, by what the judge says then.
NO_ANSWER = {
    UNWRITTEN: "Write this function. The rule and the shapes stand in the workbook, just above it.",
    "Your function is not defined.": "No function has this name: define it in its answer cell, "
    "with the name that it had there.",
}

RUN_THE_TEST = (
    "The test stands in your notebook: run it there, and change your answer until it passes."
)
RIGHT, PARTLY, WRONG, OPEN, UNJUDGED = "right", "partly", "wrong", "open", "unjudged"


def standing(verdict: ExerciseVerdict) -> str:
    """Return one word for how the exercise stands."""
    if not verdict.is_judged:
        return UNJUDGED
    if is_unwritten(verdict):
        return OPEN
    if verdict.score == verdict.points:
        return RIGHT
    return PARTLY if verdict.score else WRONG


def standing_of_test(earned: float, points: float, is_open: bool) -> str:
    """Return one word for how a cell stands that an instructor's own test or a person judged."""
    if is_open and not earned:
        return OPEN
    if earned >= points:
        return RIGHT
    return PARTLY if earned else WRONG


def summary_of_test(standing: str, by_person: bool) -> str:
    """Say in a few words what came of such a cell."""
    if standing == OPEN:
        return "not answered yet"
    if by_person:
        return "graded by a person"
    return {RIGHT: "the test passed", PARTLY: "part of the points"}.get(standing, "the test failed")


def is_unwritten(verdict: ExerciseVerdict) -> bool:
    """Tell whether the function was left as it was released."""
    if verdict.obstacle:
        return False
    return any(case.message.startswith(UNWRITTEN) for case in verdict.cases)


def summary(verdict: ExerciseVerdict) -> str:
    """Say how many cases passed."""
    if not verdict.cases:
        return "not graded"
    if not verdict.is_judged:
        return "a person has to look"
    if is_unwritten(verdict):
        return "not written yet"
    if verdict.obstacle:
        return "nothing could be judged"
    passed = len(with_outcome(verdict, Outcome.PASSED))
    if passed == len(verdict.cases):
        return f"all {passed} cases passed"
    return f"{passed or 'none'} of {len(verdict.cases)} cases passed"


def next_step(verdict: ExerciseVerdict) -> str:
    """Say what to do next; nothing where all is right."""
    failed = with_outcome(verdict, Outcome.FAILED)
    if not verdict.is_judged:
        return "Nothing for you to do: the grader itself failed here. Your instructor will look."
    if not failed:
        return ""
    if verdict.obstacle:
        return verdict.obstacle.next_step
    for message, advice in NO_ANSWER.items():
        if failed[0].message.startswith(message):
            return advice
    if verdict.diagnoses:
        return "Mend this first, then run the cells below your function again."
    return _about_cases(verdict, failed)


def _about_cases(verdict: ExerciseVerdict, failed: list[CaseVerdict]) -> str:
    """Say with which case to begin; the one that everybody may run, where it is wrong."""
    if failed[0].message in {CONSTANT, RIGHT_HERE}:
        return "Call the function with numbers of your own, and work out by hand what is right."
    if failed[0].name == DOCUMENTED:
        return (
            "Start with the documented example: the cell below your function shows your output "
            "beside the documented one."
        )
    passed = {case.name for case in with_outcome(verdict, Outcome.PASSED)}
    right = "The documented example is right. " if DOCUMENTED in passed else ""
    if not passed:
        return f"Begin with “{failed[0].name}”: try it in a cell of your own."
    different = f"Ask what is different about “{failed[0].name}”"
    return f"{right}{different}, and try it in a cell of your own."


def with_outcome(verdict: ExerciseVerdict, outcome: Outcome) -> list[CaseVerdict]:
    """Return the cases with that outcome, in order."""
    return [case for case in verdict.cases if case.outcome is outcome]
