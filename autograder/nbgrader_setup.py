"""What a course's nbgrader_config.py must say so that every nbgrader command grades as ours do."""

from __future__ import annotations

from traitlets.config.loader import Config

# nbgrader's own list, but for the step that enters the cells in the gradebook: KeepMarks lets it
# follow a release with other cells, where nbgrader refuses, and names notebooks that are astray.
RELEASE = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "autograder.nbgrader_plugins.KeepMarks",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# nbgrader trusts the tags, types and order of a submission's cells. RestoreCells takes all but the
# answers from the source version; OverwriteCells then finds nothing to correct.
SANITIZE = [
    "autograder.nbgrader_plugins.RestoreCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# nbgrader runs a submission in a kernel that decides its own marks. JudgeOutside runs it in the
# sandbox and judges here. What follows reads its points as it always does; SaveMarks also asks for
# a person where the grader itself failed.
AUTOGRADE = [
    "autograder.nbgrader_plugins.JudgeOutside",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.nbgrader_plugins.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]


def configure(c: Config) -> None:
    """Set what all courses have in common; what the course sets afterwards wins."""
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", ".DS_Store"]
    # A release that is there already is made again: without this nbgrader would skip it and leave
    # the gradebook without the assignment.
    c.GenerateAssignment.force = True
    c.GenerateAssignment.preprocessors = RELEASE
    # nbgrader stops at a hand-in that is no notebook, waits for a pipe, and passes over a notebook
    # of another name; this one scores those 0, and takes what was renamed.
    c.Autograde.exporter_class = "autograder.nbgrader_reading.TolerantExporter"
    c.Autograde.sanitize_preprocessors = SANITIZE
    c.Autograde.autograde_preprocessors = AUTOGRADE
    # Takes off what c.LatePolicy says; where that says nothing, what nbgrader's own setting does.
    c.AssignLatePenalties.plugin_class = "autograder.gradebook.late.LatePolicy"
    # The page that `autograder feedback` writes, in the place of the whole notebook.
    c.GenerateFeedback.exporter_class = "autograder.feedback.exporter.FeedbackExporter"
    # The formgrader's pages show what students wrote in the instructor's session. The trait keeps
    # HTML and scripts out of outputs; those pages ask it nothing about markdown, so its filter is
    # ours.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {"markdown2html": "autograder.pages.rendering.as_html"}
    # For `nbgrader validate`, which runs a notebook in a kernel: instructor cells that train or
    # draw carry no grade and cost most of the time.
    c.Execute.skip_cells_with_tag = "ungraded"
    c.Execute.timeout = 60
    c.Execute.coalesce_streams = True
    # ipykernel warns about its loopback sockets at every start.
    c.Execute.extra_arguments = ["--log-level=ERROR"]
