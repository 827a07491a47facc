"""The sandbox' shell runs cells as IPython does, though it looks at fewer of them twice."""

from __future__ import annotations

import builtins
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell

from autograder.sandbox.inside.shell import CellShell, QuickTransformer

# What may make a line IPython's own, among what may hide it.
PIECES = (
    *("%", "%%", "!", "!!", "?", "??", ",", ";", "/", "=", "==", "!=", "\\\n", "\n", "\r", "\f"),
    *("\x1c", "\x85", "\u2028", " ", "\t", "    ", "(", ")", "[", "]", "#", "'", '"', "'''", ":"),
    *("a", "b.c", "ls -l", "time", "x = ", "if a:\n", "In [1]: ", ">>> ", "... ", "f'", "{", "}"),
    *("await ", "async ", "def f():\n", "1", "f(x)", "é"),
)
CELLS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def outcome(act, *given):
    """Return what comes of it, but for IPython's warning that a line ends oddly."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return act(*given)
    except Exception as error:
        return type(error), str(error)


@given(CELLS)
@settings(max_examples=1500, deadline=None)
@example("x = \\\n%time f()")
@example("a = 1\r%ls")
@example("\tasync %%\x0c f'\\\nls -l)\x0cls -l")
@example("a = 1\x0c!ls")
@example("f?\n")
@example("if a:\n    %time b")
@example("x = 7 % 2 != 1")
@example("\tdef f():\n f(x)")
def test_a_cell_is_transformed_as_by_ipython(cell):
    ours = outcome(QuickTransformer().transform_cell, cell)
    theirs = outcome(TransformerManager().transform_cell, cell)
    # What IPython finds wrong when it takes a cell apart, Python finds wrong when it compiles it.
    assert ours == theirs or isinstance(outcome(compile, ours, "", "exec"), tuple)


def test_a_token_transformer_of_the_students_own_is_asked():
    class Shout:
        @classmethod
        def find(cls, _lines):
            raise SyntaxError("asked")

    transformer = QuickTransformer()
    transformer.token_transformers.append(Shout)  # type: ignore[arg-type]
    with pytest.raises(SyntaxError, match="asked"):
        transformer.transform_cell("x = 1")


@pytest.fixture(scope="module")
def shell():
    own = builtins.input
    yield CellShell()
    builtins.input = own


@given(cell=CELLS)
@settings(max_examples=500, deadline=None)
@example(cell="await f()")
@example(cell="[x async for x in f()]")
@example(cell="async with f():\n    pass")
@example(cell="async def f():\n    await g()")
def test_a_cell_is_run_asynchronously_where_ipython_would(cell, shell):
    known = {"transformed_cell": cell}
    ours = outcome(lambda: shell.should_run_async(cell, **known))
    theirs = outcome(lambda: InteractiveShell.should_run_async(shell, cell, **known))
    assert ours == theirs or (ours is False and not theirs)
