"""Stopping the batch: exits, endless loops, crashes, floods."""

import sys
from functools import partial

from tests.hostile.attack import (
    ADAM,
    ALL,
    BATCHES,
    FIRST,
    GD,
    MOMENTUM,
    NONE,
    VELOCITY,
    ZEROS,
    Attack,
)

stopping = partial(Attack, group="stopping", half=False)

UNSTOPPABLE = "could not be interrupted"
ENDED, CRASHED = "ended its own process", "crashed Python"
LATE, MEMORY = "ran past", "MB of memory"
IGNORE = "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n    except OSError: pass\n"
LOOP = "while True: pass"
BOMB = """
import base64, struct, zlib
from IPython.display import Image, display
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
size = struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0)
pixels = zlib.compress(bytes(1 << 20), 9)
display(Image(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels)))
"""

ATTACKS = (
    stopping("leaves with os._exit", {FIRST: "import os\nos._exit(0)"}, flag=ENDED),
    stopping("leaves with sys.exit and exit", {FIRST: "import sys\nexit()\nsys.exit(3)"}),
    stopping("leaves from a graded function", answers={GD: "import os\nos._exit(0)"}, flag=ENDED),
    stopping(
        "leaves from every graded function",
        answers=dict.fromkeys(ALL, "import os\nos._exit(0)"),
        flag=ENDED,
    ),
    stopping("loops in a cell", {FIRST: LOOP}, flag="ran past"),
    stopping("loops in every cell", dict.fromkeys(ALL, LOOP), flag="ran past"),
    stopping("loops in a graded function", answers={BATCHES: LOOP}, flag="ran past"),
    stopping(
        "loops and swallows what would stop it",
        {FIRST: "while True:\n    try:\n        while True: pass\n    except BaseException: pass"},
        flag="ran past",
    ),
    stopping(
        "ignores every signal and loops", {FIRST: IGNORE + LOOP}, flag=UNSTOPPABLE, sooner=(LATE,)
    ),
    stopping(
        "computes for ever in C", {FIRST: "sum(iter(int, 1))"}, flag=UNSTOPPABLE, sooner=(LATE,)
    ),
    stopping(
        "computes for ever inside NumPy",
        {FIRST: "a = np.ones((1500, 1500))\nwhile True: a = np.linalg.svd(a)[0]"},
        flag="ran past",
    ),
    stopping(
        "loops where an object is deleted",
        {FIRST: "class Last:\n    def __del__(self):\n        while True: pass\nx = Last()\ndel x"},
    ),
    stopping(
        "loops in an import",
        {FIRST: "open('slow.py', 'w').write('while True: pass')\nimport slow"},
        flag="ran past",
    ),
    stopping(
        "a catastrophic regular expression",
        {FIRST: "import re\nre.match('(a+)+$', 'a' * 64 + 'b')"},
        flag="ran past",
    ),
    stopping("sleeps", {FIRST: "import time\ntime.sleep(1000)"}, flag="ran past"),
    stopping("waits for input", {FIRST: "import sys\nsys.stdin.read()\ninput()"}),
    stopping(
        "stops itself",
        {
            FIRST: "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nos.kill(os.getpid(), signal.SIGKILL)"
        },
        flag="sent signals",
        ended="ran past",
    ),
    stopping("crashes", {FIRST: "import ctypes\nctypes.string_at(0)"}, flag=CRASHED),
    stopping(
        "crashes in a graded function",
        answers={VELOCITY: "import ctypes\nctypes.string_at(0)"},
        flag=CRASHED,
    ),
    stopping(
        "recurses until the stack is full",
        {
            FIRST: "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)"
        },
        flag=CRASHED if sys.version_info < (3, 12) else "",  # there it is an error as any other
        sooner=(LATE, ENDED, MEMORY),
    ),
    stopping("recurses in a graded function", answers={ZEROS: f"return {ZEROS}(*given)"}),
    stopping("closes every descriptor", {FIRST: "import os\nos.closerange(0, 256)"}, flag=ENDED),
    stopping(
        "closes its standard input",
        {FIRST: "import os, sys\nos.close(0)\nsys.stdin = None\ninput()"},
    ),
    stopping("a million small prints", {FIRST: "for i in range(10**6): print(i)"}),
    stopping(
        "floods standard error and the display",
        {
            FIRST: """
            import sys
            from IPython.display import display
            for i in range(10**5):
                print(i, file=sys.stderr)
                if i % 100 == 0:
                    display({"number": i})
            """
        },
    ),
    stopping("prints one string of a hundred megabytes", {FIRST: "print('x' * 10**8)"}),
    stopping(
        "writes without end to its descriptors",
        {
            FIRST: "import os\nfor i in range(2000): os.write(1, bytes(1 << 16)); os.write(2, bytes(1 << 16))"
        },
    ),
    stopping(
        "a huge figure",
        {FIRST: "plt.figure(figsize=(400, 400), dpi=100)\nplt.plot([1, 2])\nplt.show()"},
    ),
    stopping(
        "pictures of several megabytes",
        {
            FIRST: "plt.imsave('noise.png', np.random.rand(900, 900, 3))\nfrom IPython.display import Image\nImage('noise.png')"
        },
    ),
    stopping("a picture that unpacks to gigabytes", {FIRST: BOMB}),
    stopping("a cell of two megabytes", {FIRST: f"text = '{'x' * 2_000_000}'"}),
    stopping(
        "answers of two hundred megabytes",
        answers=dict.fromkeys((GD, MOMENTUM, ADAM), "return np.zeros((5000, 5000))"),
    ),
    stopping("answers of a million parts", answers=dict.fromkeys((GD, ADAM), "return [0] * 10**7")),
    stopping(
        "an error that never ends",
        {FIRST: f"class Endless(Exception):\n    def __str__(self):\n        {LOOP}"},
        {GD: "raise Endless"},
        flag=UNSTOPPABLE,
    ),
    stopping("an error of a hundred megabytes", answers={GD: "raise ValueError('x' * 10**8)"}),
    stopping(
        "breaks the imports of every later cell",
        {FIRST: "import sys\nsys.meta_path.clear()\nsys.path.clear()\nsys.path_hooks.clear()"},
    ),
    stopping(
        "replaces the shell by nothing", {FIRST: "get_ipython().run_cell = None"}, points=NONE
    ),
)
