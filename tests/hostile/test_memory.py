"""What is secret is in the memory of the grading process only, and submissions share none."""

from __future__ import annotations

import os
import secrets
import threading

import numpy as np
import pytest
from nbformat.v4 import new_code_cell

from autograder.course import Course
from autograder.grading.pool import Pool
from autograder.grading.settings import Budgets, Settings
from autograder.handin.notebook import submitted_cells
from tests.conftest import NAME, needs_isolation
from tests.hostile.attack import GD
from tests.hostile.attacks.reading import LOOK
from tests.hostile.batch import released_notebook
from tests.hostile.canaries import canary
from tests.hostile.memory import found_in
from tests.hostile.reaper import descendants
from tests.support.sample_class import fill_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

SEED = secrets.randbits(62)
LONG = 40
BUDGETS = Budgets(cell=10.0, call=2.0, submission=60.0)


@pytest.fixture
def pool(released_course: Course):
    with Pool(released_course, NAME, Settings(workers=1, seed=SEED, budgets=BUDGETS)) as pool:
        yield pool


def notebook(course: Course, source: str = "", author: str = "ada"):
    filled = fill_in(released_notebook(course), NAME, *written_by(author, NAME))
    filled.cells.insert(1, new_code_cell(source))
    return list(submitted_cells(filled))


def processes(zygote) -> list[int]:
    """Return the processes of a zygote that hold its memory: not the one that stays outside."""
    return descendants(zygote._process.pid)


def arrays(value) -> list[bytes]:
    """Return bytes of every array, from its first fraction on: round numbers stand anywhere."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        return [found for part in value for found in arrays(part)]
    if not isinstance(value, np.ndarray):
        return []
    telling = value.ravel()[np.argmax(value.ravel() % 1 != 0) :]
    return [telling.tobytes()[:LONG]] if telling.size > 3 and telling[0] % 1 else []


def expected_and_asked(pool: Pool) -> tuple[set[bytes], set[bytes]]:
    """Return the bytes of the drawn answers, and those of the drawn inputs, in no known case."""
    questions = [q for asked in pool.plan.questions.values() for q in asked if not q.case.known]
    inputs = {found for q in questions for found in arrays(q.call.arguments)}
    answers = {found for q in questions for found in arrays(q.expected)} - inputs
    return answers, inputs


def solutions(course: Course) -> set[bytes]:
    """Return lines that stand in the instructor's solutions and not in the release."""
    text = course.text(NAME).read_text()
    released = (course.release(NAME) / f"{NAME}.ipynb").read_text()
    parts = text.split("### BEGIN SOLUTION\n")[1:]
    lines = {line.strip() for part in parts for line in part.split("### END")[0].splitlines()}
    return {line.encode() for line in lines if len(line) > LONG and line not in released}


def test_the_zygotes_memory_holds_no_answer_no_input_no_solution_no_seed(pool, released_course):
    answers, inputs = expected_and_asked(pool)
    assert len(answers) > 20 and len(inputs) > 20 and solutions(released_course)
    for author in ("ada", "eva", "ines"):
        pool.grade(author, notebook(released_course, author=author))
    (zygote,) = pool._zygotes
    warm = processes(zygote)
    assert warm
    seeds = {str(SEED).encode(), SEED.to_bytes(8, "little")}
    given = GD.encode()  # stands in the released notebook, so the search must find it
    for pid in warm:
        secret = answers | inputs | solutions(released_course) | seeds
        assert found_in(pid, secret | {given}) == {given}


def test_a_childs_memory_holds_what_it_was_asked_and_no_answer(pool, released_course):
    answers, inputs = expected_and_asked(pool)
    (zygote,) = pool._zygotes
    cells = [(cell.source, 10.0) for cell in notebook(released_course, author="ines")
             if cell.kind == "code"][:3]  # fmt: skip
    with zygote.child() as child:
        for _ in child.run(cells):
            pass
        for requests in pool.plan.requests.values():
            for request in requests:
                child.ask(request)
        (pid,) = (one for one in processes(zygote) if not descendants(one))
        found = found_in(pid, answers | inputs)
    assert not found & answers
    assert found & inputs, "the search would not have found the answers either"


def test_the_search_finds_what_is_there():
    secret = bytearray(secrets.token_bytes(LONG))
    assert found_in(os.getpid(), {bytes(secret)}) == {bytes(secret)}


WRITE = """
import os
for stream in (1, 2):
    os.write(stream, b"{0}")
open("/tmp/x", "w").write("{0}")
"""
READ = """
import os
for stream in range(3):
    try:
        os.lseek(stream, 0, 0)
        look(os.read(stream, 10000), "stream")
    except OSError as error:
        print("looked at stream", error)
for folder in (".", "/tmp", "/dev/shm"):
    print(sorted(os.listdir(folder)))
    for name in os.listdir(folder):
        look_at_file(os.path.join(folder, name))
look(open("/proc/self/maps").read(), "maps")
"""


def test_a_submission_leaves_nothing_for_the_next(pool, released_course):
    word = canary()
    pool.grade("first", notebook(released_course, WRITE.format(word)))
    verdict, graded = pool.grade("second", notebook(released_course, LOOK + READ))
    assert verdict.score == 100
    assert word not in str(graded)
    assert "looked at stream" in str(graded)


NEIGHBOUR = """
import os, time
secret = "{0}"
os.environ["SECRET"] = secret
open("/tmp/secret", "w").write(secret)
open("secret", "w").write(secret)
open("/tmp/started", "w").close()
time.sleep(4)
"""
EAVESDROP = """
import time
time.sleep(1.5)
pids = [name for name in os.listdir("/proc") if name.isdigit()]
print("processes", pids)
for pid in [*pids, "thread-self"]:
    for part in ("environ", "cmdline", "maps", "cwd/secret", "root/tmp/secret"):
        look_at_file(f"/proc/{pid}/{part}")
for place in ("/tmp/secret", "secret", "/dev/shm/secret", "/hand-in/secret"):
    look_at_file(place)
"""


def test_submissions_side_by_side_see_nothing_of_each_other(released_course):
    word = canary()
    with Pool(released_course, NAME, Settings(workers=2, budgets=BUDGETS)) as pool:
        neighbour = threading.Thread(
            target=pool.grade, args=("one", notebook(released_course, NEIGHBOUR.format(word)))
        )
        neighbour.start()
        verdict, graded = pool.grade("two", notebook(released_course, LOOK + EAVESDROP))
        assert neighbour.is_alive(), "they did not run at the same time"
        neighbour.join()
    assert verdict.score == 100
    assert word not in str(graded)
    assert "processes ['1']" in str(graded)


def test_the_standard_streams_of_a_child_lead_nowhere(pool, released_course):
    source = "import os\nprint([os.readlink(f'/proc/self/fd/{n}') for n in range(3)])"
    _, graded = pool.grade("ada", notebook(released_course, source))
    assert str(["/dev/null"] * 3) in str(graded).replace("\\", "")
