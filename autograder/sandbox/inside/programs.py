"""Run an instructor's program in the student's process: it calls the function as it likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def play(program: str, function: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """Return what ``play(function, *arguments)`` of the module with the text `program` returns."""
    namespace: dict[str, Any] = {"__name__": "demonstration"}
    exec(compile(program, "<demonstration>", "exec"), namespace)
    return namespace["play"](function, *arguments)
