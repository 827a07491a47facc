"""nbgrader's own API, ready to call, and the reason when one of its calls fails."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course import Course

LAST_LINE_OF_TRACEBACK = re.compile(r"^\s*([\w.]*(?:Error|Exception|Entry)\b.*)$", re.MULTILINE)


def open_api(course: Course) -> NbGraderAPI:
    """Return nbgrader's API on a course."""
    _find_alembic()
    return NbGraderAPI(config=course.config)


def open_gradebook(course: Course) -> Gradebook:
    """Return the gradebook of a course, to be used in a ``with`` statement."""
    _find_alembic()
    directory = CourseDirectory(config=course.config)
    return Gradebook(directory.db_url, directory.course_id)


def why_failed(outcome: Mapping[str, Any]) -> str:
    """Return the first error in what a call of the API returned, without its traceback."""
    report = f"{outcome.get('log', '')}\n{outcome.get('error', '')}"
    found = LAST_LINE_OF_TRACEBACK.search(report)
    return found.group(1).strip() if found else "no reason given"


def _find_alembic() -> None:
    """Put the environment's commands on the path.

    nbgrader calls alembic by name, and an environment that is not activated is not on the path.
    """
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
