"""Settings for replaying the notebooks with ``pytest --nbval notebooks``."""

import os

from autograder.authoring.build import STILL

# Only notebooks are replayed: the modules beside them are source_utils', whose names clash here.

# The kernel inherits these: it then draws stills, as it did when the outputs were stored.
os.environ.update(STILL)

# The modules beside the notebooks bear the same names in every assignment; their doctests run in
# tests/student/test_doctests.py.
collect_ignore_glob = ["*.py", "*/*.py", "*/workbook/*.py"]
