"""The exercises of a course: one module or package an assignment, found in the course's folder.

They are the instructor's own code and run in the grading process, never in a student's: what they
hold is what students must not see. Each is loaded under a name of its own, so that several courses
in one process do not meet.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.abc import Loader
from pathlib import Path
from types import ModuleType

import autograder.assignment
import workbook
from autograder.assignment.exercise import Assignment
from autograder.authoring import known, slips
from autograder.course import Course
from autograder.errors import UserError

# So many versions of exercises stay loaded: a server of nbgrader's sees each that a course has had.
REMEMBERED = 16
# Under this, the assignments are known in which no slip was found.
SLIPS = "slips"
_found_right: dict[str, str] = {}


def available(course: Course) -> list[str]:
    """Return the names of all assignments that have exercises."""
    return sorted({_name(path) for path in course.exercises.glob("[!._]*") if _is_module(path)})


def load(course: Course, name: str) -> Assignment:
    """Return the assignment of that name.

    Raises
    ------
    UserError
        If there is none, or if its module cannot be loaded or holds no assignment.
    """
    return module(course, name).ASSIGNMENT


def module(course: Course, name: str, part: str = "") -> ModuleType:
    """Return the module of an assignment's exercises, or a `part` of the package that it is.

    Raises
    ------
    UserError
        As `load` does.
    """
    there = available(course)
    if name not in there:
        listed = f"this course has {', '.join(there)}" if there else "this course has none"
        raise UserError(f"There is no assignment {name!r}: {listed}.")
    (path,) = (path for path in course.exercises.glob(f"{name}*") if _is_module(path, name))
    own = course.student_modules(name)
    files = (*course.exercise_files(name), *course.student_files(name).values())
    package = _load(path, own, digest := _digest(files))
    if package not in _found_right:
        looked = _with_looking(digest)
        if known.recall(course, name, SLIPS, looked) is None:
            _refuse_slips(path, sys.modules[package])
        _found_right[package] = looked
    if not part:
        return sys.modules[package]
    with _shadowed(own):
        return importlib.import_module(f"{package}.{part}")


def remember_no_slips(course: Course, names: Iterable[str]) -> None:
    """Have the next command know that these exercises, as far as there are any, hold no slips.

    To look for slips takes as long as to load them.
    """
    for name in set(names).intersection(available(course)):
        package = module(course, name).__name__
        known.remember(course, name, SLIPS, _found_right[package], "")


@contextmanager
def student_modules(course: Course, name: str) -> Iterator[None]:
    """Let what is imported inside be what the students of an assignment import.

    ``testCases`` and the like are names that several assignments may have. Outside, everything is
    as it was.
    """
    with _shadowed(course.student_modules(name)):
        yield


@contextmanager
def _shadowed(folder: Path) -> Iterator[None]:
    """Let the modules of a folder come before all others of their names."""
    modules = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py"))
    names = {".".join(path.parts) for path in modules}
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    paths, parts = list(sys.path), list(workbook.__path__)
    sys.path.insert(0, str(folder))
    workbook.__path__ = [str(folder / workbook.__name__), *parts]
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:], workbook.__path__ = paths, parts
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


@lru_cache(REMEMBERED)
def _load(path: Path, own: Path, digest: str) -> str:
    """Load the exercises as they are now; return the name under which they are loaded."""
    package = f"exercises_{digest[:16]}_{_name(path)}"
    spec = importlib.util.spec_from_file_location(
        package,
        path / "__init__.py" if path.is_dir() else path,
        submodule_search_locations=[str(path)] if path.is_dir() else None,
    )
    assert spec and spec.loader  # a .py file or a package always has one
    made = importlib.util.module_from_spec(spec)
    sys.modules[package] = made
    try:
        with _shadowed(own):
            _run(path, made, spec.loader)
    except BaseException:
        for name in [name for name in sys.modules if name.split(".")[0] == package]:
            del sys.modules[name]
        raise
    return package


def _run(path: Path, made: ModuleType, loader: Loader) -> None:
    """Run the module; what it raises is told with its file and line."""
    try:
        loader.exec_module(made)
    except UserError:
        raise
    except SyntaxError as error:
        raise UserError(f"{error.filename}, line {error.lineno}: {error.msg}. Mend it.") from None
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).is_relative_to(path.parent)]
        where = f"{own[-1].filename}, line {own[-1].lineno}" if own else str(path)
        raise UserError(f"{where}: {type(error).__name__}: {error}. Mend it.") from None


def _refuse_slips(path: Path, made: ModuleType) -> None:
    """Refuse what cannot be right, as long as it can still be mended."""
    if not hasattr(made, "ASSIGNMENT"):
        raise UserError(f"{path} defines no ASSIGNMENT: end it with ASSIGNMENT = Assignment(...).")
    found = list(slips.find_problems(_name(path), made.ASSIGNMENT))
    if found:
        lines = (f"{_place(path, problem.near)}: {problem.message}." for problem in found)
        raise UserError("\n".join(lines))


def _place(path: Path, near: str) -> str:
    """Return the file and the line in which a text stands first, as well as it can be told."""
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        found = (number for number, line in enumerate(lines, 1) if near and near in line)
        if number := next(found, 0):
            return f"{file}, line {number}"
    return str(path)


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _with_looking(digest: str) -> str:
    """Return a digest of exercises and of what looks for slips in them."""
    own = Path(autograder.assignment.__file__).parent.glob("*.py")
    return f"{digest} {_digest([Path(slips.__file__), *sorted(own)])}"


def _name(path: Path) -> str:
    return path.stem if path.is_file() else path.name


def _is_module(path: Path, name: str | None = None) -> bool:
    is_module = (path / "__init__.py").is_file() or (path.is_file() and path.suffix == ".py")
    return is_module and (name is None or _name(path) == name)
