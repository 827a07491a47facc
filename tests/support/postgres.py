"""A PostgreSQL server for a test, as Debian has it: in a folder of its own, on a socket there."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import MetaData, create_engine, select, text

from autograder.course import Course
from tests.support.tiny_course import with_names

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
# As root it refuses to run.
KNOWN = {one.pw_name for one in pwd.getpwall()}
OTHERS = [name for name in ("postgres", "nobody") if name in KNOWN]
needs_postgres = pytest.mark.skipif(
    not PROGRAMS or not OTHERS, reason="PostgreSQL is not installed: apt-get install postgresql"
)
TEACHER, PASSWORD = "teacher", "s3cret/of:this test"


@dataclass(frozen=True)
class Server:
    """A server that runs; its databases are made and changed by its own administrator."""

    folder: Path

    def url(self, database: str, password: str = PASSWORD) -> str:
        secret = quote(password, safe="")
        return f"postgresql+psycopg://{TEACHER}:{secret}@/{database}?host={self.folder}"

    def command(self, program: str, *arguments: str, check: bool = True) -> None:
        """Run one of PostgreSQL's programs as who the server belongs to."""
        user = {"user": OTHERS[0], "group": "nogroup"} if os.geteuid() == 0 else {}
        subprocess.run(
            [str(PROGRAMS[-1] / program), *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PGPASSWORD": PASSWORD},
            check=check,
            stdout=subprocess.DEVNULL,
            **user,  # type: ignore[arg-type]
        )

    def start(self) -> None:
        # A test's data need not outlive the machine: nothing waits for the disk.
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        log = str(self.folder / "log")
        self.command("pg_ctl", "start", "-w", "-D", "data", "-l", log, "-o", options)

    def stop(self, how: str = "immediate") -> None:
        """See it stopped; `immediate` is what a crash leaves, and the next start has to recover."""
        self.command("pg_ctl", "stop", "-w", "-D", "data", "-m", how, check=False)

    def run(self, database: str, *statements: str) -> None:
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def new_database(self, name: str, like: str = "template1") -> str:
        """Make a database, a copy of another; return its address."""
        self.run("postgres", f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder whose name is short enough for a socket's."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    server = Server(folder)
    try:
        (folder / "password").write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in (folder, folder / "password"):
                shutil.chown(path, OTHERS[0])
        who = ("--username", TEACHER, "--pwfile", "password", "--auth", "scram-sha-256")
        server.command("initdb", "-D", "data", "--no-sync", "--encoding", "UTF8", *who)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def moved_to(course: Course, url: str) -> Course:
    """Have a course keep its gradebook at another address."""
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(moved(url))
    return Course.find(course.root)


def moved(url: str) -> str:
    """Return the line of a course's configuration that says where its gradebook is."""
    return f"\nc.CourseDirectory.db_url = {url!r}\n"


def tables_at(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables of a gradebook, as `tables` does, wherever it is."""
    engine, known = create_engine(url), MetaData()
    known.reflect(engine)
    with engine.connect() as connection:
        found = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in known.sorted_tables
        }
    engine.dispose()
    return with_names(found)
