"""What docs/design.md and the style say of the code holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT
from tests.support.assignments import load

MODULES = sorted((ROOT / "autograder").rglob("*.py"))
OURS = [*MODULES, *(ROOT / "source_utils").rglob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
LONGEST_FUNCTION, LONGEST_MODULE = 40, 250
ROW = re.compile(r"\| (\d) \| (.+?) \|")


def floors() -> dict[str, int]:
    """Return the floor of each module and package in the table of the design."""
    text = (ROOT / "docs" / "design.md").read_text()
    rows = ROW.findall(text.split("## Rooms of `autograder`")[1].split("\n## ")[0])
    return {
        name.rstrip("/").replace("/", "."): int(floor)
        for floor, names in rows
        for name in re.findall(r"`([\w./]+)`", names)
    }


FLOORS = floors()


def floor_of(module: str) -> int | None:
    """Return the floor of a module or of the nearest package around it."""
    parts = module.split(".")[1:]
    known = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((FLOORS[name] for name in known if name in FLOORS), None)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports(source: str) -> Iterator[str]:
    """Yield what a module imports of the package, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("autograder"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def upward(module: str, source: str) -> list[str]:
    """Return what a module imports from a higher floor."""
    own = floor_of(module)
    assert own is not None, f"{module} is on no floor"
    return [name for name in imports(source) if (floor_of(name) or 0) > own]


def long_functions(source: str) -> list[str]:
    """Return the functions that are longer than the style allows."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("path", MODULES[1:], ids=name_of)
def test_imports_point_down_only(path):
    assert upward(name_of(path), path.read_text()) == []


def test_an_import_of_a_higher_floor_is_seen():
    late = "    from autograder.grading import pool\n    from autograder.cli import main\n"
    source = f"def f():\n{late}"
    assert upward("autograder.judging.judge", source) == [
        "autograder.grading.pool",
        "autograder.cli.main",
    ]


@pytest.mark.parametrize("name", FLOORS)
def test_every_module_in_the_table_is_there(name):
    path = ROOT.joinpath("autograder", *name.split("."))
    assert path.with_suffix(".py").is_file() or path.is_dir()


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_no_function_is_long(path):
    assert long_functions(path.read_text()) == []


def test_a_long_function_is_seen():
    assert long_functions("def f():\n" + "    pass\n" * LONGEST_FUNCTION) == ["f"]


def is_long(source: str) -> bool:
    """Tell whether a module is longer than the style allows."""
    return len(source.splitlines()) > LONGEST_MODULE


def test_no_module_is_long():
    ours = [*MODULES, *(ROOT / "source_utils").rglob("*.py")]
    long = {name_of(path) for path in ours if is_long(path.read_text())}
    assert not long


def test_a_long_module_is_seen():
    assert is_long("\n" * (LONGEST_MODULE + 1))
    assert not is_long("\n" * LONGEST_MODULE)


# What belongs to one assignment, and where it may be named.
ASSIGNMENTS = sorted(path.name for path in (ROOT / "autograder" / "exercises").iterdir())
ENGINE = [
    path
    for path in [*MODULES, *(ROOT / "source_utils" / "common").rglob("*.py")]
    if "exercises" not in path.relative_to(ROOT).parts[:-1]
]


def known_of(name: str, source: str) -> list[str]:
    """Return which of an assignment's names a source mentions."""
    own = {name, *(exercise.id for exercise in load(name).exercises)}
    own |= {path.stem for path in (ROOT / "source_utils" / name).glob("*.py")} - {"testCases"}
    named = set(re.findall(rf"\b(?:{'|'.join(own)})\b", source))
    if named:
        # The network that assignments share has functions of its own, which an exercise may be
        # called like.
        named -= {n.name for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)}
    return sorted(named)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_engine_knows_of_no_assignment(name):
    assert {path: known for path in ENGINE if (known := known_of(name, path.read_text()))} == {}


def test_a_module_that_knows_of_an_assignment_is_seen():
    assert known_of("optimization", "from opt_utils import relu  # optimization") == [
        "opt_utils",
        "optimization",
    ]
