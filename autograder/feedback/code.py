"""Colour a student's code, as HTML in which everything of the student's is escaped."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.pages.cleaning import clean

# Nobody reads more of an answer on a page; a lexer may be slow on what is no code.
MOST_CHARACTERS = 20_000


class Line(NamedTuple):
    """A line as it is shown, and whether it is one that a finding speaks of."""

    text: str
    is_marked: bool = False


def shown_lines(source: str, marks: Collection[int] = ()) -> list[Line]:
    """Return the lines with the first one of each docstring alone: the rest was given.

    Parameters
    ----------
    marks : collection of int
        The numbers of the lines to mark, counted from 1.
    """
    lines = [Line(text, number in marks) for number, text in enumerate(source.split("\n"), 1)]
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


def coloured(source: str, marks: Collection[int] = ()) -> Markup:
    """Return the code with a class on each kind of token, and the lines in question marked."""
    lines = shown_lines(clean(source), marks)
    text = "\n".join(line.text for line in lines)
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]}\n# The rest of {len(text)} characters is not shown."
    marked = [number for number, line in enumerate(lines, 1) if line.is_marked]
    # Lines are left as they are: a student finds them again in the notebook.
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    return Markup(highlight(text, lexer, HtmlFormatter(nowrap=True, hl_lines=marked)))
