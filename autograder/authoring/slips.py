"""What cannot be right in an assignment's exercises: found before anything is made or graded.

Each problem names what is wrong and what to do, and a text beside which it stands in the file.
"""

from __future__ import annotations

import keyword
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.exercise import Assignment, Call, Case, Exercise
from autograder.assignment.misconception import Catalogue
from autograder.assignment.statements import Statement
from autograder.judging.expressions import names_in, parse
from autograder.sandbox import wire
from workbook.comparison import Tolerance
from workbook.plain import Opaque

# What the inputs of every case are drawn from once, to see whether they can be.
SEED = 0


@dataclass(frozen=True)
class Problem:
    """What is wrong, and a text beside which it stands."""

    message: str
    near: str = ""


def find_problems(name: str, assignment: Any) -> Iterator[Problem]:
    """Yield what cannot be right in the assignment that the module `name` holds."""
    if not isinstance(assignment, Assignment):
        kind = type(assignment).__name__
        yield Problem(f"ASSIGNMENT is of type {kind}: make it an Assignment(...)", "ASSIGNMENT")
        return
    if assignment.name != name:
        yield Problem(
            f"the assignment is called {assignment.name!r} and its module {name!r}: "
            "give both the same name",
            "Assignment(",
        )
    if not _all_of(Exercise, assignment.exercises):
        yield Problem("exercises must be a tuple of one Exercise or more", "Assignment(")
        return
    ids = [str(exercise.id) for exercise in assignment.exercises]
    for repeated in _repeated(ids):
        yield Problem(f"two exercises are called {repeated!r}: rename one", repeated)
    for exercise in assignment.exercises:
        yield from _of_exercise(exercise)


def _of_exercise(exercise: Exercise) -> Iterator[Problem]:
    own, near = f"exercise {exercise.id!r}", str(exercise.id)
    if not _is_function_name(exercise.id):
        yield Problem(f"{own}: its id must be the name of a function", near)
    if not _is_positive(exercise.points):
        yield Problem(f"{own}: its points are {exercise.points!r}: give a positive number", near)
    if not _all_of(str, exercise.returns):
        yield Problem(
            f'{own}: returns must be a tuple of names, such as ("parameters",), '
            f"and is {exercise.returns!r}",
            near,
        )
    if not _all_of(Case, exercise.cases):
        yield Problem(f"{own}: cases must be a tuple of one Case or more", near)
        return
    for repeated in _repeated([str(case.name) for case in exercise.cases]):
        yield Problem(f"{own}: two cases are called {repeated!r}: rename one", repeated)
    if all(case.known for case in exercise.cases):
        yield Problem(f"{own}: students know every case: add one whose inputs are drawn", near)
    for case in exercise.cases:
        yield from _of_case(own, case)
    if exercise.catalogue is not None:
        yield from _of_catalogue(own, exercise)
    yield from _of_statements(own, exercise)
    yield from _of_chain(own, exercise)


def _of_case(own: str, case: Case) -> Iterator[Problem]:
    own, near = f"{own}, case {case.name!r}", str(case.name)
    if not (isinstance(case.name, str) and case.name and isinstance(case.help, str)):
        yield Problem(f"{own}: its name and help must be texts", near)
    if not _is_positive(case.weight):
        yield Problem(f"{own}: its weight is {case.weight!r}: give a positive number", near)
    if not isinstance(case.tolerance, Tolerance):
        yield Problem(f"{own}: its tolerance must be a Tolerance(...)", near)
    if case.law is not None and not callable(case.law):
        yield Problem(f"{own}: its law must be a function", near)
    if not callable(case.draw):
        yield Problem(f"{own}: draw must be a function of a random generator", near)
        return
    yield from (Problem(f"{own}: {message}", near) for message in _of_draw(case))


def _of_draw(case: Case) -> Iterator[str]:
    try:
        call = case.draw(np.random.default_rng(SEED))
    except Exception as error:
        yield f"drawing its inputs stops with {type(error).__name__}: {error}"
        return
    if not isinstance(call, Call):
        yield f"draw returns {type(call).__name__}: return Call((first, second, ...))"
    elif not isinstance(call.arguments, tuple):
        kind = type(call.arguments).__name__
        yield f"the arguments of its call are of type {kind}: Call((first,)) has one argument"
    elif not isinstance(call.keywords, Mapping) or not all(
        isinstance(key, str) for key in call.keywords
    ):
        yield "the keywords of its call must be a dict with names as keys"
    elif kind := _what_cannot_travel((call.arguments, dict(call.keywords))):
        yield f"an argument of its call holds {kind}, which cannot be sent: use arrays and numbers"


