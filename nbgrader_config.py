"""Makes this folder an nbgrader course: every nbgrader command works here without flags."""

from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader runs this file with get_config defined

c.CourseDirectory.course_id = "optimization-workbook"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "notebooks"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", ".DS_Store"]

# The release is under version control, so it always exists; without this nbgrader would skip it
# and leave the gradebook without the assignment.
c.GenerateAssignment.force = True

# nbgrader stops at a hand-in that is no notebook, or waits for a pipe; this one scores it 0.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.TolerantExporter"

# nbgrader trusts the tags, types and order of a submission's cells. RestoreCells takes all but the
# answers from the source version; OverwriteCells then finds nothing to correct.
c.Autograde.sanitize_preprocessors = [
    "autograder.nbgrader_plugins.RestoreCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# nbgrader runs a submission in a kernel that decides its own marks. JudgeOutside runs it in the
# sandbox and judges here; what follows reads its points as it always does.
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.JudgeOutside",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# The page that `autograder feedback` writes, in the place of the whole notebook.
c.GenerateFeedback.exporter_class = "autograder.feedback.exporter.FeedbackExporter"

# The formgrader's pages show what students wrote in the instructor's session. The trait keeps HTML
# and scripts out of outputs; those pages ask it nothing about markdown, so its filter is ours.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": "autograder.pages.rendering.as_html"}

# For `nbgrader validate`, which runs a notebook in a kernel: instructor cells that train or draw
# carry no grade and cost most of the time.
c.Execute.skip_cells_with_tag = "ungraded"
c.Execute.timeout = 60
c.Execute.coalesce_streams = True
# ipykernel warns about its loopback sockets at every start.
c.Execute.extra_arguments = ["--log-level=ERROR"]
