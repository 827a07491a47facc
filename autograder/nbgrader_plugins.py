"""Our own steps in nbgrader's pipelines, named in nbgrader_config.py."""

from __future__ import annotations

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course
from autograder.notebook import repair, submitted_cells


class RestoreCells(NbGraderPreprocessor):
    """Put the instructor's cells, with their points and tags, back around a student's answers."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the repaired submission."""
        names = resources["nbgrader"]
        folder = Course.find().source(names["assignment"])
        source = nbformat.read(folder / f"{names['notebook']}.ipynb", as_version=4)
        repaired = repair(source, submitted_cells(nb))
        for note in repaired.notes:
            self.log.warning(note)
        return repaired.notebook, resources
