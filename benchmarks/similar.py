"""Time `autograder similar` on a large class: to read the hand-ins, compare them, write the page.

Run ``python benchmarks/similar.py [--students N ...] [--json FILE]``. Each hand-in mixes solutions
of the repository with lines drawn by chance; one in fifty is a copy with other names.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from autograder.course import Course
from autograder.similarity.page import write_similar
from tests.support.sample_class import fill_in

NAME = "optimization"
COPIES = 0.02
CALLS = ("np.sum", "np.sqrt", "np.mean", "len", "abs", "range", "np.zeros", "np.square", "np.dot")
SIGNS = ("+", "-", "*", "/", "**", "//", "%")


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = {}
    for count in options.students:
        with tempfile.TemporaryDirectory() as folder:
            figures[count] = measure(Path(folder), count)
        print(count, figures[count])
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


def measure(folder: Path, count: int) -> dict[str, float]:
    """Hand in for so many students, compare them, and return how long that took."""
    repo = Course.find(REPO)
    course = repo.copy_to(folder)
    shutil.copytree(repo.release(NAME), course.release(NAME))
    copies = write_hand_ins(course, count)
    start, worked = time.perf_counter(), time.process_time()
    found, _ = write_similar(course, NAME)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    pairs = {frozenset((pair.one.student, pair.other.student)) for pair in found.pairs}
    hits = sum(pair in pairs for pair in copies)
    took = {"seconds": round(seconds, 2), "processor_seconds": round(worked, 2)}
    return took | {"pairs": len(pairs), "copies": len(copies), "found": hits}


def write_hand_ins(course: Course, count: int) -> list[frozenset[str]]:
    """Write the hand-ins; return who copied from whom."""
    rng, known = np.random.default_rng(1), solutions()
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    written: list[dict[str, str]] = []
    copies = []
    for number in range(count):
        is_copy = bool(written) and rng.random() < COPIES
        origin = int(rng.integers(len(written))) if is_copy else 0
        own = renamed(written[origin]) if is_copy else mixed(known, rng)
        written.append(own)
        if is_copy:
            copies.append(frozenset((f"s{origin:05}", f"s{number:05}")))
        path = course.submitted() / f"s{number:05}" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(fill_in(released, NAME, own)), encoding="utf-8")
    return copies


def solutions() -> dict[str, list[str]]:
    """Return the solutions of each function that the repository has."""
    found = {}
    for path in sorted((REPO / "tests" / "solutions" / NAME).glob("*.py")):
        text = path.read_text()
        nodes = [one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef)]
        name = path.stem.removesuffix("_too")
        sources = [ast.get_source_segment(text, node) or "" for node in nodes]
        found[name] = found.get(name, []) + sources
    return found


def mixed(known: dict[str, list[str]], rng: np.random.Generator) -> dict[str, str]:
    """Return an answer to each function, with lines drawn by chance between its own."""
    answers = {}
    for name, sources in known.items():
        lines = sources[rng.integers(len(sources))].split("\n")
        for _ in range(rng.integers(2, 9)):
            lines.insert(int(rng.integers(1, len(lines) + 1)), f"    {drawn(rng)}")
        answers[name] = "\n".join(lines)
    return answers


def drawn(rng: np.random.Generator) -> str:
    """Return a line of code."""
    parts = (f"{rng.choice(CALLS)}(x, {rng.integers(9)})" for _ in range(rng.integers(2, 5)))
    return "y = " + f" {rng.choice(SIGNS)} ".join(parts)


def renamed(answers: dict[str, str]) -> dict[str, str]:
    """Return answers with other names, and a line more between theirs."""
    return {
        name: re.sub(r"\b([a-z])\b", r"my_\1", text).replace("\n", "\n\n", 3)
        for name, text in answers.items()
    }


if __name__ == "__main__":
    main()
