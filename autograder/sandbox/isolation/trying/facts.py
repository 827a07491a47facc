"""What the checks of `autograder doctor` know of the outside, and the proof they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.parts import namespace_ids


class NotArmed(Exception):
    """The check would not be safe here; the message says what is not proved."""


@dataclass(frozen=True)
class Facts:
    """What there is outside, to be tried from inside.

    Parameters
    ----------
    files : dict of str to list of str
        What must not be seen, by the name of its check.
    folder : str
        A folder outside that this user may write in.
    addresses : list
        Listeners on the loopback addresses: host and port.
    sockets : list of str
        Unix sockets that listen; an abstract one begins with a zero.
    process : int
        A process outside, of the same user.
    namespaces : dict of str to str
        The namespaces outside.
    limits : Limits
        What is in force inside.
    hides_names : bool
        Whether not even the names of files and processes may be seen.
    quick : bool
        Whether to leave out what takes more than a moment.
    """

    files: dict[str, list[str]]
    folder: str
    addresses: list[tuple[str, int]]
    sockets: list[str]
    process: int
    namespaces: dict[str, str]
    limits: Limits
    hides_names: bool = True
    quick: bool = False


Check = Callable[[Facts], str]


def namespace(kind: str) -> Check:
    """Return the check that a namespace is another than outside."""

    def check(facts: Facts) -> str:
        same = namespace_ids().get(kind) == facts.namespaces.get(kind)
        return f"the {kind} namespace is that of the instructor" if same else ""

    return check
