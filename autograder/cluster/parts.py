"""Grade a part of a class into a bundle; the gradebook and the verdict files are left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from autograder import __version__
from autograder.cluster.bundle import FORMAT, BundleWriter, Header
from autograder.cluster.shards import Shard, shared_seed
from autograder.course import Course
from autograder.grading.here import on_this_machine
from autograder.grading.job import Job
from autograder.grading.marks.basis import basis_of
from autograder.grading.marks.brief import Brief
from autograder.grading.marks.recording import Recorder
from autograder.grading.marks.standing import find_standing, told
from autograder.grading.run import Progress, grade_new, require_gradable
from autograder.grading.settings import Settings
from autograder.handin.submission import find_submissions


def grade_part(
    course: Course,
    name: str,
    settings: Settings,
    progress: Progress,
    shard: Shard,
    path: Path,
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda _sentence: None,
) -> list[Brief]:
    """Grade what is new or changed in a part of a class; return what came of all in it.

    Shards run beside each other on the same course: none of them takes its lock, as none writes.

    Raises
    ------
    UserError
        As `run.grade` does.
    """
    submissions = [one for one in find_submissions(course, name) if shard.holds(one.student)]
    require_gradable(course, name)
    basis = basis_of(course, name, settings)
    standing = find_standing(course, name, submissions, basis, force=force)
    for sentence in told(standing):
        tell(sentence)
    seed = shared_seed(course, name)
    header = Header(FORMAT, __version__, name, shard, seed, basis, force)
    job = Job(course, name, replace(settings, seed=seed), submissions, basis, tell)
    with BundleWriter(path, header, Recorder(course, name)) as writer:
        briefs = grade_new(job, on_this_machine, writer, standing, progress)
    tell(
        f"{writer.hand_ins} hand-ins of the shard {shard} are in {path}: "
        "`autograder merge` enters them."
    )
    return briefs
