"""An autograder for Jupyter course workbooks that works inside nbgrader."""

__version__ = "0.2.0"
