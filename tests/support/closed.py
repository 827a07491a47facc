"""Run a command where namespaces are closed, as in containers: ``python closed.py COMMAND...``.

A seccomp filter refuses what makes, enters or fills a namespace, for good.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from autograder.sandbox.isolation import privileges
from autograder.sandbox.isolation.calls import filters, seccomp, syscalls


def main() -> None:
    """Close namespaces to this process, and go on as the command."""
    privileges.forbid_new_privileges()
    column = list(seccomp.MACHINES).index(syscalls.machine())
    refused = {name: seccomp.REFUSED[name][column] for name in ("unshare", "setns", "mount")}
    lines = [filters.line(filters.LOAD, filters.NUMBER)]
    for number in refused.values():
        lines += [filters.line(filters.JUMP_EQUAL, number or 0, 0, 1), filters.refuse(errno.EPERM)]
    lines.append(filters.line(filters.RETURN, filters.ALLOW))
    program = ctypes.create_string_buffer(b"".join(lines))
    header = struct.pack("HxxxxxxP", len(lines), ctypes.addressof(program))
    syscalls.call("seccomp", seccomp.SET_MODE_FILTER, 0, ctypes.c_char_p(header))
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