def _of_catalogue(own: str, exercise: Exercise) -> Iterator[Problem]:
    catalogue = exercise.catalogue
    if not isinstance(catalogue, Catalogue):
        yield Problem(f"{own}: its catalogue must be a Catalogue(...)", str(exercise.id))
        return
    for repeated in _repeated([entry.id for entry in catalogue.entries]):
        yield Problem(f"{own}: two misconceptions are called {repeated!r}: rename one", repeated)
    if message := _why_no_function(catalogue, exercise.id, ()):
        yield Problem(f"{own}: the solution of its catalogue {message}", str(exercise.id))
        return
    for entry in catalogue.entries:
        here = f"{own}, misconception {entry.id!r}"
        if not entry.done or not entry.look:
            yield Problem(f"{here}: say what was done, and where to look", entry.id)
        if not entry.edits or any(old == new for old, new in entry.edits.items()):
            yield Problem(f"{here}: its edits change nothing", entry.id)
        elif message := _why_no_function(catalogue, exercise.id, (entry,)):
            yield Problem(f"{here}: {message}", entry.id)


def _why_no_function(catalogue: Catalogue, name: str, entries: Sequence[Any]) -> str:
    try:
        catalogue.function(name, *entries)
    except KeyError:
        return f"defines no function {name!r}"
    except Exception as error:
        return f"does not run ({error})"
    return ""


def _of_statements(own: str, exercise: Exercise) -> Iterator[Problem]:
    if exercise.statements != () and not _all_of(Statement, exercise.statements):
        yield Problem(f"{own}: statements must be a tuple of Statement(...)", str(exercise.id))
        return
    for repeated in _repeated([str(statement.id) for statement in exercise.statements]):
        yield Problem(f"{own}: two statements are called {repeated!r}: rename one", repeated)
    for statement in exercise.statements:
        here = f"{own}, statement {statement.id!r}"
        if not statement.done or not statement.look:
            yield Problem(f"{here}: say what is claimed, and where to look", str(statement.id))
        if not callable(statement.agrees):
            yield Problem(f"{here}: agrees must be a function of what was seen", str(statement.id))


def _of_chain(own: str, exercise: Exercise) -> Iterator[Problem]:
    for link in exercise.chain.links if exercise.chain else ():
        try:
            unknown = names_in(parse(link.rule)) - {*link.names}
        except (SyntaxError, ValueError, KeyError) as error:
            yield Problem(
                f"{own}, link {link.part!r}: its rule cannot be read ({error})", link.part
            )
            continue
        for name in sorted(unknown):
            message = f"give {name!r}, which stands in its rule, in arrays or scalars"
            yield Problem(f"{own}, link {link.part!r}: {message}", link.part)


def _what_cannot_travel(value: Any) -> str:
    """Return the type of a part that does not travel as plain data; nothing if all of it does."""
    try:
        frame = b"".join(wire.pack(value))
        start = wire.PREFIX.size
        end = start + wire.PREFIX.unpack_from(frame)[1]
        arrived = wire.unpack(frame[start:end], frame[end:])
    except wire.WireError as error:
        return f"something too large or too deep ({error})"
    return next((part.kind for part in _parts(arrived) if isinstance(part, Opaque)), "")


def _parts(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, tuple | list):
        for part in value:
            yield from _parts(part)


def _all_of(kind: type, values: Any) -> bool:
    is_tuple = isinstance(values, tuple) and bool(values)
    return is_tuple and all(isinstance(value, kind) and value != "" for value in values)


def _is_function_name(name: Any) -> bool:
    return isinstance(name, str) and name.isidentifier() and not keyword.iskeyword(name)


def _is_positive(number: Any) -> bool:
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return is_number and math.isfinite(number) and number > 0


def _repeated(names: Sequence[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)
