"""Run the adversarial corpus through our grading and, where harmless, through stock nbgrader.

Run ``python benchmarks/hostile.py [--most N] [--json FILE]``. nbgrader's side gets attacks
that forge, read and stop, never one that could do harm; it runs in process ids of its own where
``unshare`` is there. Its hidden tests are the same cases, called in the student's kernel.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from autograder.course import Course
from benchmarks.grader_cost import dearest_honest, measure
from benchmarks.grading import STOCK, configure
from tests.conftest import NAME, with_tools
from tests.hostile import batch as hostile
from tests.hostile.attack import ALL, HALF, Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.canaries import Planted, listeners, plant

NEVER = {
    # It would hold on to the grading process itself, or to process 1.
    "traces its parent to change what it holds",
    # It gives points to everybody, and no count would tell anything of the others.
    "writes points into the gradebook",
    # A matter of taste: nbgrader judges the definition that stands when the grade cell runs.
    "a function defined again after its check",
}
STOPPING = {
    "leaves with os._exit",
    "leaves with sys.exit and exit",
    "loops in a cell",
    "crashes",
    "closes its standard input",
    "a million small prints",
    "replaces the shell by nothing",
}
SHUT_IN = (
    "unshare",
    "--user",
    "--map-root-user",
    "--pid",
    "--fork",
    "--mount-proc",
    "--kill-child",
)
# A hand-in takes 10 s, and each of its cells that runs past its time 10 s more.
STANDS_STILL = 60
CONVERTING = re.compile(rf"Converting notebook .*/([^/]+)/{NAME}/[^/]*$", re.MULTILINE)
REMOVED = re.compile(rf"Removing failed assignment: .*/([^/]+)/{NAME}$", re.MULTILINE)
HONEST = ("honest-00-ada", "zz-honest-01-ben")


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1000, help="attacks of a group to compare")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    # Not below /tmp, which a child has of its own.
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="autograder-hostile-") as folder:
        compared = comparable(options.most)
        figures = ours(Path(folder, "ours"), compared) | stock(Path(folder, "stock"), compared)
        figures |= grader(Path(folder, "grader"))
    for name, value in figures.items():
        print(f"{name:56} {value:10.4g}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def ours(folder: Path, compared: tuple[Attack, ...]) -> dict[str, float]:
    """Return what came of the whole corpus, and what it costs the honest ones."""
    repo = Course.find(REPO)
    (folder / "all").mkdir(parents=True)
    (folder / "alone").mkdir()
    mixed = hostile.grade_all(repo, folder / "all", ATTACKS)
    alone = hostile.grade_all(repo, folder / "alone", ())
    honest = [path.name for path in alone.course.submitted().iterdir()]
    beside, by_itself = (
        statistics.median(graded.verdict(name).seconds for name in honest)
        for graded in (mixed, alone)
    )
    counts: Counter[str] = Counter()
    for attack in compared:
        counts["graded"] += not mixed.verdict(attack.student).refused
        counts["forged"] += is_forged(attack, mixed.marks[attack.student])
        counts["leaked"] += is_leaked(mixed.planted, mixed.shown(attack.student))
    return {
        "attacks, all": len(ATTACKS),
        "attacks, compared": len(compared),
        "ours: forged": counts["forged"],
        "ours: leaked": counts["leaked"],
        "ours: not graded": len(compared) - counts["graded"],
        "ours: whole corpus and 20 honest, s": mixed.seconds,
        "ours: an honest one among attackers, ms": 1000 * beside,
        "ours: an honest one among its like, ms": 1000 * by_itself,
        "ours: loss of throughput, %": 100 * (1 - by_itself / beside),
    }


def grader(folder: Path) -> dict[str, float]:
    """Return the most that an honest hand-in and each attack take of the grading process."""
    folder.mkdir()
    costs = measure(folder, ATTACKS)
    honest = dearest_honest(costs)
    figures = {"grading process: honest, s": honest.seconds}
    figures["grading process: honest, MB"] = honest.megabytes
    for attack in ATTACKS:
        cost = costs[attack.student]
        figures[f"{attack.name}, s"], figures[f"{attack.name}, MB"] = cost
    return figures


def stock(folder: Path, compared: tuple[Attack, ...]) -> dict[str, float]:
    """Return what came of the comparable attacks with nbgrader's own preprocessors."""
    folder.mkdir()
    course = hostile.make_course(Course.find(REPO), folder / "course")
    configure(course, f"{STOCK}c.Execute.timeout = 10\n")
    planted = plant(course, folder / "home")
    with listeners(folder) as open_to_nobody:
        where = hostile.places(course, planted, open_to_nobody)
        hostile.write_hand_ins(course, compared, where, "")
        hostile.write_honest(course, planted.words["submission"])
        keep_two_honest(course)
        start = time.perf_counter()
        stopped = autograde(course, planted)
        seconds = time.perf_counter() - start
    figures = counted(course, planted, compared)
    figures["stock nbgrader: whole batch stopped"] = len(stopped)
    return figures | {"stock nbgrader: all of them, s": seconds}


