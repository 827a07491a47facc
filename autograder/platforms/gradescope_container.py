"""Grade one hand-in in Gradescope's container, and write what Gradescope reads of it."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.course import Course
from autograder.files import write_beside
from autograder.gradebook.released import maximal_points
from autograder.gradebook.status import read_results
from autograder.grading.run import grade
from autograder.grading.settings import settings_of
from autograder.platforms.gradescope_results import NAME, final, results

# Who it is, only Gradescope knows.
STUDENT = "student"


def grade_in_container(course: Course, name: str, root: Path) -> Path:
    """Grade what lies in `root`/submission; return where the results are.

    Parameters
    ----------
    root : Path
        A folder that is laid out as Gradescope's `/autograder`.

    Raises
    ------
    UserError
        If the container isolates too little. Then there are no results: Gradescope tells the
        student that the autograder has failed, and nobody gets a mark.
    """
    began = time.monotonic()
    with TemporaryDirectory(prefix="autograder-") as folder:
        shutil.copytree(course.root, Path(folder) / "course")
        place = Course.find(Path(folder) / "course")
        take(root / "submission", place.submitted() / STUDENT / name)
        grade(place, name, settings_of(place), lambda _student: None, tell=print)
        told = results(read_results(place, name)[STUDENT], maximal_points(place, name))
    told = final(told) | {"execution_time": round(time.monotonic() - began, 2)}
    path = root / "results" / NAME
    path.parent.mkdir(exist_ok=True)
    write_beside(path, json.dumps(told, indent=2, ensure_ascii=False))
    return path


def take(source: Path, target: Path) -> None:
    """Copy what was handed in, links as links and no pipes: what reads it looks at each file."""
    target.mkdir(parents=True)
    if source.is_symlink() or not source.is_dir():
        return
    for entry in sorted(os.scandir(source), key=lambda one: one.name):
        own = target / entry.name
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), own)
        elif entry.is_dir():
            take(Path(entry.path), own)
        elif entry.is_file():
            shutil.copyfile(entry.path, own)
