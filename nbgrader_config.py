"""Makes this folder an nbgrader course: every nbgrader command works here without flags."""

from pathlib import Path

from autograder.nbgrader_setup import configure

c = get_config()  # noqa: F821 - nbgrader runs this file with get_config defined

configure(c)
c.CourseDirectory.course_id = "optimization-workbook"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "notebooks"
c.CourseDirectory.release_directory = "release"
# What each assignment asks, and what its students get beside the notebook, lie in these folders.
c.Course.exercises = "autograder/exercises"
c.Course.student_modules = "source_utils"
