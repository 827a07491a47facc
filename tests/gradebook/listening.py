"""Hear what SQLAlchemy does with a gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def listening(to: str, listener: Callable[..., None]) -> Iterator[None]:
    """Have `listener` called at each event of this name, of any engine."""
    event.listen(Engine, to, listener)
    try:
        yield
    finally:
        event.remove(Engine, to, listener)
