"""Say where to look in a course in which the sample class of an assignment is graded."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.feedback.facts import collect, students_for

OTHERS = 3  # students whose names are told beside the first


def where_to_look(course: Course, name: str) -> str:
    """Return what there is to see, with a student whose page tells a mistake by its name."""
    root = Path(os.path.relpath(course.root))
    verdicts = [facts.verdict for facts in collect(course, name, students_for(course, name))]
    first, *others = sorted(filter(_mistakes, verdicts), key=lambda one: len(_mistakes(one)))
    page = course.feedback().relative_to(course.root) / first.student / name / f"{name}.html"
    more = ", ".join(f"{one.student}/" for one in others[:OTHERS])
    places = {
        "points.txt": "everybody's points",
        str(course.report(name, "html").relative_to(course.root)): "the class, for the instructor",
        "grades.csv": "the same as nbgrader exports them",
        str(page): "a student's feedback page",
        f"feedback/{more} ...": "other mistakes; open them in a browser",
    }
    width = max(map(len, places)) + 2
    seen = (f"  {root / place}".ljust(width + 8) + told for place, told in places.items())
    explain = f"explain --course {root} --assignment {name} {first.student} {_mistakes(first)[0]}"
    return "\n".join(
        (
            "The sample class is graded. Look at:",
            *seen,
            f"In a terminal: .venv/bin/autograder {explain}",
            f"Next, open the student version: .venv/bin/jupyter lab release/{name}/{name}.ipynb",
        )
    )


def _mistakes(verdict: Verdict) -> list[str]:
    """Return the exercises in which a mistake is told by its name."""
    return [one.exercise_id for one in verdict.exercises if one.diagnoses]


if __name__ == "__main__":
    print(where_to_look(Course.find(Path(sys.argv[1])), sys.argv[2]))
