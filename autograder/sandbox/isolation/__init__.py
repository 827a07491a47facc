"""Lock a process up: namespaces, a root folder of its own, limits, Landlock, seccomp.

The zygote calls `enter_zygote` first of all, and gets an `Enclosure`, which forks a child for each
submission; the child enters it before it touches anything of the student's. Only the standard
library is needed, and nothing of `autograder` above this package.
"""

from autograder.sandbox.isolation.calls.syscalls import IsolationError
from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.entering import enter_zygote
from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.parts import active_parts
from autograder.sandbox.isolation.places import WORK, close_all_but, interpreter_paths
from autograder.sandbox.isolation.probing import PROTECTING, Level, missing

__all__ = [
    "PROTECTING",
    "WORK",
    "Enclosure",
    "IsolationError",
    "Level",
    "Limits",
    "active_parts",
    "close_all_but",
    "enter_zygote",
    "interpreter_paths",
    "missing",
]
