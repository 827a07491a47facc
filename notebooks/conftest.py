"""Settings for replaying the notebooks with ``pytest --nbval notebooks``."""

import os

from autograder.authoring.build import DRAWN, STILL

# Only notebooks are replayed: the modules beside them are source_utils', whose names clash here.

# The kernel inherits these: it then draws stills, as it did when the outputs were stored.
os.environ.update(STILL)


def pytest_collection_modifyitems(items):
    """Compare figures as little as nbval does where they are no part of HTML."""
    for item in items:
        if hasattr(item.parent, "sanitize_patterns"):
            item.parent.sanitize_patterns[DRAWN] = ""


# The modules beside the notebooks bear the same names in every assignment; their doctests run in
# tests/student/test_doctests.py.
collect_ignore_glob = ["*.py", "*/*.py", "*/workbook/*.py"]
