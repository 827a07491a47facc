"""Read whose submission is whose in an export of Gradescope."""

from __future__ import annotations

from typing import Any

import yaml

from autograder.files import UnreadableFile

# Written in C where that is to be had: what Gradescope tells of a class is long.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_submitters(data: bytes) -> dict[str, list[tuple[str, str, str]]]:
    """Return the students of each submission, by its folder: email, student number, name.

    Raises
    ------
    UnreadableFile
        If this is not what Gradescope writes.
    """
    try:
        known: Any = yaml.load(data.replace(b"\0", b""), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        raise UnreadableFile("it is no YAML that can be read") from None
    if not isinstance(known, dict):
        raise UnreadableFile("it does not say whose the submissions are")
    return {str(folder): _submitters(about) for folder, about in known.items()}


def _submitters(about: Any) -> list[tuple[str, str, str]]:
    listed = about.get(":submitters") if isinstance(about, dict) else None
    people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [(_text(one, ":email"), _text(one, ":sid"), _text(one, ":name")) for one in people]


def _text(person: dict[Any, Any], key: str) -> str:
    value = person.get(key)
    return str(value).strip() if isinstance(value, str | int) else ""
