"""Take two steps with an optimizer, the second from where the first one ended."""

from __future__ import annotations

from typing import Any


def play(step: Any, arguments: Any, keywords: Any, later_gradients: Any) -> Any:
    """Return what the second of two steps returns.

    Parameters
    ----------
    arguments : tuple
        The parameters, the gradients of the first step, the moments and the settings.
    """
    returned = step(*arguments, **keywords)
    came = returned if isinstance(returned, tuple) else (returned,)
    return step(came[0], later_gradients, *came[1:], *arguments[1 + len(came) :], **keywords)
