"""What `nbgrader generate_feedback` and the formgrader's button write: our own page."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from autograder.feedback.facts import collect
from autograder.feedback.rendering import render
from autograder.feedback.writing import SECRET, secret_of


class FeedbackExporter(HTMLExporter):
    """Exports a graded notebook as our page; one without a verdict of ours as nbgrader would."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[str, Any]:
        """Return the page, and the resources with its file's extension and what belongs beside it.

        Of an assignment's notebooks each gets the page, and it stands there under the assignment's
        name, too.
        """
        names = (resources or {}).get("nbgrader", {})
        course = Course.find()
        page = _page(course, **names) if names else ""
        if not page:
            return super().from_notebook_node(nb, resources, **options)
        resources["output_extension"] = self.file_extension
        secret = secret_of(course, names["assignment"], names["student"])
        beside = {f"{names['assignment']}.html": page.encode()}
        resources["outputs"] = beside | ({SECRET: secret} if secret else {})
        return page, resources


def _page(course: Course, assignment: str, student: str, **_others: str) -> str:
    facts = next(collect(course, assignment, [student]), None)
    return render(facts) if facts and facts.maxima else ""
