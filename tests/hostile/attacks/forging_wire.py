"""Forging by speaking to the grading process itself, over whatever is open."""

from functools import partial

from tests.hostile.attack import ALL, FIRST, LAST, MOMENTUM, NONE, Attack

forging = partial(Attack, group="forging")

# Finds the wire, as any code of the process can.
WIRE = """
import gc, os, socket, threading, time
from autograder.sandbox import wire
SOCKETS = [s for s in gc.get_objects() if type(s) is socket.socket and s.fileno() >= 0]
def tell(message):
    for sock in SOCKETS:
        try:
            wire.send(sock, message, deadline=time.monotonic() + 1)
        except OSError:
            pass
"""
NOBODY_ASKED = "sent an answer that nobody asked for"
NO_ANSWER = "sent something that is no answer"

ATTACKS = (
    forging(
        "junk on every open descriptor",
        {
            FIRST: """
            import os
            for handle in range(3, 256):
                try:
                    os.write(handle, b"\\xff" * 100)
                except OSError:
                    pass
            """
        },
        flag="no answer",
    ),
    forging(
        "a frame that lies about its length",
        {FIRST: WIRE + "[os.write(s.fileno(), b'wbk1' + b'\\xff' * 12) for s in SOCKETS]"},
        flag="no answer",
    ),
    forging(
        "answers before it is asked",
        {LAST: WIRE + "for n in range(1, 60):\n    tell((n, 'returned', '', 10, []))"},
        flag=NO_ANSWER,
        sooner=(NOBODY_ASKED,),
    ),
    forging(
        "answers twice",
        {FIRST: WIRE},
        {MOMENTUM: "for _ in range(2):\n    tell((26, 'returned', '', 20, []))\nreturn 20"},
        flag=NOBODY_ASKED,
    ),
    forging(
        "answers another question than the one asked",
        {
            LAST: """
            from autograder.sandbox.inside import child
            reply = child._reply
            child._reply = lambda sock, said: reply(sock, said._replace(number=said.number + 1))
            """
        },
        points=NONE,
        flag=NOBODY_ASKED,
    ),
    forging(
        "says that cells ran which did not",
        {FIRST: WIRE + "for n in range(20):\n    tell((n, 'ok', [], n, 0, []))"},
        flag=NOBODY_ASKED,
    ),
    forging(
        "a thread that floods the wire with answers",
        {
            LAST: WIRE
            + """
def flood():
    for n in range(10000):
        tell((n % 60, 'returned', '', 30, []))
threading.Thread(target=flood, daemon=True).start()
time.sleep(0.2)
"""
        },
        flag=NO_ANSWER,
        sooner=(NOBODY_ASKED,),
    ),
    forging(
        "an answer whose number is an array",
        {FIRST: WIRE},
        {MOMENTUM: "tell((np.arange(60), 'returned', '', 20, []))\nreturn 20"},
        flag="no answer",
    ),
    forging(
        "an answer that noticed what cannot be hashed",
        {FIRST: WIRE},
        {MOMENTUM: "tell((26, 'returned', '', 20, [{}, [[]]]))\nreturn 20"},
        flag="no answer",
    ),
    forging(
        "a copy of the process answers too",
        {FIRST: "import os\nif os.fork() == 0:\n    pass"},
        destructive=True,
        flag="started other processes",
    ),
    forging(
        "asks the zygote for points through its own frames",
        {LAST: WIRE + f"tell({{'ended': '', 'ready': [], 'score': {sum(ALL.values())}}})"},
        flag="no answer",
    ),
)
