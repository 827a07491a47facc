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

# A zygote lays a file out; what its first child tries is not seen by the second.
GIVEN = """
FILE = enclosure.share({"data/points.csv": memoryview(b"1,2")}) / "data/points.csv"
child_lines = f'''
def tried(action, *arguments):
    try:
        action(*arguments)
    except OSError:
        pass
PATH = {str(FILE)!r}
for action, arguments in {{
    open: ["w"], os.truncate: [0], os.remove: [], os.chmod: [0], os.utime: [(1, 1)],
    os.rename: ["x"], os.mkdir: [],
}}.items():
    tried(action, *([os.path.dirname(PATH) + "/new"] if action is os.mkdir else [PATH]), *arguments)
tried(os.open, PATH, os.O_RDONLY | os.O_TRUNC)
os.symlink(PATH, "points.csv")
print(open("points.csv").read())
'''
for _ in range(2):
    ended(child(child_lines))
    enclosure.clear()
seen = FILE.stat()
print(oct(seen.st_mode & 0o777), seen.st_mtime > 1, seen.st_atime > seen.st_mtime)
print(os.listdir(FILE.parent))
"""
GIVEN_SAYS = ["1,2", "1,2", "0o444 True True", "['points.csv']"]
