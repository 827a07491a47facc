"""What an attack is, as data, and the notebook that it is handed in as."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from tests.conftest import NAME
from tests.support.assignments import load
from tests.support.sample_class import fill_in, written_by

GD = "update_parameters_with_gd"
BATCHES = "random_mini_batches"
VELOCITY = "initialize_velocity"
MOMENTUM = "update_parameters_with_momentum"
ZEROS = "initialize_adam"
ADAM = "update_parameters_with_adam"
ALL = {exercise.id: float(exercise.points) for exercise in load(NAME).exercises}
NONE = dict.fromkeys(ALL, 0.0)
# Honest work that stands in every notebook that tries to forge the rest.
HONEST = (GD, VELOCITY)
HALF = {**NONE, **{name: ALL[name] for name in HONEST}}

FIRST, LAST = "imports", ADAM

Edit = Callable[[NotebookNode], None]


@dataclass(frozen=True, eq=False)
class Attack:
    """A hand-in that tries something, and what must hold.

    Attributes
    ----------
    name : str
        By behaviour; the student's name is made from it.
    cells : mapping
        The sources of cells that the student added, by the name of the cell that they follow.
    answers : mapping
        Function bodies in place of right (`half` is false) or wrong answers, by exercise.
    half : bool
        Whether only the exercises in `HONEST` are solved, so that any forged point shows.
    points : mapping
        What the notebook earns, where that is not what its honest part would.
    flag : str
        What one of the flags must say; empty where the engine cannot tell.
    sooner : tuple of str
        What they may say instead, where a slow machine may come to another limit first.
    at_stake : bool
        Whether it may lose what was run or asked just when what it had left running was ended.
    destructive : bool
        Whether it could do harm outside the sandbox: then it proves first that it is in there.
    edit : callable, optional
        Changes the notebook itself.
    files : mapping
        What lies beside the notebook.
    says : str
        What the graded notebook must show of it: proof that it ran.
    ended : str
        What a flag may say instead where there are no namespaces: it was ended before it could.
    group : str
        What it is after: forging, reading, stopping or outliving.
    """

    name: str
    cells: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    half: bool = True
    points: Mapping[str, float] = field(default_factory=dict)
    flag: str = ""
    sooner: tuple[str, ...] = ()
    at_stake: bool = False
    destructive: bool = False
    edit: Edit | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    ended: str = ""
    group: str = field(kw_only=True)

    @property
    def student(self) -> str:
        """Who hands it in."""
        return f"{self.group}-{re.sub('[^a-z0-9]+', '-', self.name.lower()).strip('-')}"

    def is_noticed(self, flags: Iterable[str]) -> bool:
        """Tell whether the instructor is told of it, if the engine can tell at all."""
        words = (self.flag, *self.sooner, *([self.ended] if self.ended else []))
        return not self.flag or any(word in flag for flag in flags for word in words)

    def has_run(self, shown: str, flags: Iterable[str]) -> bool:
        """Tell whether the outputs prove that it ran, or a flag that it was ended meanwhile."""
        words = (self.ended, *self.sooner) if self.ended else ()
        return self.says in shown or any(word in flag for flag in flags for word in words)

    @property
    def expected(self) -> dict[str, float]:
        """The points of each exercise that must come of it."""
        honest = {**(HALF if self.half else ALL), **dict.fromkeys(self.answers, 0.0)}
        return {**honest, **self.points}

    def is_earned(self, earned: Mapping[str, float], flags: Sequence[str]) -> bool:
        """Tell whether that are the points that must come of it."""
        differs = {name for name, points in self.expected.items() if earned[name] != points}
        ended = {flag.split()[0] for flag in flags if self.flag in flag}
        is_its_own = differs <= ended or "cell" in ended  # one that defined it, or its question
        return not differs or (self.at_stake and is_its_own and len(differs) == 1)


def compose(
    attack: Attack, released: NotebookNode, guard: str = "", places: Mapping[str, str] | None = None
) -> NotebookNode:
    """Return the hand-in.

    Parameters
    ----------
    guard : str
        The source that arms a destructive attack.
    places : mapping
        What stands for ``<NAME>`` in the sources: paths and ports that the test has prepared.
    """
    answers, other = written_by("ada", NAME)
    if attack.half:
        answers = {name: answers[name] for name in HONEST}
    bodies = {name: _function(name, body, attack) for name, body in attack.answers.items()}
    filled = {name: _placed(source, places) for name, source in {**answers, **bodies}.items()}
    notebook = fill_in(released, NAME, filled, other)
    for place, source in attack.cells.items():
        text = textwrap.dedent(source).strip("\n")
        armed = "armed()\n" if attack.destructive else ""
        cell_magic = text.startswith("%%")
        _insert(notebook, place, _placed(text if cell_magic else armed + text, places))
    if attack.destructive:
        _insert(notebook, FIRST, guard)
    if attack.edit:
        attack.edit(notebook)
    return notebook


def find(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the released cell of that name."""
    return next(cell for cell in notebook.cells if _name(cell) == name)


def _insert(notebook: NotebookNode, place: str, source: str) -> None:
    names = [_name(cell) for cell in notebook.cells]
    notebook.cells.insert(names.index(place) + 1, new_code_cell(source))


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _function(name: str, body: str, attack: Attack) -> str:
    """Return a function of that name; it takes the arguments by position, as the grader gives."""
    armed = "    armed()\n" if attack.destructive else ""
    text = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    return f"def {name}(*given, **named):\n{armed}{text}"


def _placed(source: str, places: Mapping[str, str] | None) -> str:
    for name, text in (places or {}).items():
        source = source.replace(f"<{name}>", text)
    return source
