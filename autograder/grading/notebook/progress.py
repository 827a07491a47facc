"""What is known so far about one submission: what came of its cells and of the questions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from autograder.assignment.exercise import Answer
from autograder.sandbox.asking import CellRun
from autograder.sandbox.forms import OUTPUTS_BYTES, cost_of
from autograder.sandbox.shown import SHORT, Room


@dataclass
class Interview:
    """What is known so far about one submission.

    Attributes
    ----------
    runs : dict
        What came of each cell, by its place among the cells.
    answers : dict
        The answers of each exercise, in the order of its questions.
    flags : list of str
        What was noticed.
    last_loss : str
        What the last child was lost over, in words.
    losses : int
        How many children were lost while cells ran.
    """

    runs: dict[int, CellRun] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    last_loss: str = ""
    losses: int = 0
    _given: dict[str, dict[int, Answer]] = field(default_factory=dict)
    _room: Room = field(default_factory=Room)

    def keep(self, place: int, run: CellRun) -> None:
        """Keep what came of a cell, unless it has run before; its outputs if there is room."""
        if place in self.runs:
            return
        was_full = self._room.is_full
        fits = self._room.take(sum(map(cost_of, run.outputs)))
        self.runs[place] = run if fits else replace(run, outputs=_errors(run), is_cut=True)
        if not fits and not was_full:
            self.flags.append(f"outputs beyond {OUTPUTS_BYTES / 1e6:g} MB in all were left out")

    def given(self, exercise_id: str) -> dict[int, Answer]:
        """Return the answers to an exercise so far, by the place of the question."""
        return self._given.setdefault(exercise_id, {})


def _errors(run: CellRun) -> list[dict[str, Any]]:
    """Return what remains of outputs for which there is no room: an error costs points."""
    errors = (output for output in run.outputs if output["output_type"] == "error")
    return [{**error, "evalue": error["evalue"][:SHORT], "traceback": []} for error in errors][-1:]
