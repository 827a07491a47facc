"""`autograder check`."""

from __future__ import annotations

from autograder.cli.common import CourseFolder, Name, find_course


def check(name: Name, course: CourseFolder = None) -> None:
    """Say of each grade cell whether it is judged outside the student's process, and why not."""
    from autograder.grading.examining.checking import check as check_cells
    from autograder.grading.examining.checking import require, summed
    from autograder.grading.settings import settings_of

    place = find_course(name, course)
    lines = check_cells(place, name, settings_of(place, workers=1))
    for line in lines:
        print(line)
    print(summed(lines))
    require(place, lines)
