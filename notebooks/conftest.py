"""Settings for replaying the notebooks with ``pytest --nbval notebooks``."""

import os

from autograder.authoring.build import STILL

# The kernel inherits these: it then draws stills, as it did when the outputs were stored.
os.environ.update(STILL)
