"""Colour a student's code, as HTML in which everything of the student's is escaped."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.pages.cleaning import clean

# Nobody reads more of an answer; a lexer may be slow on what is no code.
MOST_CHARACTERS = 20_000
# A longer one is not taken apart: a tree takes a hundred times the memory of its text.
MOST_PARSED = 100_000
# Many answers of a class are alike, be it that they are as they were given: so many are remembered.
ALIKE = 256


class Line(NamedTuple):
    """A line as it is shown, and whether it is one that a finding speaks of."""

    text: str
    is_marked: bool = False


def short_lines(source: str, marks: Collection[int] = ()) -> list[Line]:
    """Return the lines with the first one of each docstring alone: the rest was given."""
    lines = [Line(text, number in marks) for number, text in enumerate(source.split("\n"), 1)]
    if len(source) > MOST_PARSED or "\r" in source:  # a line of Python's, and none of an editor's
        return lines
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it is shown as it is
        return lines
    for node in sorted(_long_docstrings(tree), key=lambda node: -node.lineno):
        first = lines[node.lineno - 1].text.rstrip()
        last = lines[node.end_lineno - 1].text.strip()
        # Only what stands on lines of its own can be cut without a look at the rest of them.
        if first.lstrip().startswith('"""') and last.endswith('"""'):
            lines[node.lineno - 1 : node.end_lineno] = [Line(f'{first} …"""')]
    return lines


def _long_docstrings(tree: ast.AST) -> Iterator[Any]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node, clean=False):
            text = node.body[0]
            if text.end_lineno and text.end_lineno > text.lineno:
                yield text


def beginning(text: str, mark: str = "") -> str:
    """Return as much of a text as anybody reads, and behind the mark that there is more."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}\n{mark}The rest of {len(text)} characters is not shown."


def shown_lines(source: str, marks: Collection[int] = ()) -> list[Line]:
    """Return code as it is shown: harmless, without what was given, and not too much of it.

    Blanks at the ends of lines are no loss, and where there are many, lexers look at all of them
    again from each line.

    Parameters
    ----------
    marks : collection of int
        The numbers of the lines to mark, counted from 1.
    """
    lines = short_lines(source, marks)
    marked = {place for place, line in enumerate(lines) if line.is_marked}
    parts = beginning("\n".join(line.text for line in lines), "# ").split("\n")
    return [Line(clean(part.rstrip()), place in marked) for place, part in enumerate(parts)]


def coloured(source: str, marks: Collection[int] = ()) -> Markup:
    """Return the code with a class on each kind of token, and the lines in question marked."""
    colour = _remembered if len(source) <= MOST_CHARACTERS else _coloured
    return colour(source, frozenset(marks))


def _coloured(source: str, marks: Collection[int]) -> Markup:
    lines = shown_lines(source, marks)
    marked = [number for number, line in enumerate(lines, 1) if line.is_marked]
    # Lines are left as they are: a student finds them again in the notebook.
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    text = "\n".join(line.text for line in lines)
    return Markup(highlight(text, lexer, _formatter(tuple(marked))))


_remembered = lru_cache(ALIKE)(_coloured)


@lru_cache(ALIKE)
def _formatter(marked: tuple[int, ...]) -> HtmlFormatter[str]:
    """Return what writes the tokens; it makes a style sheet first, which nobody reads."""
    return HtmlFormatter(nowrap=True, hl_lines=marked)
