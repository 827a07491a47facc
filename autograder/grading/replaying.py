"""Grade again with the inputs that the kept verdicts were reached with, and compare."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import replace

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.gradebook.kept import recall
from autograder.grading.here import grade_all
from autograder.grading.locking import only_run
from autograder.grading.pool import Pool
from autograder.grading.run import Progress
from autograder.grading.settings import Settings
from autograder.handin.submission import Submission, find_submissions

Known = dict[str, Verdict]


def replay(course: Course, name: str, settings: Settings, progress: Progress) -> dict[str, str]:
    """Grade again with the inputs that the kept verdicts were reached with; write nothing.

    Returns
    -------
    dict
        For each student whose verdict is not the same, how it differs.

    Raises
    ------
    UserError
        As `run.grade` does.
    """
    submissions = find_submissions(course, name)
    with only_run(course):
        kept = {one.student: recall(course, name, one.student) for one in submissions}
        before = {student: found.verdict for student, found in kept.items() if found}
        by_seed: dict[int, list[Submission]] = defaultdict(list)
        for submission in submissions:
            verdict = before.get(submission.student)
            if verdict and not verdict.refused:
                by_seed[verdict.seed].append(submission)
        differences = {
            student: "there is no verdict to replay" for student in kept if student not in before
        }
        for seed, group in by_seed.items():
            chosen = replace(settings, seed=seed)
            differences |= _replay_group(course, name, chosen, group, before, progress)
    return differences


def _replay_group(
    course: Course,
    name: str,
    settings: Settings,
    submissions: list[Submission],
    before: Known,
    progress: Progress,
) -> dict[str, str]:
    """Grade again all that were graded in one run."""
    differences = {}
    with (
        Pool.for_class(course, name, settings, len(submissions)) as pool,
        closing(grade_all(pool, submissions, {})) as results,
    ):
        for graded in results:
            student, again = graded.submission.student, graded.kept.verdict
            if difference := _difference(before[student], again):
                differences[student] = difference
            progress(student)
    return differences


def _difference(before: Verdict, again: Verdict) -> str:
    if again.exercises == before.exercises:
        return ""
    if not again.is_judged:
        return "; ".join(again.flags) or "the grader itself failed now"
    if again.score != before.score:
        return f"{before.score:g} points then, {again.score:g} now"
    return f"{again.score:g} points as before, for other reasons"
