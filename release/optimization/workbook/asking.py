"""Figures with a caption and an alt text; before some of them a question, for no points.

``with figure("NAME"):`` shows what is drawn inside. Where the assignment's module
`workbook.captions` has a question for it, picture, caption and explanation wait for an answer: a
choice among buttons or, where there are none, ``answer("NAME", 2)`` in any cell.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from IPython.utils.capture import capture_output

from workbook import look, progress
from workbook.widgets import live_widgets

__all__ = ["Figure", "Question", "answer", "ask", "figure"]


@dataclass(frozen=True)
class Question:
    """What to predict before a figure is shown.

    Attributes
    ----------
    asks : str
        The question.
    choices : tuple of str
        The answers to choose from.
    right : int
        Which of them the figure bears out, counted from 1.
    because : str
        Why it is so.
    """

    asks: str
    choices: tuple[str, ...]
    right: int
    because: str

    def __post_init__(self) -> None:
        if not 1 <= self.right <= len(self.choices):
            raise ValueError(f"{self.asks!r}: right is {self.right}, of {len(self.choices)}.")


@dataclass(frozen=True)
class Figure:
    """What is said of a figure: for those who do not see it, for all, and before it is seen."""

    alt: str
    caption: str = ""
    question: Question | None = None


@dataclass(frozen=True)
class Shown:
    """A piece of the page, as HTML and, where that is not to be had, as text."""

    html: str
    text: str

    def bundle(self) -> dict[str, str]:
        """Return what IPython displays."""
        return {"text/html": look.STYLE + self.html, "text/plain": self.text}


@contextlib.contextmanager
def figure(name: str) -> Iterator[None]:
    """Show what is drawn inside, under its caption; its question comes first.

    Raises
    ------
    ValueError
        If nothing is said of a figure of that name.
    """
    note = _note(name)
    with capture_output(stdout=False, stderr=False) as captured:
        yield
    pngs = [one.data["image/png"] for one in captured.outputs if "image/png" in one.data]
    for other in captured.outputs:
        if "image/png" not in other.data:
            other.display()
    if get_ipython() is not None:
        _bring(name, note, _drawn(note, pngs))


def ask(name: str) -> None:
    """Put the question of a figure that stands further below, which will tell."""
    note = _note(name)
    if note.question is None:
        raise ValueError(f"there is no question for {name!r}: leave out ask({name!r}).")
    later = Shown("<div>The figure below will tell.</div>", "The figure below will tell.")
    if name in progress.desk().chosen:
        _display(_joined([_asked(note.question), _your_choice(name), later]))
    elif _is_still():
        _display(_put(note.question))
    else:
        _wait(name, note.question, later, is_told=False)


def answer(name: str, choice: int) -> None:
    """Answer a question by the number of the choice, counted from 1."""
    note = _note(name)
    choices = note.question.choices if note.question else ()
    if choice not in range(1, len(choices) + 1):
        raise ValueError(f"choose a number from 1 to {len(choices)}, not {choice!r}.")
    reveal = progress.desk().waiting.pop(name, None)
    if reveal is None:
        progress.desk().chosen.setdefault(name, choice)
        print("Run the cell of that question again: it shows the rest.")
    else:
        reveal(choice)


def _note(name: str) -> Figure:
    notes = progress.notes()
    if name not in notes:
        raise ValueError(f"nothing is said of a figure {name!r}: choose one of {', '.join(notes)}.")
    return notes[name]


def _is_still() -> bool:
    return bool(os.environ.get("WORKBOOK_STATIC") or os.environ.get("NBGRADER_VALIDATING"))


def _bring(name: str, note: Figure, drawn: Shown) -> None:
    """Show a figure, or the question that stands before it."""
    if note.question is None:
        _display(drawn)
    elif name in progress.desk().chosen:
        _display(_joined([_asked(note.question), _told(name, note.question, drawn)]))
    elif _is_still():
        _display(_joined([_put(note.question), _verdict(note.question), drawn, _why(note)]))
    else:
        _wait(name, note.question, drawn, is_told=True)


def _wait(name: str, question: Question, rest: Shown, *, is_told: bool) -> None:
    """Put a question; its answer takes the place of the choices."""
    widgets = live_widgets()
    asked: Any = display(_put(question, name).bundle(), raw=True, display_id=True)
    # Buttons that are saved cannot be pressed when the notebook is opened again; the choices in
    # words, which stand above, can still be read then, and answered in a cell.
    box = _choices(widgets, question) if widgets else None
    place: Any = display(_bundle(box), raw=True, display_id=True)

    def reveal(choice: int) -> None:
        progress.desk().chosen[name] = choice
        progress.desk().waiting.pop(name, None)
        told = _told(name, question, rest) if is_told else _joined([_your_choice(name), rest])
        asked.update(_asked(question).bundle(), raw=True)
        place.update(told.bundle(), raw=True)

    progress.desk().waiting[name] = reveal
    if box:
        box.observe(lambda change: reveal(change["new"]), names="value")


def _choices(widgets: Any, question: Question) -> Any:
    options = [(text, number) for number, text in enumerate(question.choices, start=1)]
    return widgets.RadioButtons(
        options=options, value=None, layout=widgets.Layout(width="auto", max_width="100%")
    )


def _bundle(box: Any) -> dict[str, Any]:
    """Return what shows the buttons, and an empty place where there are none."""
    return (box._repr_mimebundle_() if box else {}) | {"text/plain": ""}


def _asked(question: Question) -> Shown:
    html = f"<strong>Predict first.</strong> {look.prose(question.asks)}"
    return Shown(look.card(html), f"Predict first: {question.asks}")


def _put(question: Question, name: str = "") -> Shown:
    """Return the question, and the choices in words, which step back for buttons."""
    how = f'Answer with `answer("{name}", NUMBER)` in any cell.' if name else ""
    items = "".join(f"<li>{look.prose(text)}</li>" for text in question.choices)
    listed = look.still(f"<ol>{items}</ol>{look.prose(how)}")
    html = f"<strong>Predict first.</strong> {look.prose(question.asks)}{listed}"
    numbered = (f"  {n}. {text}" for n, text in enumerate(question.choices, start=1))
    words = [f"Predict first: {question.asks}", *numbered, how.replace("`", "")]
    return Shown(look.card(html), "\n".join(filter(None, words)))


def _told(name: str, question: Question, drawn: Shown) -> Shown:
    """Return all that comes with an answer."""
    bar = Shown(progress.as_html(), progress.in_words())
    note = _note(name)
    return _joined([_your_choice(name), _verdict(question, name), drawn, _why(note), bar])


def _your_choice(name: str) -> Shown:
    question = _note(name).question
    chosen = question.choices[progress.desk().chosen[name] - 1] if question else ""
    said = f"You chose: {chosen}."
    return Shown(f"<div>{look.prose(said)}</div>", said)


def _verdict(question: Question, name: str = "") -> Shown:
    """Say what the figure bears out; a wrong guess costs nothing."""
    right = question.choices[question.right - 1]
    if name and progress.desk().chosen[name] == question.right:
        sign, said, colour = "✓", "That is what happens.", look.RIGHT
    else:
        sign, said, colour = "→", f"What happens: {right}.", look.INK
    html = f'<div style="color:{colour}"><strong>{sign} {look.prose(said)}</strong></div>'
    return Shown(html, f"{sign} {said}")


def _drawn(note: Figure, pngs: Sequence[str]) -> Shown:
    images = "".join(look.picture(png.replace("\n", ""), note.alt) for png in pngs)
    return Shown(look.figure(images, note.caption), f"[{note.alt}]\n{note.caption}".rstrip())


def _why(note: Figure) -> Shown:
    because = note.question.because if note.question else ""
    return Shown(f'<p style="max-width:46em">{look.prose(because)}</p>', because)


def _joined(parts: Sequence[Shown]) -> Shown:
    return Shown("".join(one.html for one in parts), "\n".join(one.text for one in parts))


def _display(shown: Shown) -> None:
    display(shown.bundle(), raw=True)
