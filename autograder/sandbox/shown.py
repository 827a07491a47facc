"""What the cells of a notebook show, in nbformat's form and within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.sandbox.forms import (
    IMAGES,
    OF_AN_OUTPUT,
    OUTPUTS_BYTES,
    TEXTS,
    cost_of,
    cost_of_text,
)

TEXT_LIMIT = 100_000
OUTPUT_LIMIT = 200
# A traceback in colour has some ten lines for each call that it went through.
TRACEBACK_LIMIT = 1000
SHORT = 200
CUT = "\n… the rest of the output is cut …\n"
FULL = f"… all outputs beyond {OUTPUTS_BYTES / 1e6:g} MB of a notebook are left out …\n"
SAFE_FORMS = (*TEXTS, *IMAGES)


@dataclass
class Room:
    """What is left for the outputs of all cells together."""

    left: int = OUTPUTS_BYTES
    is_full: bool = False

    def take(self, cost: int) -> bool:
        """Take so much, if there is so much; after the first time that there is not, nothing."""
        self.is_full = self.is_full or cost > self.left
        if not self.is_full:
            self.left -= cost
        return not self.is_full


class Outputs:
    """The outputs of one cell, as far as there is room for them."""

    def __init__(self, room: Room) -> None:
        self.items: list[dict[str, Any]] = []
        self._room = room
        self._taken = 0
        self._text_left = TEXT_LIMIT

    def stream(self, name: str, text: str) -> None:
        """Add to a stream; what flows past the limit is dropped and the cut is marked once."""
        if self._text_left <= 0 or not text:
            return
        piece = _plain(str.__getitem__(text, slice(self._text_left)))
        self._text_left -= len(piece)
        if not self._text_left:
            piece += CUT
        is_new = not self.items or self.items[-1].get("name") != name
        if not self._take(cost_of_text(piece) + is_new * OF_AN_OUTPUT):
            return
        if is_new:
            self._add({"output_type": "stream", "name": name, "text": [piece]})
        else:
            self.items[-1]["text"].append(piece)

    def display(self, kind: str, data: dict[str, Any]) -> None:
        """Add what a cell displays or evaluates to, in the forms that hold no code."""
        kept = {mime: _plain(data[mime]) for mime in SAFE_FORMS if isinstance(data.get(mime), str)}
        output = {"output_type": kind, "data": kept, "metadata": {}}
        if kept and self._take(cost_of(output)):
            self._add(output)

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add an error with its traceback; its name is told even where there is no room."""
        lines = _plain("\n".join(traceback)[:TEXT_LIMIT]).split("\n")[-TRACEBACK_LIMIT:]
        short = {"ename": _plain(name)[:SHORT], "evalue": _plain(value)[:2000], "traceback": lines}
        output = {"output_type": "error", **short}
        if not self._take(cost_of(output)):
            output |= {"evalue": short["evalue"][:SHORT], "traceback": []}
        self._add(output)

    def clear(self) -> None:
        """Forget all of it."""
        self._room.left += self._taken
        self._taken = 0
        self.items.clear()

    def finished(self) -> list[dict[str, Any]]:
        """Return the outputs, each stream's pieces joined."""
        for item in self.items:
            if isinstance(item.get("text"), list):
                item["text"] = "".join(item["text"])
        return self.items

    def _take(self, cost: int) -> bool:
        was_full = self._room.is_full
        if self._room.take(cost):
            self._taken += cost
            return True
        if not was_full:
            self._add({"output_type": "stream", "name": "stdout", "text": FULL})
        return False

    def _add(self, item: dict[str, Any]) -> None:
        if len(self.items) < OUTPUT_LIMIT:
            self.items.append(item)


def _plain(text: str) -> str:
    """Return a text that is nothing but a `str`, and that UTF-8 can hold."""
    exact = str.__str__(text)
    return exact if exact.isascii() else exact.encode("utf-8", "replace").decode()
