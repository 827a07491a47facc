"""What the laws of each assignment demand, written once more and as plainly as can be.

``definitions/ASSIGNMENT.py`` has ``DEFINITIONS``: for each case with a law, by its name or by that
of the exercise and its own, a function of a `Given` that tells whether the answer is right.
``ARE_ARGUMENTS``, where it is there, names the exercises whose right answer is an argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Given(NamedTuple):
    """An answer to a call.

    Attributes
    ----------
    returned : object
        As it came over the wire.
    held : object
        As the function returned it, with its memory.
    arguments : tuple
        Of the call, as they were drawn.
    afterwards : tuple
        The same as the function left them, with their memory.
    keywords : mapping
    """

    returned: Any
    held: Any
    arguments: tuple[Any, ...]
    afterwards: tuple[Any, ...]
    keywords: Mapping[str, Any]