def autograde(course: Course, planted: Planted) -> list[str]:
    """Grade with nbgrader, each time again without the hand-in that stopped the whole batch."""
    stopped: list[str] = []
    while name := stopped_by(course, planted):
        stopped.append(name)
        print("stock, stopped the batch:", name, file=sys.stderr)
        shutil.rmtree(course.submitted() / name)
    return stopped


def stopped_by(course: Course, planted: Planted) -> str:
    """Grade with nbgrader; return the hand-in that ended the batch or that it stands still at."""
    log = course.root / "nbgrader.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [*shut_in(), "nbgrader", "autograde", NAME],
            cwd=course.root,
            env=with_tools(planted.environment),
            stdout=subprocess.DEVNULL,
            stderr=file,
            start_new_session=True,
        )
        while process.poll() is None:
            time.sleep(1)
            if time.time() - log.stat().st_mtime > STANDS_STILL:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return CONVERTING.findall(log.read_text(errors="replace"))[-1]
    said = log.read_text(errors="replace")
    found = REMOVED.findall(said)
    return found[-1] if "nbgrader update" in said and found else ""


def counted(course: Course, planted: Planted, compared: tuple[Attack, ...]) -> dict[str, float]:
    """Count what nbgrader's gradebook and notebooks say."""
    students = [path.name for path in course.submitted().iterdir()]
    marks = marks_of(course, students)
    counts: Counter[str] = Counter()
    for attack in compared:
        path = course.autograded() / attack.student / NAME / f"{NAME}.ipynb"
        if not path.is_file():
            counts["not graded"] += 1
        elif is_leaked(planted, hostile.outputs_of(path)):
            counts["leaked"] += 1
            print("stock, leaked:", attack.name, file=sys.stderr)
        if is_forged(attack, marks.get(attack.student, {})):
            counts["forged"] += 1
            print("stock, forged:", attack.name, file=sys.stderr)
    kept = sum(sum(marks.get(name, {}).values()) == 100 for name in HONEST)
    names = ("forged", "leaked", "not graded")
    figures = {f"stock nbgrader: {name}": float(counts[name]) for name in names}
    return figures | {"stock nbgrader: honest ones with the wrong mark": len(HONEST) - kept}


def comparable(most: int) -> tuple[Attack, ...]:
    """Return attacks that do no harm without a sandbox: of each group so many, evenly spread."""
    harmless = [a for a in ATTACKS if not a.destructive and a.name not in NEVER]
    groups = (
        [attack for attack in harmless if attack.group == "forging"],
        [attack for attack in harmless if attack.group == "reading"],
        [attack for attack in harmless if attack.name in STOPPING],
    )
    return tuple(attack for group in groups for attack in group[:: -(-len(group) // most)])


def is_forged(attack: Attack, earned: dict[str, float]) -> bool:
    """Tell whether an exercise earned more than the honest part of the notebook would."""
    honest = {**(HALF if attack.half else ALL), **attack.points}
    honest |= {name: attack.points.get(name, 0.0) for name in attack.answers}
    return any(points > honest.get(name, 0.0) + 1e-6 for name, points in earned.items())


def is_leaked(planted: Planted, text: str) -> bool:
    """Tell whether outputs hold a secret, or say that a listener was reached."""
    return any(word in text for word in ("REACHED", *planted.words.values()))


def marks_of(course: Course, students: list[str]) -> dict[str, dict[str, float]]:
    """Return the points of everybody's exercises."""
    from autograder.gradebook.reader import read_marks

    return {name: dict(mark.points) for name, mark in read_marks(course, NAME, students).items()}


def keep_two_honest(course: Course) -> None:
    """Keep one honest hand-in before all attacks, and one that comes after them."""
    for path in course.submitted().glob("honest-*"):
        if path.name not in {"honest-00-ada", "honest-01-ben"}:
            shutil.rmtree(path)
    (course.submitted() / "honest-01-ben").rename(course.submitted() / HONEST[1])


def shut_in() -> tuple[str, ...]:
    """Return how to start a command in process ids of its own, or nothing where that cannot be."""
    if not shutil.which("unshare"):
        return ()
    probe = subprocess.run([*SHUT_IN, "true"], check=False, capture_output=True)
    return SHUT_IN if probe.returncode == 0 else ()


if __name__ == "__main__":
    main()
