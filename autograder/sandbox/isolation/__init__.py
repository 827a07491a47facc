"""Lock a process up: namespaces, a root folder of its own, limits, Landlock, seccomp.

The zygote calls `enter_zygote` first of all, and gets an `Enclosure`, which forks a child for
each submission; the child enters it before it touches anything of the student's. Only the standard
library is needed, and nothing of `autograder` above this package.

Here stands what the grading process needs to know of it.
"""

from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.places import WORK, interpreter_paths
from autograder.sandbox.isolation.probing import PROTECTING, Level, missing

__all__ = [
    "PROTECTING",
    "WORK",
    "Level",
    "Limits",
    "interpreter_paths",
    "missing",
]
