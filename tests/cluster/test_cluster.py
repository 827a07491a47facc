"""A class on a Dask cluster: whatever becomes of it, the gradebook is that of a quiet run."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from autograder.cluster import crew
from autograder.cluster.scheduling import on_cluster
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import recall
from autograder.grading.run import grade
from autograder.grading.settings import Settings
from autograder.sandbox.isolation import Level
from tests.conftest import needs_isolation, run
from tests.support.cluster import Cluster
from tests.support.killing import grade_and_kill
from tests.support.tiny_class import NAME, STUDENTS, class_in, expected, marks, released_course
from tests.support.tiny_course import tables

pytestmark = [
    pytest.mark.slow,
    needs_isolation,
    pytest.mark.filterwarnings("ignore"),  # Dask's own
]

SEED = 5


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="module")
def undisturbed(template, tmp_path_factory) -> Course:
    """The class, graded on one machine. Tests only look at it."""
    course = class_in(template, tmp_path_factory.mktemp("undisturbed"))
    grade(course, NAME, Settings(seed=SEED), lambda _student: None)
    assert marks(course) == expected()
    return course


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.close()


@pytest.fixture
def course(template, tmp_path) -> Course:
    return class_in(template, tmp_path / "course")


class Run:
    """A run of the command's own code, in which something happens after so many hand-ins."""

    def __init__(self, course: Course, cluster: Cluster) -> None:
        self.course, self.cluster = course, cluster
        self.notices: list[str] = []
        self.said: list[str] = []
        self.events = {}

    def grade(self, settings: Settings | None = None) -> None:
        done = []

        def progress(student: str) -> None:
            done.append(student)
            for event in self.events.pop(len(done), ()):
                event()

        grader = on_cluster(self.cluster.address, self.notices.append)
        settings = settings or Settings(seed=SEED)
        grade(self.course, NAME, settings, progress, tell=self.said.append, grader=grader)


@pytest.fixture
def disturbed(course, cluster) -> Run:
    """A run on a cluster with two workers."""
    for name in ("one", "two"):
        if name not in cluster.workers or cluster.workers[name].poll() is not None:
            cluster.add(name, course_of_workers(course))
    return Run(course, cluster)


def course_of_workers(course: Course) -> Course:
    """Return a copy of the course that stays: a worker outlives the test that has started it."""
    place = course.root.parent.parent / "workers"
    if not place.is_dir():
        shutil.copytree(course.root, place)
        shutil.rmtree(place / "submitted")
    return Course.find(place)


def test_the_same_verdicts_as_on_one_machine_and_at_once_the_second_time(disturbed, undisturbed):
    disturbed.grade()
    assert tables(disturbed.course) == tables(undisturbed)
    for student in STUDENTS:
        here = recall(undisturbed, NAME, student)
        there = recall(disturbed.course, NAME, student)
        assert here and there and here.basis == there.basis
        assert replace(here.verdict, seconds=0.0) == replace(there.verdict, seconds=0.0)
        place = f"{student}/{NAME}/{NAME}.ipynb"
        texts = [
            one.autograded().joinpath(place).read_text() for one in (undisturbed, disturbed.course)
        ]
        assert texts[0] == texts[1]
    assert disturbed.notices[0].startswith("Dashboard: http://")
    assert any("Isolation:" in sentence for sentence in disturbed.said)
    again = Run(disturbed.course, disturbed.cluster)
    again.grade()
    assert not again.notices  # nobody was even asked


def test_a_worker_is_killed(disturbed, undisturbed):
    disturbed.events = {2: [lambda: disturbed.cluster.kill("one")]}
    disturbed.grade()
    assert tables(disturbed.course) == tables(undisturbed)


def test_all_workers_are_killed_and_others_come(disturbed, undisturbed):
    cluster, workers = disturbed.cluster, course_of_workers(disturbed.course)
    kill = [lambda name=name: cluster.kill(name) for name in ("one", "two")]
    disturbed.events = {1: [*kill, lambda: cluster.add("one", workers)]}
    disturbed.grade()
    assert tables(disturbed.course) == tables(undisturbed)
    assert any("is gone" in notice for notice in disturbed.notices)


def test_a_worker_that_stops_holds_nothing_up(disturbed, undisturbed):
    disturbed.events = {1: [lambda: disturbed.cluster.stop("two")]}
    disturbed.grade()
    disturbed.cluster.kill("two")
    assert tables(disturbed.course) == tables(undisturbed)


def test_the_command_is_killed_and_run_again(disturbed, undisturbed):
    grade_and_kill(12, NAME, disturbed.course.root, "--scheduler", disturbed.cluster.address)
    disturbed.grade()
    assert tables(disturbed.course) == tables(undisturbed)


def test_workers_that_are_not_fit_are_not_used(disturbed, undisturbed, tmp_path, monkeypatch):
    cluster, workers = disturbed.cluster, course_of_workers(disturbed.course)
    other = Course.find(shutil.copytree(workers.root, tmp_path / "other"))
    notebook = other.source(NAME) / f"{NAME}.ipynb"
    notebook.write_text(notebook.read_text().replace("double(5) == 10", "double(6) == 12"))
    cluster.kill("two")
    cluster.add("of another version", other)
    cluster.add("without isolation", workers, closed_to_namespaces=True)
    disturbed.grade(Settings(seed=SEED, level=Level.NAMESPACES))
    assert tables(disturbed.course) == tables(undisturbed)
    monkeypatch.setattr(crew, "GRACE", 1.0)
    cluster.kill("one")
    shutil.rmtree(disturbed.course.root / ".autograder")
    with pytest.raises(UserError, match="There is no worker that can grade") as refusal:
        disturbed.grade(Settings(level=Level.NAMESPACES))
    assert "it is of another version: the exercises differ" in str(refusal.value)
    assert "it gives too little isolation: namespaces: " in str(refusal.value)
    for name in ("of another version", "without isolation"):
        cluster.kill(name)


def test_the_scheduler_is_killed_and_another_goes_on(disturbed, undisturbed):
    cluster = disturbed.cluster
    disturbed.events = {2: [cluster.kill_scheduler]}
    with pytest.raises(UserError, match=r"is gone\. What is graded is kept"):
        disturbed.grade()
    cluster.start()
    for name in ("one", "two"):
        cluster.kill(name)
    cluster.add("one", course_of_workers(disturbed.course))
    disturbed.grade()
    assert tables(disturbed.course) == tables(undisturbed)


def test_the_command_starts_workers_itself(course, undisturbed):
    outcome = run("autograder", "grade", NAME, "--scheduler", "local:2", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert tables(course) == tables(undisturbed)
    assert "Dashboard: http://127.0.0.1:" in outcome.stderr
    assert f"{len(STUDENTS)} of {len(STUDENTS)} hand-ins, " in outcome.stderr


def test_an_address_that_is_none_is_refused_in_a_sentence(course):
    with pytest.raises(UserError, match="'local:none' is no scheduler"):
        on_cluster("local:none", print)
