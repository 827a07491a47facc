"""Hand-ins that are no notebooks, or odd ones, and what must come of each."""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import NAME
from tests.hostile.malformed_making import (
    FILE,
    Malformed,
    added,
    changed,
    code,
    contents,
    cut,
    dated,
    device,
    every_cell,
    gzipped,
    instead_of_the_folder,
    linked,
    linked_folder,
    linked_student,
    linked_to,
    markdown,
    of_format_3,
    other_name,
    pickled,
    replaced,
    sparse,
    unix_socket,
    with_timestamp,
    without_source,
    zipped,
)

FULL = 100.0
# The right notebook under another name is taken: the name, and how it is told.
RENAMED = {
    "a file name with a script": ("<img src=x onerror=alert(1)>.ipynb",) * 2,
    "a file name with a line end": ("a\nb\x1b[2J.ipynb", "a\\nb\\x1b[2J.ipynb"),
    "a file name in capitals": ("Optimization.IPYNB",) * 2,
}
NO_NOTEBOOK = "is not a readable notebook"

CONTENTS = [
    Malformed("empty file", contents(""), "it is empty"),
    Malformed("blanks only", contents(" \n\t\n"), "it is empty"),
    Malformed("cut off in the middle", cut(0.5), "it is not JSON"),
    Malformed("cut off before its end", cut(0.999), "it is not JSON"),
    Malformed("two notebooks in one file", replaced('{\n "cells"', '{}{\n "cells"'), "not JSON"),
    Malformed("binary", contents(bytes(range(256)) * 100), "it is not a text file in UTF-8"),
    Malformed("zeros", contents(bytes(1000)), "it is not JSON"),
    Malformed("UTF-16", contents("{}".encode("utf-16")), NO_NOTEBOOK),
    Malformed("compressed", gzipped, "it is a compressed file"),
    Malformed("a zip by another name", zipped, NO_NOTEBOOK),
    Malformed("a pickle by another name", pickled, NO_NOTEBOOK),
    Malformed("a log-in page", contents("<!DOCTYPE html><html></html>"), "it is a web page"),
    Malformed("300 MB of nothing", sparse, "it is larger than the 250 MB allowed"),
    Malformed("21 MB of brackets", contents("[" * 21_000_000), "it is JSON but not a notebook"),
    Malformed("deeply nested lists", contents("[" * 1_000_000), "it is nested too deeply"),
    Malformed(
        "deeply nested metadata",
        replaced(
            '"metadata": {', '"metadata": {"x": ' + '{"x":' * 50_000 + "1" + "}" * 50_000 + ","
        ),
        "it is nested too deeply",
    ),
    Malformed(
        "a number of 5000 digits",
        replaced('"nbformat": 4', f'"nbformat": {"9" * 5000}'),
        "too long a number",
    ),
    Malformed(
        "a number of 5000 digits that nobody reads",
        replaced('"metadata": {', f'"metadata": {{"x": {"9" * 5000},'),
        "",
        FULL,
    ),
    Malformed("a list", contents("[1, 2]"), "it is JSON but not a notebook"),
    Malformed("a text", contents('"cells"'), "it is JSON but not a notebook"),
    Malformed("null", contents("null"), "it is JSON but not a notebook"),
    Malformed(
        "a million empty cells",
        contents('{"nbformat": 4, "cells": [' + ",".join(['{"cell_type":"raw"}'] * 900_000) + "]}"),
        "more than 1000 cells",
    ),
    Malformed(
        "a million lines of code",
        changed(added(code("x = 1\n" * 1_000_000))),
        "more than 5000 kB of code",
    ),
]

FORMATS = [
    Malformed("format 3", of_format_3, points=FULL),
    Malformed("format 5", changed(lambda n: n.update(nbformat=5)), "a newer notebook format"),
    Malformed("format as text", changed(lambda n: n.update(nbformat="4")), "JSON but not a"),
    Malformed("format true", changed(lambda n: n.update(nbformat=True)), "without cells"),
    Malformed("format missing", changed(lambda n: n.pop("nbformat")), "JSON but not a notebook"),
    Malformed("format minus one", changed(lambda n: n.update(nbformat=-1)), "without cells"),
    Malformed("no cells", changed(lambda n: n.pop("cells")), "it is a notebook without cells"),
    Malformed("cells in a dict", changed(lambda n: n.update(cells={})), "without cells"),
    Malformed("cells that are none", changed(lambda n: n.update(cells=[1, None, "x", []])),
              "is a notebook of another assignment"),
    Malformed("cells without source", changed(without_source)),
    Malformed("source a number", changed(every_cell(source=7))),
    Malformed("source of odd lines", changed(added(code([1, None, "x = 1\n", ["y"]]))),
              points=FULL),
    Malformed("metadata a list", changed(lambda n: n.update(metadata=[])), points=FULL),
    Malformed("outputs of no kind", changed(every_cell(outputs=[{"output_type": 3}, 7, None])),
              points=FULL),
    Malformed("outputs with scripts", changed(every_cell(outputs=[
        {"output_type": "display_data", "metadata": {},
         "data": {"text/html": "<script>alert(1)</script>"}}])), points=FULL),
    Malformed("a cell of no type", changed(added({"cell_type": ["code"], "source": "1"})),
              points=FULL),
    Malformed("a name that is no text", changed(added(
        code("x = 1", metadata={"nbgrader": {"grade_id": ["imports"]}}))), points=FULL),
    Malformed("an attachment with a script", changed(added(markdown(
        "![x](attachment:x.svg)",
        attachments={"x.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"}}))), points=FULL),
    Malformed("NaN and infinity for numbers", replaced(
        '"metadata": {', '"metadata": {"x": NaN, "y": -Infinity, "z": 1e999,'), points=FULL),
    Malformed("every key twice", replaced('"nbformat": 4', '"nbformat": 3, "nbformat": 4'),
              points=FULL),
    Malformed("cells twice, the right ones last", replaced('"cells": [', '"cells": [], "cells": ['),
              points=FULL),
    Malformed("half a character in code", changed(added(code("s = '\ud800'"))), points=FULL),
    Malformed("half a character in a name", changed(added(code("1", id="\udfff"))), points=FULL),
    Malformed("half a character in text", changed(added(markdown("\udcff"))), points=FULL),
    Malformed("zero bytes in code", changed(added(code("x = '\0'"))), points=FULL),
    Malformed("byte order mark", lambda folder, right: (folder / FILE).write_bytes(
        b"\xef\xbb\xbf" + right.encode()), points=FULL),
]  # fmt: skip

