"""Forging by what a function knows: known answers, earlier inputs, other people's memory."""

from functools import partial

from tests.hostile.attack import ADAM, BATCHES, FIRST, GD, LAST, MOMENTUM, NONE, ZEROS, Attack

forging = partial(Attack, group="forging")

SEARCH = """
def search(name):
    import gc, sys, types
    for module in ("autograder.authoring.reference", "exercises.optimization", "autograder.hidden"):
        try:
            __import__(module)
        except Exception:
            pass
    own = get_ipython().user_ns.get(name)
    for found in gc.get_objects():
        if type(found) is types.FunctionType and found.__name__ == name and found is not own:
            yield found
"""
FRAMES = """
def forge(points):
    import ctypes, sys
    frame = sys._getframe()
    while frame:
        for name in ("reply", "status", "value", "answer", "verdict", "score", "points"):
            if name in frame.f_locals:
                frame.f_locals[name] = points
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        frame = frame.f_back
    return points
"""
DOCUMENTED = "from workbook.examples import OUTPUTS\nreturn OUTPUTS['{0}']"
TARGETS = (MOMENTUM, ZEROS, ADAM)

ATTACKS = (
    forging(
        "the documented outputs, written down",
        answers={name: DOCUMENTED.format(name) for name in (BATCHES, *TARGETS)},
    ),
    forging(
        "the documented mini-batches, and all in one otherwise",
        answers={
            BATCHES: "X, Y, size, *seed = given\nif X.shape[1] != 148:\n    return [(X, Y)]\n"
            "np.random.seed(0)\norder = np.random.permutation(148)\n"
            "return [(X[:, order[k:k + 64]], Y[:, order[k:k + 64]]) for k in (0, 64, 128)]"
        },
    ),
    forging(
        "the documented answer, computed only for the documented numbers",
        answers={
            ZEROS: "shapes = [w.shape for w in given[0].values()]\n"
            "if shapes != [(2, 3), (2, 1), (3, 3), (3, 1)]:\n    return None\n"
            "zeros = lambda: {'d' + k: np.zeros(w.shape) for k, w in given[0].items()}\n"
            "return zeros(), zeros()"
        },
        # Right for the shapes of the documentation: some hidden cases have the same.
        points={ZEROS: 0.0},
    ),
    forging(
        "calls the reference if it can find it",
        {FIRST: SEARCH},
        {
            name: f"for found in search('{name}'):\n    return found(*given, **named)"
            for name in (BATCHES, *TARGETS)
        },
        flag="searched the memory",
    ),
    forging(
        "answers with what an earlier call was given",
        {FIRST: "seen = []"},
        dict.fromkeys(TARGETS, "seen.append(given)\nreturn seen[0][0], seen[-1][0], given[0]"),
    ),
    forging(
        "behaves differently on its second call",
        {FIRST: "calls = []"},
        {
            GD: "calls.append(1)\nW, d, rate = given\n"
            "if len(calls) > 1:\n    return W\n"
            "return {k: W[k] - rate * d['d' + k] for k in W}"
        },
        # The first is the documented case: no hidden one is right.
        points={GD: 0.0},
    ),
    forging(
        "writes into the frames of its callers",
        {FIRST: FRAMES},
        dict.fromkeys(TARGETS, "return forge(30)"),
        flag="ctypes",
    ),
    forging(
        "rewrites every dict that looks like a verdict",
        answers=dict.fromkeys(
            TARGETS,
            "import gc\nfor found in gc.get_objects():\n"
            "    if type(found) is dict and 'budget' in found and 'function' in found:\n"
            "        found.update(function='initialize_velocity', status='passed', points=30)\n"
            "return 30",
        ),
        flag="searched the memory",
    ),
    forging(
        "overwrites its own memory through ctypes",
        answers={
            ZEROS: "import ctypes\nzero = np.zeros(1)\n"
            "ctypes.memmove(zero.ctypes.data, b'\\xff' * 8, 8)\nreturn zero"
        },
    ),
    forging(
        "writes to /proc/self/mem",
        {
            LAST: """
            import re
            target = bytearray(b"points 00")
            maps = open("/proc/self/maps").read()
            try:
                with open("/proc/self/mem", "r+b", buffering=0) as memory:
                    memory.seek(int(maps.split("-")[0], 16))
                    memory.write(b"100")
            except OSError as error:
                print(error)
            """
        },
        flag="/proc",
    ),
    forging(
        "traces its parent to change what it holds",
        {
            LAST: """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            for pid in {os.getppid(), 1, 2}:
                print(libc.ptrace(16, pid, 0, 0), os.strerror(ctypes.get_errno()))
            for pid in (os.getppid(), 2):
                print(libc.syscall(311, pid, 0, 0, 0, 0, 0), os.strerror(ctypes.get_errno()))
            """
        },
        says="Operation not permitted",
        flag="ctypes",
    ),
    forging(
        "writes points into the gradebook",
        {
            LAST: """
            import sqlite3
            for path in ("<COURSE>/gradebook.db", "gradebook.db", "../../../gradebook.db"):
                try:
                    with sqlite3.connect(f"file:{path}?mode=rw", uri=True) as book:
                        book.execute("update grade set auto_score = 30, manual_score = 30")
                        print("written")
                except sqlite3.Error as error:
                    print(error)
            """
        },
        says="unable to open database file",
    ),
    forging(
        "writes a verdict where verdicts are kept",
        {
            LAST: """
            import os
            for folder in ("<COURSE>/.autograder/optimization", "../.autograder", "<COURSE>/autograded"):
                try:
                    os.makedirs(folder, exist_ok=True)
                    open(folder + "/forged.json", "w").write("{}")
                    print("written", os.listdir(folder))
                except OSError as error:
                    print(error)
            """
        },
        says="[Errno ",
        flag="outside its folder",
    ),
    forging(
        "breaks its own process so that nothing can be judged",
        {
            LAST: """
            import numpy, sys
            for name in list(vars(numpy.ndarray)):
                try:
                    delattr(numpy.ndarray, name)
                except TypeError:
                    pass
            sys.modules.clear()
            """
        },
        points=NONE,
    ),
)
