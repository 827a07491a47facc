"""Where things are: the nbgrader course that the current folder belongs to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.errors import UserError

CONFIG_NAME = "nbgrader_config.py"
# Beside the folders of student modules that bear an assignment's name.
COMMON = "common"
SQLITE = "sqlite:///"
CACHES = ("__pycache__", "*.pyc", ".DS_Store", ".ipynb_checkpoints")


@dataclass(frozen=True)
class Course:
    """A folder with an nbgrader_config.py, and the names that it gives its parts."""

    root: Path
    config: Config

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """Return the course of the folder `start` or of the nearest folder above it.

        Raises
        ------
        UserError
            If no folder from `start` upwards is a course.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / CONFIG_NAME).is_file():
                loader = PyFileConfigLoader(CONFIG_NAME, path=str(folder))
                return cls(folder, _anchored(folder, loader.load_config()))
        raise UserError(
            f"{here} is not inside a course: go to the folder that holds {CONFIG_NAME}."
        )

    def text(self, assignment: str) -> Path:
        """Return the text that the assignment's notebook is made from."""
        return self._source / f"{assignment}.py"

    def source(self, assignment: str) -> Path:
        """Return the folder of the instructor version."""
        return self._source / assignment

    def notebook(self, assignment: str) -> Path:
        """Return the instructor's notebook."""
        return self.source(assignment) / f"{assignment}.ipynb"

    def notebooks(self, assignment: str) -> list[str]:
        """Return the names of the instructor's notebooks, in order."""
        paths = self.source(assignment).glob("[!.]*.ipynb")
        return sorted(path.stem for path in paths if path.is_file())

    def assignments(self) -> list[str]:
        """Return the names of all folders of the source that hold a notebook."""
        return sorted({path.parent.name for path in self._source.glob("[!.]*/[!.]*.ipynb")})

    def release(self, assignment: str) -> Path:
        """Return the folder of the student version."""
        return self.root / self._name("release_directory", "release") / assignment

    def submitted(self) -> Path:
        """Return the folder that holds a folder for each student."""
        return self.root / self._name("submitted_directory", "submitted")

    def autograded(self) -> Path:
        """Return the folder of graded notebooks."""
        return self.root / self._name("autograded_directory", "autograded")

    def feedback(self) -> Path:
        """Return the folder of the pages that students get."""
        return self.root / self._name("feedback_directory", "feedback")

    def report(self, assignment: str, kind: str) -> Path:
        """Return the file of that kind about the class, for the instructor alone."""
        return self.root / "report" / f"{assignment}.{kind}"

    def copy_to(self, folder: Path) -> Course:
        """Copy what the course is made from into `folder`, and return the course there.

        Hand-ins and grades are not copied, and those that `folder` has stay.
        """
        for part in (self._source, self.exercises, self._student_modules):
            place = folder / part.relative_to(self.root)
            shutil.rmtree(place, ignore_errors=True)
            if part.is_dir():
                shutil.copytree(part, place, symlinks=True, ignore=shutil.ignore_patterns(*CACHES))
        for path in filter(Path.is_file, (self.root / CONFIG_NAME, *self.environments)):
            shutil.copy2(path, folder / path.name)
        return Course.find(folder)

    @property
    def private(self) -> Path:
        """The folder of verdicts, seeds and keys, which nobody else on the machine may read."""
        return self.root / ".autograder"

    def verdict(self, assignment: str, student: str) -> Path:
        """Return the file that keeps what came of a student's last graded hand-in."""
        return self.private.joinpath(assignment, f"{student}.json")

    @property
    def exercises(self) -> Path:
        """The folder of what each assignment asks, which students must not see."""
        return self.root / self.config.Course.get("exercises", "exercises")

    def exercise_files(self, name: str) -> list[Path]:
        """Return the files of an assignment's exercises: a module, or all of a package."""
        module = self.exercises / f"{name}.py"
        return [module] if module.is_file() else _files(self.exercises / name)

    def student_modules(self, name: str) -> Path:
        """Return the folder of what students of an assignment get beside the notebook."""
        return self._student_modules / name

    def student_files(self, name: str) -> dict[str, Path]:
        """Return the course's own files that students get, by their path beside the notebook.

        They are what all assignments share, and what is this assignment's own.
        """
        folders = self._student_modules / COMMON, self.student_modules(name)
        return {str(path.relative_to(root)): path for root in folders for path in _files(root)}

    @property
    def environment(self) -> Path:
        """The conda environment that students get too."""
        return self.root / "environment.yml"

    @property
    def environments(self) -> list[Path]:
        """What students install, for conda and, if the course has it, for pip."""
        pip = self.root / "requirements.txt"
        return [self.environment, *([pip] if pip.is_file() else [])]

    @property
    def address(self) -> str:
        """Where the release folder can be fetched from, if the course says so."""
        return str(self.config.Release.get("address", ""))

    @property
    def _student_modules(self) -> Path:
        return self.root / self.config.Course.get("student_modules", "source_utils")

    @property
    def _source(self) -> Path:
        return self.root / self._name("source_directory", "source")

    def _name(self, trait: str, default: str) -> Any:
        return self.config.CourseDirectory.get(trait, default)


def _anchored(folder: Path, config: Config) -> Config:
    """Have what nbgrader takes from the folder that it runs in belong to the course's."""
    directory = config.CourseDirectory
    directory.root = str(folder / directory.get("root", ""))
    address = directory.get("db_url", "")
    path = address.removeprefix(SQLITE)
    if address.startswith(SQLITE) and path and not path.startswith(":"):  # as :memory: does
        directory.db_url = f"{SQLITE}{folder / path}"  # a path from the root replaces the folder
    return config


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder, in order, but what programs leave there."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if not is_left_over(path.relative_to(folder))]


def is_left_over(path: Path) -> bool:
    """Tell whether a file is one that programs leave beside others."""
    return any(fnmatch(part, pattern) for part in path.parts for pattern in CACHES)
