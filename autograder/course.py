"""Where things are: the nbgrader course that the current folder belongs to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.errors import UserError

CONFIG_NAME = "nbgrader_config.py"


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
                return cls(folder, loader.load_config())
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
        for part in (self._source, self.support):
            shutil.rmtree(folder / part.name, ignore_errors=True)
            shutil.copytree(part, folder / part.name, symlinks=True)
        for path in (self.root / CONFIG_NAME, self.environment):
            shutil.copy2(path, folder / path.name)
        return Course.find(folder)

    @property
    def support(self) -> Path:
        """The folder of what students get beside the notebook."""
        return self.root / "source_utils"

    @property
    def environment(self) -> Path:
        """The conda environment that students get too."""
        return self.root / "environment.yml"

    @property
    def _source(self) -> Path:
        return self.root / self._name("source_directory", "source")

    def _name(self, trait: str, default: str) -> Any:
        return self.config.CourseDirectory.get(trait, default)