PLACES = [
    Malformed("a folder for a notebook", lambda folder, _: (folder / FILE).mkdir(),
              "Is a directory"),
    Malformed("a pipe for a notebook", lambda folder, _: os.mkfifo(folder / FILE),
              "it is not a regular file"),
    Malformed("a socket for a notebook", unix_socket, "it cannot be read"),
    Malformed("a device for a notebook", device, "it is not a regular file"),
    Malformed("a link to a right notebook", linked, "it is a link to another file"),
    Malformed("a link to the system's files", linked_to("/etc/passwd"), "it is a link"),
    Malformed("a link to nothing", linked_to("nowhere"), "it is a link"),
    Malformed("a link to itself", linked_to(FILE), "it is a link"),
    Malformed("a linked folder", linked_folder, f"the folder {NAME} is a link to another place"),
    Malformed("a linked student", linked_student,
              "the folder a linked student is a link to another place"),
    Malformed("a file for a folder", instead_of_the_folder(lambda path: path.write_text("{}")),
              f"{NAME} is not a folder"),
    Malformed("a pipe for a folder", instead_of_the_folder(os.mkfifo), f"{NAME} is not a folder"),
    Malformed("an empty folder", lambda *_: None, "the folder holds nothing"),
    *(Malformed(name, other_name(file), "", FULL) for name, (file, _) in RENAMED.items()),
    Malformed("a file name that is no text", lambda folder, _: Path(os.fsdecode(
        os.fsencode(folder) + b"/\xff.ipynb")).touch(), "the folder holds \\udcff.ipynb"),
]  # fmt: skip

TIMES = [
    Malformed("a time that is none", dated("yesterday'; DROP TABLE grade; --"), "", FULL,
              "it holds no date"),
    Malformed("a time zone that is a file", dated("2026-03-01 10:00 /dev/zero"), "", FULL,
              "it holds no date"),
    Malformed("a time before all others", dated("0001-01-01 00:00:00 +1400"), "", FULL,
              "it holds no date"),
    Malformed("a pipe for a time", with_timestamp(os.mkfifo), "", FULL, "not a regular file"),
    Malformed("a folder for a time", with_timestamp(Path.mkdir), "", FULL, "Is a directory"),
    Malformed("a link for a time", with_timestamp(lambda path: path.symlink_to("/etc/passwd")),
              "", FULL, "it is a link"),
    Malformed("a time of 2 kB", dated("2026-03-01" + " " * 2000), "", FULL, "it is larger than"),
    Malformed("an empty time", dated(""), "", FULL),
]  # fmt: skip

MALFORMED = [*CONTENTS, *FORMATS, *PLACES, *TIMES]

# Students with these names have handed in a right notebook.
NAMES = {
    "blanks": "two  words ",
    "quotes": """o'neil "x" `id` $HOME""",
    "sql": "'; DROP TABLE grade; --",
    "html": "<img src=x onerror=alert(1)>",
    "markup": "[bold red]rich",
    "emoji": "\N{FOX FACE}\N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
    "dots": "ada..ben",
    "option": "--force",
    "pattern": "[a-z]*?",
    "percent": "%s%n{0}{student}",
    "backslash": "a\\..\\b",
    "right to left": "עדה",
    "lower case": "case",
    "upper case": "CASE",
    "composed": "Zo\u00eb",
    "decomposed": "Zoe\u0308",
    "as long as allowed": "x" * 128,
}
# These cannot be names in nbgrader's folders, and are left out.
UNFIT = {
    "line end": "two\nlines",
    "escape": "red\x1b[31m",
    "tab": "a\tb",
    "writing direction": "ada\u202enimda",
    "no width": "a\u200bb",
    "no text": "\udcff\udcfe",
    "hidden": ".ada",
    "two dots before": "..ada",
    "too long": "x" * 250,
}
