"""The zip from which Gradescope builds an autograder: an assignment and the engine for it."""

from __future__ import annotations

import io
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from autograder.authoring.release import release
from autograder.course import COMMON, CONFIG_NAME, Course
from autograder.files import write_private
from autograder.platforms.engine_wheel import MADE, constraints, engine_wheel
from autograder.sandbox.isolation import Level

PACKAGE = "autograder.platforms"
# The Pythons that Ubuntu has or may get; that of this machine is tried before them.
VERSIONS = (11, 12, 13, 14)
EXECUTABLE, PLAIN = 0o100755 << 16, 0o100644 << 16
# Wherever the course was written, there it lies below the folder of its configuration.
MOVED = """

# This copy is graded where it lies, and its gradebook lies beside it.
get_config().CourseDirectory.root = str(__import__("pathlib").Path(__file__).resolve().parent)
get_config().CourseDirectory.db_url = f"sqlite:///{get_config().CourseDirectory.root}/gradebook.db"
"""
LEVEL = 'get_config().Grading.isolation = "{}"\n'


def write_zip(course: Course, name: str, output: Path | None, level: Level | None) -> Path:
    """Write the zip, and return where it is.

    Parameters
    ----------
    output : Path, optional
        By default ``report/NAME-gradescope.zip``, as it holds solutions and hidden cases.
    level : Level, optional
        How to isolate there; else as the course says, or the best that the container gives.

    Raises
    ------
    UserError
        If the assignment cannot be released, or the file not be written.
    """
    path = output or course.report(f"{name}-gradescope", "zip")
    wheel, engine = engine_wheel()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for script in ("setup.sh", "run_autograder"):
            _put(archive, script, _script(script, name).encode(), EXECUTABLE)
        _put(archive, "constraints.txt", constraints().encode())
        _put(archive, wheel, engine)
        for place, content in _course_files(course, name, level):
            _put(archive, f"course/{place}", content)
    write_private(path, data.getvalue())
    return path


def _script(script: str, name: str) -> str:
    text = resources.files(PACKAGE).joinpath("templates", script).read_text(encoding="utf-8")
    minors = dict.fromkeys((sys.version_info.minor, *VERSIONS))
    versions = " ".join(f"python3.{minor}" for minor in minors)
    return Template(text).substitute(name=shlex.quote(name), versions=versions)


def _put(archive: zipfile.ZipFile, place: str, content: bytes, mode: int = PLAIN) -> None:
    entry = zipfile.ZipInfo(place, MADE)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode
    archive.writestr(entry, content)


def _course_files(course: Course, name: str, level: Level | None) -> Iterator[tuple[str, bytes]]:
    """Yield what grading the assignment needs, from a copy that is released afresh.

    So no student of this course, and no other assignment, is in the zip.
    """
    with TemporaryDirectory() as folder:
        course.copy_to(Path(folder))
        with (Path(folder) / CONFIG_NAME).open("a", encoding="utf-8") as config:
            config.write(MOVED + (LEVEL.format(level) if level else ""))
        place = Course.find(Path(folder))
        _leave_out_others(place, name)
        release(place, name)
        for path in sorted(place.root.rglob("*")):
            # What links led to is read: a zip has none.
            if path.is_file() and path.name != ".nbgrader.log" and "__pycache__" not in path.parts:
                yield path.relative_to(place.root).as_posix(), path.read_bytes()


def _leave_out_others(course: Course, name: str) -> None:
    own = {name, COMMON, *course.notebooks(name)}
    source = course.source(name).parent
    folders = (source, course.exercises, course.student_modules(name).parent)
    for path in (path for folder in folders if folder.is_dir() for path in folder.iterdir()):
        is_other = path.stem not in own and (path.is_dir() or path.parent != source.parent)
        if is_other and path.is_dir():
            shutil.rmtree(path)
        elif is_other and path.suffix in (".py", ".ipynb"):
            path.unlink()
