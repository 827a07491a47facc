"""Reading what grading knows: hidden cases, expected answers, other people's memory.

What an attack finds it prints, which is how a student would take it home. Canaries begin alike, so
each can look for them without knowing them.
"""

from functools import partial

from tests.hostile.attack import ADAM, ALL, FIRST, GD, LAST, Attack

reading = partial(Attack, group="reading", half=False)

CANARY = "r'cana' r'ry-[0-9a-f]{16}'"
LOOK = f"""
import os, re
def look(data, what):
    data = data if isinstance(data, bytes) else str(data).encode("utf-8", "replace")
    found = set(re.findall(({CANARY}).encode(), data))
    secret = [word for word in (b"draw_" b"questions", b"Case" b"Verdict", b"BEGIN " b"SOLUTION") if word in data]
    print("looked at", what, *found, *secret)
def look_at_file(path):
    try:
        with open(path, "rb") as file:
            look(file.read(50_000_000), path)
    except OSError as error:
        print("looked at", path, type(error).__name__)
"""
LOOKED = "looked at"


def looks(name: str, source: str, **keywords: object) -> Attack:
    """Return an attack that is one cell, which has the helpers above."""
    return reading(name, cells={LAST: LOOK + source}, says=LOOKED, **keywords)  # type: ignore


ATTACKS = (
    looks(
        "the notebook's own text and history",
        """
import glob
shell = get_ipython()
look(In, "In")
look(Out, "Out")
look(shell.history_manager.input_hist_raw, "history")
look(shell.user_ns, "names")
for path in glob.glob("**/*", recursive=True):
    look_at_file(path)
""",
    ),
    looks(
        "the sources of its callers and of all modules",
        """
import inspect, linecache, sys
frame = sys._getframe()
while frame:
    look(frame.f_locals, frame.f_code.co_name)
    look("".join(linecache.getlines(frame.f_code.co_filename)), "lines")
    frame = frame.f_back
look(linecache.cache, "linecache")
print([name for name in sys.modules if name.startswith("autograder")])
for name in ("exercises.optimization", "autograder.authoring.reference", "autograder.judging.judge"):
    try:
        look(inspect.getsource(__import__(name, fromlist=["x"])), "HIDDEN " + name)
    except ImportError as error:
        print("looked at", name, error)
""",
    ),
    looks(
        "all objects of the process",
        """
import gc
for found in gc.get_objects():
    if isinstance(found, (dict, list, tuple)) and len(found) < 1000:
        for part in (found.values() if isinstance(found, dict) else found):
            if type(part) in (str, bytes) and ("cana" + "ry-") in str(part):
                look(part, "an object")
look("", "objects")
""",
        flag="searched the memory",
    ),
    looks(
        "all memory that was forked with it",
        """
count = 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        area, rights = line.split()[:2]
        start, end = (int(part, 16) for part in area.split("-"))
        if rights[0] == "r" and "vvar" not in line and end - start < 1 << 28:
            try:
                memory.seek(start)
                data = memory.read(end - start)
                count += len(data)
                for found in set(re.findall(("cana" "ry-[0-9a-f]{16}").encode(), data)):
                    print(found)
            except (OSError, ValueError, OverflowError):
                pass
print("looked at", count, "bytes")
""",
        flag="/proc",
    ),
    reading(
        "hidden inputs in an error message",
        answers={GD: "raise ValueError(repr(given))", ADAM: "raise KeyError(given[0]['W1'][0, 0])"},
    ),
    reading(
        "hidden inputs as the keys of an answer",
        answers=dict.fromkeys(ALL, "return {repr(given): 0}, {repr(named): 0}"),
    ),
    reading(
        "hidden inputs printed while it is asked",
        answers={
            GD: "import os, sys\nprint(given)\nsys.__stdout__.write(repr(given))\n"
            "sys.stderr.write(repr(given))\nos.write(1, repr(given).encode())\n"
            "os.write(2, repr(given).encode())\nreturn None"
        },
    ),
    reading(
        "hidden inputs displayed as a result",
        answers={
            GD: "from IPython.display import display\ndisplay(given)\n"
            "get_ipython().displayhook(given)\nreturn None"
        },
    ),
    reading(
        "hidden inputs as the name of a type",
        answers={GD: "return type(repr(given[0]['W1'][0, 0]), (), {})()"},
    ),
    reading(
        "the answers of the cells before it",
        cells={FIRST: LOOK + "look(dir(), 'names')\nlook(vars(__builtins__), 'builtins')"},
        says=LOOKED,
    ),
)
