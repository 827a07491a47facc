"""What each attack takes of the grading process itself: processor seconds, and megabytes at most.

Run ``python benchmarks/grader_cost.py [--only TEXT] [--json FILE]``. Hand-ins are graded and
recorded one after the other on one zygote; what runs in the sandbox is not counted. The first of
a class take more, because nothing is remembered yet: so an honest one is the dearest of its like.
The megabytes are all that the process holds, with Python and the libraries.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from autograder.assignment.exercise import Answer
from autograder.course import Course
from autograder.gradebook.kept import Kept
from autograder.grading.batch_job import as_batch_job
from autograder.grading.marks.recording import Graded, Recorder
from autograder.grading.pool import Pool
from autograder.grading.settings import settings_of
from autograder.handin.extra_files import read_extra_files
from autograder.handin.finding import read_hand_in
from autograder.handin.submission import Submission, find_submissions
from tests.conftest import NAME
from tests.hostile import batch as hostile
from tests.hostile.arming import guard, prove_isolation
from tests.hostile.attack import Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.canaries import listeners, plant

STATUS, CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Cost(NamedTuple):
    """What one hand-in took of the processor, and the most that the process held meanwhile."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure, print the dearest first, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="attacks whose name or group has this in it")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    attacks = tuple(a for a in ATTACKS if options.only in f"{a.group} {a.name}")
    # Not below /tmp, which a child has of its own.
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="autograder-hostile-") as folder:
        costs = measure(Path(folder), attacks)
    honest = dearest_honest(costs)
    names = {attack.student: attack.name for attack in attacks}
    print(f"{'hand-in':64} {'s':>8} {'MB':>8} {'× s':>6} {'× MB':>6}")
    for student, cost in sorted(costs.items(), key=lambda item: -item[1].seconds):
        name = names.get(student, student)
        times = cost.seconds / honest.seconds, cost.megabytes / honest.megabytes
        print(
            f"{name:64} {cost.seconds:8.3f} {cost.megabytes:8.1f} {times[0]:6.1f} {times[1]:6.1f}"
        )
    if options.json:
        options.json.write_text(json.dumps({n: c._asdict() for n, c in costs.items()}, indent=2))


def measure(folder: Path, attacks: tuple[Attack, ...]) -> dict[str, Cost]:
    """Return what each attack and each honest hand-in took."""
    course = hostile.make_course(Course.find(REPO), folder / "course")
    planted, arming = plant(course, folder / "home"), guard(prove_isolation())
    with listeners(folder) as open_to_nobody:
        where = hostile.places(course, planted, open_to_nobody)
        hostile.write_hand_ins(course, attacks, where, arming)
        hostile.write_honest(course, planted.words["submission"])
        with (
            as_batch_job(),
            Pool(course, NAME, settings_of(course, workers=1)) as pool,
            # What enters marks is the same for all, and would be counted for each fiftieth.
            Recorder(course, NAME, batch=len(attacks) + 100) as recorder,
        ):
            return dict(_each(course, pool, recorder))


def dearest_honest(costs: dict[str, Cost]) -> Cost:
    """Return the most that an honest hand-in took, of time and of memory."""
    honest = [cost for student, cost in costs.items() if student.startswith("honest-")]
    return Cost(max(cost.seconds for cost in honest), max(cost.megabytes for cost in honest))


def _each(course: Course, pool: Pool, recorder: Recorder) -> Iterator[tuple[str, Cost]]:
    _warm_up(pool)
    found = find_submissions(course, NAME)
    # The honest ones first: then all is warm, and what most answer is known.
    for submission in sorted(found, key=lambda one: not one.student.startswith("honest-")):
        yield submission.student, _cost(pool, recorder, submission)


def _cost(pool: Pool, recorder: Recorder, submission: Submission) -> Cost:
    CLEAR_REFS.write_text("5")  # forget the peak so far
    seconds = time.process_time()
    cells = read_hand_in(submission, pool.plan.assignment).cells
    extra = read_extra_files(submission.folder)
    verdict, notebook = pool.grade(submission.student, cells, extra.contents)
    recorder.add(Graded(submission, Kept({}, verdict), {NAME: notebook}))
    seconds = time.process_time() - seconds
    found = re.search(r"^VmHWM:\s+(\d+) kB", STATUS.read_text(), re.MULTILINE)
    return Cost(seconds, int(found[1]) / 1024 if found else 0.0)


def _warm_up(pool: Pool) -> None:
    """Work out once what is compared with wrong answers: a run does at the first that comes."""
    for exercise_id, questions in pool.plan.questions.items():
        off = [Answer("returned", _moved(question.expected)) for question in questions]
        for answers in ([Answer("returned", "nonsense")] * len(questions), off):
            pool.plan.judging.judge(exercise_id, answers)


def _moved(value: Any) -> Any:
    """Return an answer with all numbers wrong."""
    if isinstance(value, dict):
        return {key: _moved(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(map(_moved, value))
    if isinstance(value, np.ndarray):
        return value + np.sin(1.0 + np.arange(value.size)).reshape(value.shape)
    return value


if __name__ == "__main__":
    main()
