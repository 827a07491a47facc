"""What is no notebook, or no file to read, is refused with a reason."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from autograder import files as files_module
from autograder.handin import notebook as notebook_module
from autograder.handin.notebook import SubmittedCell
from tests.handin.notebook.hand_ins import cells, read, reason_for_refusing

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


@pytest.fixture
def in_time():
    """Fail where a test would wait for ever."""

    def give_up(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


NOT_A_NOTEBOOK = "it is JSON but not a notebook"
TOO_DEEP = "it is nested too deeply or holds too long a number"
NO_CELLS = "it is a notebook without cells"
NOT_TEXT = "it is not a text file in UTF-8"
REFUSED = {
    "empty": (b"", "it is empty"),
    "whitespace": (b" \r\n\t", "it is empty"),
    "byte order mark only": (b"\xef\xbb\xbf", "it is empty"),
    "truncated": (cells('{"cell_type": "code", "source": "x'), "it is not JSON: Unterminated"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00", NOT_TEXT),
    "zeros": (bytes(100), "it is not JSON: Expecting value"),
    "half of UTF-16": (cells("{}").decode().encode("utf-16")[:-1], NOT_TEXT),
    "a zip": (b"PK\x03\x04\x14\0", "it is a zip"),
    "a web page": (b"\n<!DOCTYPE html><html>", "it is a web page, such as a page to log in"),
    "a merge": (
        b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n]}',
        "it holds both sides of a merge",
    ),
    "a Python file": (b"import numpy\n", "it is not JSON: Expecting value"),
    "list": (b"[1, 2]", NOT_A_NOTEBOOK),
    "number": (b"4", NOT_A_NOTEBOOK),
    "null": (b"null", NOT_A_NOTEBOOK),
    "another object": (b'{"cells": []}', NOT_A_NOTEBOOK),
    "format as text": (b'{"nbformat": "4", "cells": [{}]}', NOT_A_NOTEBOOK),
    "format 99": (b'{"nbformat": 99, "cells": [{}]}', "it is of a newer notebook format than 4"),
    "format 0": (b'{"nbformat": 0, "cells": [{}]}', NO_CELLS),
    "format true": (b'{"nbformat": true, "cells": [{}]}', NO_CELLS),
    "format 3 without sheets": (b'{"nbformat": 3, "worksheets": {"cells": 1}}', NO_CELLS),
    "no cells": (b'{"nbformat": 4}', NO_CELLS),
    "empty list of cells": (cells(""), NO_CELLS),
    "cells of another kind": (b'{"nbformat": 4, "cells": {"a": 1}}', NO_CELLS),
    "nested lists": (b"[" * 100_000, TOO_DEEP),
    "nested objects": (b'{"nbformat": 4, "cells": ' + b'{"a":' * 100_000, TOO_DEEP),
    "long number": (b'{"nbformat": %s}' % (b"9" * 5000), TOO_DEEP),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_notebook_is_refused_with_a_reason(data, reason, scratch):
    scratch.write_bytes(data)
    assert reason_for_refusing(scratch).startswith(reason)


def link_to(target):
    def make(path):
        path.with_name("good").write_bytes(cells('{"cell_type": "raw"}'))
        path.symlink_to(target)

    return make


LINK = "it is a link to another file"
FILES = {
    "missing": (lambda path: None, "it cannot be read: No such file or directory"),
    "folder": (Path.mkdir, "it cannot be read: Is a directory"),
    "FIFO": (os.mkfifo if os.name == "posix" else None, "it is not a regular file"),
    "link": (link_to("good"), LINK),
    "link to nothing": (link_to("nothing"), LINK),
    "link to itself": (link_to("hand\n-in😀.ipynb"), LINK),
    "link to a device": (link_to("/dev/zero"), LINK),
}


@posix
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize(("make", "reason"), FILES.values(), ids=FILES)
def test_what_is_no_file_is_refused_and_stays_closed(make, reason, tmp_path):
    path = tmp_path / "hand\n-in😀.ipynb"
    make(path)
    before = os.listdir("/dev/fd")
    assert reason_for_refusing(path) == reason
    assert os.listdir("/dev/fd") == before


IMPOSSIBLE = {
    "endless device": ("/dev/zero", "it is not a regular file"),
    "file that fails": ("/proc/self/mem", "it cannot be read: Input/output error"),
    "below a file": (f"{__file__}/x", "it cannot be read: Not a directory"),
    "long name": ("x" * 5000, "it cannot be read: File name too long"),
    "zero in the name": ("a\0b", "it cannot be read: embedded null byte"),
    "surrogate in the name": ("a\ud800", "it cannot be read: 'utf-8' codec can't encode"),
}


@posix
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize(("path", "reason"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_read_is_refused(path, reason):
    if path.startswith("/proc") and not os.path.exists(path):
        pytest.skip("only Linux has it")
    assert reason_for_refusing(Path(path)).startswith(reason)


@posix
def test_a_link_put_there_at_the_last_moment_is_not_followed(tmp_path, monkeypatch):
    path = tmp_path / "hand-in.ipynb"
    link_to("good")(path)
    monkeypatch.setattr(files_module.os.path, "islink", lambda _: False)
    assert reason_for_refusing(path).startswith("it cannot be read")


@posix
@pytest.mark.parametrize("name", ["a\nb", "😀", 'it\'s "so"', "-rf", "<b>", "..."])
def test_any_name_will_do_for_a_file(name, tmp_path):
    assert read(tmp_path / name, cells('{"cell_type": "raw"}')) == [SubmittedCell("raw", "")]


def test_a_system_without_the_flags_reads_too(scratch, monkeypatch):
    monkeypatch.delattr(os, "O_NONBLOCK", raising=False)
    monkeypatch.delattr(os, "O_NOFOLLOW", raising=False)
    assert read(scratch, cells('{"cell_type": "raw"}'))


def test_the_size_limit_is_the_last_size_that_is_read(scratch, monkeypatch):
    data = cells('{"cell_type": "raw"}')
    monkeypatch.setattr(notebook_module, "SIZE_LIMIT", len(data))
    assert read(scratch, data)
    scratch.write_bytes(data + b" ")
    assert reason_for_refusing(scratch).startswith("it is larger than the")
