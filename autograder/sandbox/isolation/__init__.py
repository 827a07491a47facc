"""Lock a process up: namespaces, a root folder of its own, limits, Landlock, seccomp.

The zygote calls `enter_zygote` first of all, and `fork_child` for each submission; the child calls
`enter_child` before it touches anything of the student's. Only the standard library is needed, and
nothing of `autograder` above this package.
"""

from autograder.sandbox.isolation.entering import enter_child, enter_zygote, fork_child, kill_child
from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.parts import active_parts
from autograder.sandbox.isolation.places import WORK, close_all_but, interpreter_paths
from autograder.sandbox.isolation.probing import Level, best_level, missing
from autograder.sandbox.isolation.syscalls import IsolationError

__all__ = [
    "WORK",
    "IsolationError",
    "Level",
    "Limits",
    "active_parts",
    "best_level",
    "close_all_but",
    "enter_child",
    "enter_zygote",
    "fork_child",
    "interpreter_paths",
    "kill_child",
    "missing",
]
