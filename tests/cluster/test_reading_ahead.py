"""Hand-ins that a process of its own packs are those that would be packed here."""

from __future__ import annotations

import errno
import os

import nbformat
import pytest

from autograder.cluster import reading_ahead
from autograder.cluster.packing import pack
from autograder.cluster.reading_ahead import packed_ahead
from autograder.cluster.wire import Asked, Part, decode, encode
from autograder.course import Course
from autograder.grading.agreement import assignments_of
from autograder.handin.submission import find_submissions
from tests.support.sample_class import hand_in
from tests.support.tiny_class import NAME, SOLUTION, notebook
from tests.support.tiny_course import CONFIG


@pytest.fixture
def course(tmp_path) -> Course:
    """Hand-ins as they come: with a file beside, of another name, with a bad date, none at all."""
    (tmp_path / "source" / NAME).mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    nbformat.write(notebook(SOLUTION), tmp_path / "source" / NAME / f"{NAME}.ipynb")
    course = Course.find(tmp_path)
    for number, student in enumerate(("ada", "ben", "chloë d'Arc", "dora", "ed", "fay", "gil")):
        hand_in(course, student, NAME, nbformat.writes(notebook(f"def double(x): {number}")))
    folder = {student: course.submitted() / student / NAME for student in ("ed", "fay", "gil")}
    (folder["ed"] / "data.csv").write_text("1,2")
    (folder["ed"] / "timestamp.txt").write_text("some day")
    (folder["fay"] / f"{NAME}.ipynb").rename(folder["fay"] / f"{NAME} (1).ipynb")
    (folder["gil"] / f"{NAME}.ipynb").write_bytes(b"\xff")
    return course


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Let seven hand-ins be many, and two processors be there."""
    monkeypatch.setattr(reading_ahead, "MEANWHILE", 2)
    monkeypatch.setattr(reading_ahead, "processors", lambda: 2)


@pytest.fixture
def begun(monkeypatch):
    """The processes that were begun."""
    processes, begin = [], reading_ahead._started

    def noted(course, submissions):
        processes.append(begin(course, submissions))
        return processes[-1]

    monkeypatch.setattr(reading_ahead, "_started", noted)
    return processes


@pytest.fixture
def here(monkeypatch):
    """Whose hand-ins were packed by this process."""
    students = []

    def noted(course, submission, assignments):
        students.append(submission.student)
        return pack(course, submission, assignments)

    monkeypatch.setattr(reading_ahead, "pack", noted)
    return students


def packed_here(course: Course) -> list:
    asked = assignments_of(course, NAME)
    return [(one, pack(course, one, asked)) for one in find_submissions(course, NAME)]


def packed(course: Course) -> list:
    submissions = find_submissions(course, NAME)
    with packed_ahead(course, submissions, assignments_of(course, NAME)) as parcels:
        return [*parcels]


def test_they_are_those_that_are_packed_here_in_their_order(course, begun, here):
    known = packed_here(course)
    assert packed(course) == known
    assert here == ["ada", "ben"]
    seen = {one.student: parcel.seen[NAME] for one, parcel in known}
    assert "holds no date" in seen["ed"].remarks.flags[0]
    assert "was taken for it" in seen["fay"].remarks.repairs[0]
    assert "not a readable notebook" in seen["gil"].unreadable
    assert [parcel.parts for _, parcel in known] == [1, 1, 1, 1, 1, 1, 0]
    part = decode(decode(known[4][1].asked, Asked).parts[0], Part)
    assert part.files == {"data.csv": b"1,2"}
    assert "def double(x): 4" in [cell.source for cell in part.cells]
    assert len(begun) == 1 and begun[0].returncode is not None


@pytest.mark.parametrize(
    "program",
    [
        "exit(1)",
        "1/0",
        "print('x' * 100, end='')",
        "print('parcel:', end='')",
        "import os; os.write(1, bytes(7) + b'\x09abc')",
    ],
)
def test_what_the_process_does_not_pack_is_packed_here(course, begun, monkeypatch, program):
    monkeypatch.setattr(reading_ahead, "PROGRAM", program)
    assert packed(course) == packed_here(course)
    assert len(begun) == 1


def test_a_name_that_cannot_be_written_costs_nobody_anything(course, here):
    """A lone surrogate in a cell's id came to where the whole class was packed."""
    path = course.submitted() / "dora" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace('"id": "answer"', '"id": "a\\ud800b"'))
    assert "ud800" in path.read_text()
    assert packed(course) == packed_here(course)
    assert here == ["ada", "ben"]


