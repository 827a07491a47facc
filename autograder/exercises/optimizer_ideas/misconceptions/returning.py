"""Misconceptions about the `return` line of a function that returns one thing."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception


def return_entries(name: str, wanted: str) -> tuple[Misconception, ...]:
    """Return the entries about the last line of a function that returns `name`.

    Parameters
    ----------
    wanted : str
        What should come back, in words.
    """
    line, look = f"    return {name}", f"Look at the `return` line: {wanted} is wanted."
    return (
        Misconception(
            "nothing-returned",
            "Your function returns nothing.",
            "Does it end with a `return`? Printing a result does not return it.",
            {line: "    return None"},
        ),
        Misconception("pair", "You return two values.", look, {line: f"    return {name}, {name}"}),
        Misconception("text", "You return text.", look, {line: f"    return str({name})"}),
    )
