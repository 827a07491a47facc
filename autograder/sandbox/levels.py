"""Which level of isolation to grade at: the strongest there is, or the one asked for."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.errors import UserError
from autograder.sandbox.isolation import PROTECTING, Level, missing

BEST = "best"
CHOICES = (BEST, *Level)
IN_WORDS = {
    Level.NAMESPACES: "namespaces, Landlock, seccomp and limits",
    Level.LANDLOCK: "Landlock, seccomp, limits and a reaper, without namespaces: see docs/where.md",
    Level.PROCESS: "limits only: this protects nothing",
}


def level_of(name: str) -> Level | None:
    """Return the level of that name, or None for the best there is."""
    if name not in CHOICES:
        raise UserError(f"There is no isolation {name!r}: choose {' or '.join(CHOICES)}.")
    return None if name == BEST else Level(name)


def choose(wanted: Level | None) -> Level:
    """Return the level to grade at.

    Raises
    ------
    UserError
        If the machine does not give it, or gives neither of the two that protect.
    """
    if wanted is Level.PROCESS:
        return wanted
    reasons: list[str] = []
    for level in PROTECTING if wanted is None else (wanted,):
        lacking = _lacking(level)
        if not lacking:
            return level
        reasons.append(f"{level}: {'; '.join(lacking)}")
    raise UserError(
        f"This machine gives too little isolation. {'. '.join(reasons)}. "
        "`autograder doctor` tells more. To grade people you trust all the same, "
        "say `--isolation process`."
    )


def told(level: Level) -> str:
    """Return the sentence that says what a class is graded in."""
    return f"Isolation: {IN_WORDS[level]}."


def _lacking(level: Level) -> Sequence[str]:
    """Return what is missing; without namespaces each part has to prove itself first."""
    if reasons := missing(level):
        return reasons
    if level is Level.NAMESPACES:
        return []
    from autograder.sandbox import doctor  # with all that it tries

    findings = doctor.examine(level=level, quick=True)
    return [f"{one.name}: {one.detail}" for one in findings if one.needed and not one.holds]