def test_a_fault_in_one_hand_in_is_that_hand_ins(course, monkeypatch):
    def failing(data: object) -> bytes:
        if isinstance(data, Part) and any("def double(x): 3" in one.source for one in data.cells):
            raise ValueError("it cannot be encoded")
        return encode(data)

    monkeypatch.setattr("autograder.cluster.packing.encode", failing)
    seen = {one.student: parcel.seen[NAME] for one, parcel in packed_here(course)}
    assert seen["dora"].fault == ("ValueError", "it cannot be encoded")
    assert [name for name, one in seen.items() if one.is_sent] == [
        *("ada", "ben", "chloë d'Arc", "ed", "fay")
    ]


def test_without_room_for_a_process_all_is_packed_here(course, monkeypatch):
    def failing(*_args: object, **_keywords: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(reading_ahead, "begin_beside", failing)
    assert packed(course) == packed_here(course)


def test_a_process_that_ends_in_between_is_taken_over_from(course, begun):
    submissions = find_submissions(course, NAME)
    with packed_ahead(course, submissions, assignments_of(course, NAME)) as parcels:
        taken = [next(parcels) for _ in range(3)]
        begun[0].kill()
        begun[0].wait()
        assert [*taken, *parcels] == packed_here(course)


def test_a_fault_of_the_machine_is_raised_here(course, monkeypatch):
    """The process that meets it ends, and here it is met again."""

    def failing(*_args: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(reading_ahead, "PROGRAM", "exit(1)")
    submissions = find_submissions(course, NAME)
    with packed_ahead(course, submissions, assignments_of(course, NAME)) as parcels:
        taken = [next(parcels), next(parcels)]
        monkeypatch.setattr(reading_ahead, "pack", failing)
        with pytest.raises(OSError, match="Too many"):
            next(parcels)
    assert len(taken) == 2


def test_what_a_course_prints_disturbs_nothing(course, here):
    text = 'c.CourseDirectory.course_id = "tiny"\nprint("a course that talks")\n'
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(text)
    assert packed(course) == packed_here(course)
    assert here == ["ada", "ben"]


def test_it_ends_with_the_run_however_that_ends(course, begun):
    with pytest.raises(KeyboardInterrupt):
        stop_early(course)
    assert begun[0].returncode is not None


def stop_early(course: Course) -> None:
    submissions = find_submissions(course, NAME)
    with packed_ahead(course, submissions, assignments_of(course, NAME)) as parcels:
        next(parcels)
        raise KeyboardInterrupt


@pytest.mark.parametrize(("cores", "meanwhile"), [(1, 2), (2, 4)])
def test_one_core_or_a_small_class_has_no_use_for_it(course, begun, monkeypatch, cores, meanwhile):
    monkeypatch.setattr(reading_ahead, "processors", lambda: cores)
    monkeypatch.setattr(reading_ahead, "MEANWHILE", meanwhile)
    assert packed(course) == packed_here(course)
    assert not begun


def test_nothing_beside_the_course_is_imported(course, tmp_path, monkeypatch):
    trap = tmp_path / "cwd"
    trap.mkdir()
    (trap / "msgspec.py").write_text(f"open({os.fspath(tmp_path / 'trapped')!r}, 'w')")
    monkeypatch.chdir(trap)
    assert packed(course)
    assert not (tmp_path / "trapped").exists()
