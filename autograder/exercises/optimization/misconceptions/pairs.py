"""Misconceptions about the list of mini-batches that is returned."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

_X, _Y = "shuffled_X[:, start:stop]", "shuffled_Y[:, start:stop]"
_PAIR, _RETURN = "mini_batches.append((batch_X, batch_Y))", "return mini_batches"
_LIST = "Return a list of pairs (mini_batch_X, mini_batch_Y)."

RETURNS = (
    Misconception(
        "Y-flat",
        "The Y of your mini-batches is flat: its first dimension is lost.",
        "Keep both dimensions: slice as in `shuffled_Y[:, start:stop]`.",
        {_Y: "shuffled_Y[0, start:stop]"},
    ),
    Misconception(
        "whole-Y",
        "Each of your mini-batches holds all of Y.",
        "Cut Y just as you cut X.",
        {_Y: "shuffled_Y"},
    ),
    Misconception(
        "transposed",
        "Your mini-batches have rows and columns exchanged.",
        "An example is a column, in the mini-batches as in X.",
        {_X: "shuffled_X[:, start:stop].T", _Y: "shuffled_Y[:, start:stop].T"},
    ),
    Misconception(
        "pair-exchanged",
        "Your pairs hold Y before X.",
        _LIST,
        {_PAIR: "mini_batches.append((batch_Y, batch_X))"},
    ),
    Misconception(
        "X-alone",
        "Your list holds the X of each mini-batch without its Y.",
        _LIST,
        {_PAIR: "mini_batches.append(batch_X)"},
    ),
    Misconception(
        "not-paired",
        "Your list holds X and Y by turns, not as pairs.",
        f"{_LIST} Append one tuple each time.",
        {_PAIR: "mini_batches += [batch_X, batch_Y]"},
    ),
    Misconception(
        "dict",
        "You return a dict.",
        _LIST,
        {_RETURN: "return dict(enumerate(mini_batches))"},
    ),
    Misconception(
        "two-lists",
        "You return the list of all X and the list of all Y.",
        _LIST,
        {_RETURN: "return [x for x, _ in mini_batches], [y for _, y in mini_batches]"},
    ),
    Misconception(
        "generator",
        "You return a generator.",
        f"{_LIST} Put the pairs into a list, or wrap what you return in `list(...)`.",
        {_RETURN: "return (pair for pair in mini_batches)"},
    ),
    Misconception(
        "shuffled-returned",
        "You return the shuffled X and Y, not cut.",
        _LIST,
        {_RETURN: "return shuffled_X, shuffled_Y"},
    ),
    Misconception(
        "nothing-returned",
        "Your function returns nothing.",
        "Does it end with a `return`? Printing a result does not return it.",
        {_RETURN: "return None"},
    ),
)
