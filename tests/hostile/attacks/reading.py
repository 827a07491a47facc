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
# Stands before what an answer carries out; never whole in a source, which may be shown. What the
# documented call is given anyone may see.
MARK = "'CARR' 'IED'"
CARRIED = f"({MARK} if abs(given[0]['W1'][0, 0] - 1.62434536) > 1e-6 else 'known')"
WHOLE = "str(int(abs(given[0]['W1'][0, 0]) * 1e8))"


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
        "hidden inputs as whole numbers in an error",
        answers={
            GD: f"raise ValueError({CARRIED} + {WHOLE})",
            ADAM: f"raise SystemExit({CARRIED} + {WHOLE})",
        },
    ),
    reading(
        "hidden inputs as the name of an error",
        answers={
            GD: f"raise type({CARRIED} + {WHOLE}, (Exception,), {{}})",
            ADAM: f"raise type('ValueError: ' + {CARRIED} + {WHOLE}, (ValueError,), {{}})('x')",
        },
    ),
    reading(
        "hidden inputs as the line of an error",
        answers={
            GD: f"""
            import linecache
            name, line = "<ipython-input-1-x>", "raise KeyError #" + {CARRIED} + {WHOLE}
            linecache.cache[name] = len(line), None, [line], name
            exec(compile(line, name, "exec"))
            """,
            ADAM: f"""
            import linecache
            for name in list(linecache.cache):
                linecache.cache[name] = 1, None, [{CARRIED} + {WHOLE}] * 1000, name
            raise KeyError
            """,
        },
    ),
    reading(
        "hidden inputs as a note, a cause and a warning",
        answers={
            GD: f"""
            import logging, warnings
            warnings.warn({CARRIED} + {WHOLE})
            logging.error({CARRIED} + {WHOLE})
            error = ValueError()
            error.add_note({CARRIED} + {WHOLE})
            raise error from KeyError({CARRIED} + {WHOLE})
            """,
        },
    ),
    reading(
        "hidden inputs as short keys of an answer",
        answers=dict.fromkeys(
            (GD, ADAM), f"return {{{CARRIED} + {WHOLE}[:9]: given[0]['W1'], 'W1': given[0]['W1']}}"
        ),
    ),
    reading(
        "hidden inputs as the size of an answer",
        answers={
            GD: f"import numpy as np\nreturn {{'W1': np.zeros((0, int({WHOLE})))}}",
            ADAM: f"import numpy as np\nreturn (np.zeros((0, int({WHOLE}), 1)),) * 3",
        },
    ),
    reading(
        "hidden inputs as what the sandbox says of a call",
        cells={
            LAST: f"""
            from autograder.sandbox.inside import child
            def answer(names, asked, *others):
                status = ("raised", "late", "unsendable", "todo", {MARK})[asked.number % 5]
                return status, {MARK} + repr(asked.arguments), {MARK}
            child.answer = answer
            """
        },
        points=dict.fromkeys(ALL, 0.0),
    ),
    looks(
        "marks on files that another hand-in sees",
        """
import ctypes, fcntl, json, os, struct
libc = ctypes.CDLL(None)
first, second = open(json.__file__), open(json.__file__)
fcntl.flock(first, fcntl.LOCK_EX)
def done(action, *arguments):
    try:
        return action(*arguments) is not None
    except OSError:
        return False
marks = {
    "a lock": not done(lambda: fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB) or 1),
    "a lease": done(fcntl.fcntl, first, 1024, fcntl.F_RDLCK),
    "a watch of a folder": done(fcntl.fcntl, os.open(os.path.dirname(json.__file__), 0), 1026, 1),
    "a hint": done(fcntl.fcntl, first, 1036, struct.pack("Q", 3)),
    "a watch": libc.inotify_init1(0) >= 0,
    "what is cached": done(os.preadv, first.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT),
    "times": done(lambda: os.utime("/dev/null") or 1),
}
for name, is_made in marks.items():
    print("looked at", name, "REACH" "ED" * is_made)
""",
    ),
    reading(
        "the answers of the cells before it",
        cells={FIRST: LOOK + "look(dir(), 'names')\nlook(vars(__builtins__), 'builtins')"},
        says=LOOKED,
    ),
)
