"""What a child can and cannot do at every level of isolation: its code, and what comes of it."""

from __future__ import annotations

AT_EVERY_LEVEL = {
    "may_write_there": ("Path('a').write_text('b'); print(os.listdir())", "['a']"),
    "can_start_programs": (
        "import subprocess; print(subprocess.run(['echo', 'hi'], stdout=-1).stdout)",
        r"b'hi\n'",
    ),
    "can_start_threads": (
        "import threading as t; a = t.Thread(target=print, args=[1]); a.start(); a.join()",
        "1",
    ),
    "cannot_write_to_python": ("Path(os.__file__).open('a')", "PermissionError 13"),
}
