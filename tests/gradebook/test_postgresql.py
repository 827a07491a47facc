"""The gradebook on a PostgreSQL server: the whole round, and whatever happens to the server."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.nbgrader_api import open_api, open_gradebook, why_failed
from autograder.gradebook.reader import read_marks
from autograder.gradebook.released import why_not_released
from tests.conftest import NAME as SAMPLE
from tests.conftest import needs_isolation, run, with_tools
from tests.support.jupyter import ask, jupyter
from tests.support.postgres import (
    PASSWORD,
    Server,
    moved,
    moved_to,
    needs_postgres,
    running_server,
    tables_at,
)
from tests.support.sample_class import fill_in, hand_in, written_by
from tests.support.tiny_class import (
    GRADE,
    NAME,
    SOLUTION,
    STUDENTS,
    grade,
    hand_in_all,
    notebook,
    our_steps,
)
from tests.support.tiny_course import CONFIG, silent

pytestmark = [pytest.mark.slow, needs_isolation, needs_postgres]

OTHER = "tripling"
TEMPLATE = "released"
LATE = "2026-03-03T11:00:00"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


def succeed(*command: str, cwd: Path) -> str:
    outcome = run(*command, cwd=cwd)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


def due_before(course: Course, name: str) -> None:
    with open_gradebook(course) as gradebook:
        settings: dict[str, Any] = {"duedate": "2026-03-01T12:00:00"}
        gradebook.update_or_create_assignment(name, **settings)


# --- the whole round


@pytest.fixture(scope="module")
def round_trip(server, repo, tmp_path_factory) -> Course:
    """The sample assignment with three students, one of them late, graded on the server."""
    course = moved_to(repo.copy_to(tmp_path_factory.mktemp("round")), server.new_database("round"))
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("c.LatePolicy.percent_per_day = 10\n")
    succeed("autograder", "release", SAMPLE, cwd=course.root)
    due_before(course, SAMPLE)
    released = nbformat.read(course.release(SAMPLE) / f"{SAMPLE}.ipynb", as_version=4)
    for student in ("ada", "eva", "hugo"):
        made = fill_in(released, SAMPLE, *written_by(student, SAMPLE))
        hand_in(course, student, SAMPLE, nbformat.writes(made))
    (course.submitted() / "ada" / SAMPLE / "timestamp.txt").write_text(LATE)
    succeed("autograder", "grade", SAMPLE, cwd=course.root)
    return course


def marks(course: Course) -> dict[str, float]:
    return {student: mark.total for student, mark in read_marks(course, SAMPLE).items()}


def test_marks_are_on_the_server_alone(round_trip):
    found = marks(round_trip)
    assert found["ada"] == 80  # all is right, and two days late
    assert (found["eva"], found["hugo"]) == (70, 80)
    assert not (round_trip.root / "gradebook.db").exists()


def test_pages_report_and_export_say_the_same(round_trip):
    found = marks(round_trip)
    succeed("autograder", "feedback", SAMPLE, cwd=round_trip.root)
    assert "2 days late" in (round_trip.feedback() / "ada" / SAMPLE / f"{SAMPLE}.html").read_text()
    succeed("autograder", "report", SAMPLE, cwd=round_trip.root)
    assert "hugo" in round_trip.report(SAMPLE, "html").read_text()
    succeed("autograder", "export", SAMPLE, "--output", "marks.csv", cwd=round_trip.root)
    succeed("nbgrader", "export", cwd=round_trip.root)
    with (round_trip.root / "grades.csv").open() as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)} == found


def test_a_late_policy_is_applied_anew(round_trip):
    config = round_trip.root / "nbgrader_config.py"
    before = config.read_text()
    config.write_text(f"{before}c.LatePolicy.percent_per_day = 20\n")
    said = succeed("autograder", "grade", SAMPLE, cwd=round_trip.root)
    assert "Another late penalty, without running anything again: ada." in said
    assert marks(round_trip)["ada"] == 60
    config.write_text(before)
    succeed("autograder", "grade", SAMPLE, cwd=round_trip.root)
    assert marks(round_trip)["ada"] == 80


def test_formgrader_and_nbgraders_own_commands_work_on_it(round_trip):
    found = marks(round_trip)
    with jupyter(round_trip) as address:
        for page in ("manage_assignments", "manage_students", f"gradebook/{SAMPLE}"):
            assert "formgrader" in ask(f"{address}/formgrader/{page}"), page
        listed = json.loads(ask(f"{address}/formgrader/api/submissions/{SAMPLE}"))
        # Before what is taken off for lateness, which formgrader shows beside it.
        raw = {student: mark.raw for student, mark in read_marks(round_trip, SAMPLE).items()}
        assert {row["student"]: row["score"] for row in listed} == raw
    succeed("nbgrader", "autograde", SAMPLE, "--student", "eva", "--force", cwd=round_trip.root)
    succeed("nbgrader", "generate_feedback", SAMPLE, "--force", cwd=round_trip.root)
    assert marks(round_trip) == found


# --- whatever happens to the server


def released(folder: Path, db_url: str = "") -> Course:
    """Make a tiny course with two assignments, and release them."""
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(CONFIG + our_steps())
    course = moved_to(Course.find(folder), db_url) if db_url else Course.find(folder)
    for name in (NAME, OTHER):
        course.source(name).mkdir(parents=True)
        nbformat.write(notebook(SOLUTION), course.notebook(name))
        with silent():
            outcome = open_api(course).generate_assignment(name)
        assert outcome["success"], why_failed(outcome)
    return course


@pytest.fixture(scope="module")
def template(server, tmp_path_factory) -> Course:
    url = server.new_database(TEMPLATE)
    return released(tmp_path_factory.mktemp("template") / "course", url)


@pytest.fixture
def course(server, template, tmp_path, request) -> Course:
    """A tiny course on a database of its own, where all have handed in."""
    course = copy_of(server, template, tmp_path / "course", f"of_{abs(hash(request.node.name))}")
    hand_in_all(course, 0)
    return course


def copy_of(server: Server, template: Course, folder: Path, database: str) -> Course:
    shutil.copytree(template.root, folder)
    return moved_to(Course.find(folder), server.new_database(database, like=TEMPLATE))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, list[dict]]:
    """What a file holds after a run that nothing disturbs."""
    course = released(tmp_path_factory.mktemp("file") / "course")
    hand_in_all(course, 0)
    grade(course)
    return tables_at(f"sqlite:///{course.root}/gradebook.db")


def database(course: Course) -> str:
    return course.config.CourseDirectory.db_url


def name_of(course: Course) -> str:
    return database(course).partition("@/")[2].partition("?")[0]


def test_the_server_holds_what_a_file_does(course, undisturbed):
    grade(course)
    assert tables_at(database(course)) == undisturbed


def told(course: Course) -> str:
    """Run the command and return the one sentence that it ends with."""
    outcome = run(*GRADE, cwd=course.root)
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1, outcome.stderr
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("autograder: ")
    assert PASSWORD not in outcome.stderr + outcome.stdout
    return line


LOST = "PERFORM pg_terminate_backend(pg_backend_pid());"
KILLED = "COPY (SELECT 1) TO PROGRAM 'kill -QUIT $(head -1 postmaster.pid)'; PERFORM pg_sleep(60);"
WHILE_WRITING = "CREATE TRIGGER fault AFTER INSERT ON comment"
AT_THE_END = "CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON comment DEFERRABLE INITIALLY DEFERRED"


def set_trap(server: Server, course: Course, when: str, what: str) -> None:
    """Have the server meet a fault in the middle of what a run writes."""
    body = f"AS $$ BEGIN {what} RETURN NULL; END $$"
    server.run(
        name_of(course),
        f"CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql {body}",
        f"{when} FOR EACH ROW EXECUTE FUNCTION fault()",
    )


@pytest.mark.parametrize("when", [WHILE_WRITING, AT_THE_END], ids=["writing", "commit"])
@pytest.mark.parametrize("what", [LOST, KILLED], ids=["lost", "killed"])
def test_a_fault_while_writing_leaves_nothing_and_the_next_run_completes(
    what, when, course, server, undisturbed
):
    set_trap(server, course, when, what)
    assert "The gradebook fails" in told(course)
    if what == KILLED:
        server.stop()  # ended already: this waits for it
        server.start()
    assert tables_at(database(course))["submitted_assignment"] == []
    server.run(name_of(course), "DROP FUNCTION fault CASCADE")
    grade(course)
    assert tables_at(database(course)) == undisturbed


def test_a_server_that_is_away_is_told_and_the_next_run_goes_on(course, server):
    server.stop("fast")
    try:
        assert "The gradebook fails" in told(course)
    finally:
        server.start()
    grade(course)


WRONG = {
    "password": ("s3cret", "an0ther"),
    "database": ("@/", "@/nowhere_"),
    "driver that is not installed": ("+psycopg", "+pg8000"),
    "kind of database": ("postgresql+psycopg", "postgres"),
    "@ in the password": ("s3cret", "s3@ret"),
    "folder": ("/tmp/", "/nowhere/"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_address_is_told_without_the_password(wrong, course):
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + moved(database(course).replace(*WRONG[wrong])))
    with pytest.raises(UserError) as told:
        why_not_released(Course.find(course.root), NAME)
    assert "\n" not in str(told.value)
    for part in ("an0ther", "s3cret", "s3@ret", "@ret", "%2F", "of:this", "this test"):
        assert part not in str(told.value)


def test_a_lock_is_waited_for_and_told(course, server, undisturbed):
    hold = (
        "import sys, psycopg; db = psycopg.connect(sys.argv[1]);"
        "db.execute('LOCK TABLE student IN EXCLUSIVE MODE'); print('held', flush=True);"
        "sys.stdin.read()"
    )
    url = database(course).replace("+psycopg", "")
    command = ["python", "-c", hold, url]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, env=with_tools(), cwd=course.root
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with subprocess.Popen(GRADE, cwd=course.root, stdout=pipe, stderr=pipe, text=True) as going:
            assert going.stderr
            waiting = going.stderr.readline()
            holder.communicate()  # its input ends, and so does it
            _, more = going.communicate()
    assert "Another program has locked the gradebook; waiting" in waiting
    assert going.returncode == 0, more
    assert tables_at(database(course)) == undisturbed


def test_two_graders_at_once_on_different_assignments(server, template, tmp_path):
    """Two machines: two copies of the course, one server, the same students, new to both."""
    first = copy_of(server, template, tmp_path / "first", "two")
    url = database(first)
    second = moved_to(Course.find(shutil.copytree(first.root, tmp_path / "second")), url)
    for course, name in ((first, NAME), (second, OTHER)):
        for student in STUDENTS:
            hand_in(course, student, name, nbformat.writes(notebook(SOLUTION)))
    # Both have to be in the middle of their transaction before either ends.
    server.run(
        "two",
        "CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM pg_sleep(0.2); RETURN NULL; END $$",
        "CREATE TRIGGER meet AFTER INSERT ON student FOR EACH STATEMENT EXECUTE FUNCTION meet()",
    )
    runs = [
        subprocess.Popen(
            [GRADE[0], "grade", name],
            cwd=course.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for course, name in ((first, NAME), (second, OTHER))
    ]
    for going in runs:
        said, complaints = going.communicate()
        assert going.returncode == 0, said + complaints
    rows = tables_at(url)
    assert {row["id"] for row in rows["student"]} == set(STUDENTS)
    assert len(rows["submitted_assignment"]) == 2 * len(STUDENTS)
    assert [row["auto_score"] for row in rows["grade"]] == [3.0] * 2 * len(STUDENTS)
