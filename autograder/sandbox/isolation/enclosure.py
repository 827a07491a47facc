"""What a zygote is shut in by, and how it has children in there."""

from __future__ import annotations

import os
import signal
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from autograder.sandbox.isolation.limits import Limits


class Enclosure(ABC):
    """One level of isolation, in force for this process.

    Attributes
    ----------
    gone : int or None
        Can be read from when the process that looks after this one has ended: then this one has to
        end as well. None where the system sees to that.
    """

    gone: int | None = None

    @abstractmethod
    def fork(self) -> int:
        """Fork a child, and return its process id, or 0 in the child."""

    @abstractmethod
    def enter(self, limits: Limits) -> None:
        """Lock a freshly forked child up for good, in an empty working folder.

        Open files stay open: use `close_all_but` first.
        """

    def kill(self, pid: int) -> None:
        """End a child that has not been waited for; `clear` when it has been."""
        os.kill(pid, signal.SIGKILL)

    def clear(self) -> bool:
        """End what a child that has been waited for left behind; return whether anything ran."""
        return False

    def share(self, files: Mapping[str, memoryview]) -> Path | None:
        """Lay files out that every child may read and none may change; None if that cannot be.

        Return their folder. To be called once, before the first fork.
        """
        return None

    def leave(self) -> None:
        """End all there is, and remove its folders: nobody looks after this process any more."""
        self.clear()

    def others(self) -> list[int] | None:
        """Return the processes of a child, or None where they cannot be told apart."""
        return None

    def excess(self, limits: Limits, others: list[int]) -> str:
        """Return which bound a child's files exceed, where the system does not keep it."""
        return ""

    def extras(self) -> list[str]:
        """Return what else is in force in a child, by name."""
        return []

    @property
    def folder(self) -> Path:
        """The working folder of a child."""
        return Path.cwd()
