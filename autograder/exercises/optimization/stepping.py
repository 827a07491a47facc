"""Take two steps with an optimizer, the second from where the first one ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.plain import plain


def play(step: Any, arguments: Any, keywords: Any, later_gradients: Any) -> Any:
    """Return what the second of two steps returns.

    Parameters
    ----------
    arguments : tuple
        The parameters, the gradients of the first step, the moments and the settings.
    """
    given = arguments[0], *arguments[2:]
    returned = plain(step(*arguments, **keywords))
    came = returned if isinstance(returned, tuple) else (returned,)
    came = tuple(map(_asked_for, came, given))
    return step(came[0], later_gradients, *came[1:], *arguments[1 + len(came) :], **keywords)


def _asked_for(part: Any, given: Any) -> Any:
    """Return a part as the check reads it: a dict without keys that nobody asked for."""
    if not isinstance(part, Mapping) or not isinstance(given, Mapping):
        return part
    return {key: value for key, value in part.items() if key in given}
