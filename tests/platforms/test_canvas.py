"""Marks and pages reach Canvas through its API, once, whatever it answers in between."""

from __future__ import annotations

import pytest

from autograder.errors import UserError
from autograder.feedback.writing import page_path
from autograder.platforms.canvas_api import LONGEST_WAIT, TRIES, Address, open_course
from autograder.platforms.canvas_upload import Upload, prepare, send
from autograder.platforms.filling import Wishes, Zero
from tests.conftest import run
from tests.support.canvas_server import ASSIGNMENT, COURSE, TOKEN, Canvas, serving
from tests.support.platform_class import PEOPLE, Someone
from tests.support.tiny_class import NAME

pytestmark = pytest.mark.slow

FEW = PEOPLE[:16]
GRADED = [one for one in FEW if one.kind == "graded"]


@pytest.fixture
def canvas():
    with serving(Canvas()) as canvas:
        for one in FEW:
            sortable = f"{one.last}, {one.first}"
            canvas.enter(one.id, sortable_name=sortable, login_id=one.login, email=one.email)
        yield canvas


@pytest.fixture
def course(own_marked):
    for one in FEW:
        if one.kind != "nothing":
            write_page(own_marked, one, f"<p>of {one.login}</p>")
    return own_marked


def write_page(course, one: Someone, text: str) -> None:
    page = page_path(course, NAME, one.login)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text)


def page_in_browser(canvas: Canvas, assignment: int | None = ASSIGNMENT) -> str:
    end = f"/assignments/{assignment}" if assignment else ""
    return f"{canvas.address}/courses/{COURSE}{end}"


def uploaded(canvas: Canvas, course, wishes: Wishes = Wishes(), pause=None, **more) -> Upload:  # noqa: B008
    address = Address.read(page_in_browser(canvas, more.get("assignment", ASSIGNMENT)))
    remote = open_course(address, TOKEN, pause or (lambda _seconds: None))
    upload = prepare(course, NAME, remote, address, wishes, more.get("column"))
    send(upload)
    return upload


def file_of(canvas: Canvas, one: Someone) -> str:
    (comment,) = canvas.comments(one.id)
    (attached,) = comment["attachments"]
    name, content = canvas.files[attached["id"]]
    assert name == f"{NAME}.html"
    return content.decode()


def test_marks_and_pages_arrive_at_those_whose_they_are(canvas, course):
    upload = uploaded(canvas, course)
    assert not upload.failed
    for one in FEW:
        assert canvas.submissions[one.id]["score"] == (
            pytest.approx(one.mark) if one.mark is not None else None
        )
        if one.kind != "nothing":
            assert file_of(canvas, one) == f"<p>of {one.login}</p>"
            assert canvas.comments(one.id)[0]["comment"].startswith("autograder: test ")
    nothing = [one for one in FEW if one.kind == "nothing"]
    assert nothing and not any(canvas.comments(one.id) for one in nothing)


def test_a_second_run_writes_nothing(canvas, course):
    uploaded(canvas, course)
    canvas.asked.clear()
    assert not uploaded(canvas, course).parcels
    assert not canvas.written


def test_a_mark_of_many_digits_arrives_whole_and_once(canvas, course):
    canvas.more = {"points_possible": 1000.01}
    wishes = Wishes(scale=True, comments=False)
    uploaded(canvas, course, wishes)
    (one,) = [one for one in GRADED[:4] if one.mark == 2.25]
    assert canvas.submissions[one.id]["score"] == pytest.approx(750.0075, abs=1e-6)
    again = uploaded(canvas, course, wishes)
    assert not again.parcels and not [line for line in again.filled.lines if line.kept]


def test_what_canvas_deducts_for_lateness_is_not_entered_again_and_again(canvas, course):
    uploaded(canvas, course)
    late = GRADED[1]
    canvas.submissions[late.id] |= {"score": (late.mark or 0) - 0.5, "points_deducted": 0.5}
    again = uploaded(canvas, course)
    assert not again.parcels


def test_a_newer_page_takes_the_place_of_the_older_one(canvas, course):
    uploaded(canvas, course)
    theirs = {"id": 5, "author_id": 1, "comment": "autograder: is it right?", "attachments": []}
    canvas.comments(FEW[0].id).append(theirs)
    write_page(course, FEW[0], "<p>newer</p>")
    assert [one.user for one in uploaded(canvas, course).parcels] == [FEW[0].id]
    canvas.comments(FEW[0].id).remove(theirs)
    assert file_of(canvas, FEW[0]) == "<p>newer</p>"


def test_an_older_page_that_could_not_be_taken_away_goes_with_the_next_run(canvas, course):
    uploaded(canvas, course)
    write_page(course, FEW[0], "<p>newer</p>")
    canvas.broken = lambda method, _path: (500, "", {}) if method == "DELETE" else None
    assert uploaded(canvas, course).failed
    assert len(canvas.comments(FEW[0].id)) == 2
    canvas.comments(FEW[0].id).append(canvas.comments(FEW[0].id)[1] | {"id": 77})  # came twice
    canvas.broken = lambda _method, _path: None
    again = uploaded(canvas, course)
    assert not again.failed
    assert again.comments == 0
    assert file_of(canvas, FEW[0]) == "<p>newer</p>"
    assert not uploaded(canvas, course).parcels


def test_what_a_person_entered_stays(canvas, course):
    excused, higher, other = GRADED[0], GRADED[1], GRADED[3]
    canvas.submissions[excused.id]["excused"] = True
    canvas.submissions[higher.id]["score"] = 3.5
    del canvas.submissions[other.id]  # the assignment is not theirs
    upload = uploaded(canvas, course)
    assert not upload.failed
    assert canvas.submissions[excused.id]["score"] is None and not canvas.comments(excused.id)
    assert canvas.submissions[higher.id]["score"] == 3.5
    kept = {line.student: line.kept for line in upload.filled.lines if line.kept}
    assert set(kept) == {one.login for one in (excused, higher, other)}


def test_zeros_and_scaling_are_asked_for(canvas, course):
    canvas.more = {"points_possible": 30.0}
    uploaded(canvas, course, Wishes(scale=True, comments=False, zeros=frozenset([Zero.MISSING])))
    first = GRADED[1]
    assert canvas.submissions[first.id]["score"] == pytest.approx(10 * (first.mark or 0))
    (nothing,) = (one for one in FEW if one.kind == "nothing")
    assert canvas.submissions[nothing.id]["score"] == 0
    assert not canvas.files


PUT_OFF = {
    "as before 2025": (403, "403 Forbidden (Rate Limit Exceeded)", {"X-Rate-Limit-Remaining": "0"}),
    "as since": (429, "Rate Limit Exceeded", {"Retry-After": "3"}),
    "a wait without end": (429, "", {"Retry-After": "86400"}),
    "no number": (429, "", {"Retry-After": "soon"}),
}


@pytest.mark.parametrize("answer", PUT_OFF.values(), ids=PUT_OFF)
def test_who_is_put_off_waits_and_asks_again(answer, canvas, course):
    waits = []
    canvas.broken = _every_fifth(answer)
    upload = uploaded(canvas, course, pause=waits.append)
    assert not upload.failed and waits and max(waits) <= LONGEST_WAIT
    assert all(len(canvas.comments(one.id)) == 1 for one in GRADED)


def _every_fifth(answer):
    count = [0]

    def broken(_method, _path):
        count[0] += 1
        return answer if count[0] % 5 == 0 else None

    return broken


def test_waiting_has_an_end(canvas, course):
    waits = []
    canvas.broken = lambda *_: PUT_OFF["as since"]
    with pytest.raises(UserError, match="was asked too much: run the same command later"):
        uploaded(canvas, course, pause=waits.append)
    assert len(waits) == TRIES - 1


def test_a_small_quota_is_spared(canvas, course):
    waits = []
    canvas.refusals = [(200, {"id": COURSE, "name": "C"}, {"X-Rate-Limit-Remaining": "12.5"})]
    uploaded(canvas, course, pause=waits.append)
    assert waits == [1.0]


def test_what_broke_in_between_is_told_and_mended_by_the_next_run(canvas, course):
    def broken(method, path):
        is_theirs = f"/{GRADED[2].id}" in path
        return (502, "<html>", {}) if method == "PUT" and is_theirs else None

    canvas.broken = broken
    (sentence,) = uploaded(canvas, course).failed
    assert GRADED[2].login in sentence and "502" in sentence
    canvas.broken = lambda *_: None
    assert [one.user for one in uploaded(canvas, course).parcels] == [GRADED[2].id]
    assert file_of(canvas, GRADED[2]) == f"<p>of {GRADED[2].login}</p>"


def test_the_assignment_is_found_by_its_name(canvas, course):
    assert not uploaded(canvas, course, assignment=None).failed
    assert canvas.submissions[GRADED[1].id]["score"] is not None
    canvas.title = "Week 1"
    with pytest.raises(UserError, match="Name one with --column"):
        uploaded(canvas, course, assignment=None)
    assert uploaded(canvas, course, assignment=None, column="Week 1").assignment.id == ASSIGNMENT


WRONG = {
    "no such course": (404, {"errors": [{"message": "gone"}]}, {}, "has nothing at the course"),
    "not allowed": (403, {"status": "unauthorized"}, {}, "does not let this token's owner"),
    "a page of something else": (200, "<html>Welcome</html>", {}, "does not answer as Canvas"),
}


@pytest.mark.parametrize(("status", "told", "headers", "sentence"), WRONG.values(), ids=WRONG)
def test_what_canvas_refuses_is_one_sentence(status, told, headers, sentence, canvas, course):
    canvas.refusals = [(status, told, headers)]
    with pytest.raises(UserError, match=sentence):
        uploaded(canvas, course)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"grading_type": "pass_fail"}, "complete or incomplete"),
     ({"anonymize_students": True}, "graded anonymously")],
)  # fmt: skip
def test_an_assignment_that_takes_no_points_is_refused(more, sentence, canvas, course):
    canvas.more = more
    with pytest.raises(UserError, match=sentence):
        uploaded(canvas, course)


@pytest.mark.parametrize(
    "text",
    ["canvas.example.edu", "https://canvas.example.edu", "http://canvas.example.edu/courses/1",
     "https://evil@canvas.example.edu/courses/1", "ftp://x/courses/1"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(text):
    with pytest.raises(UserError):
        Address.read(text)


def test_the_address_is_as_the_browser_shows_it():
    shown = "https://canvas.example.edu/courses/12/assignments/345?module_item_id=6"
    assert Address.read(shown) == Address("https://canvas.example.edu", 12, 345)
    assert Address.read("https://c.edu/courses/12/grades") == Address("https://c.edu", 12)


@pytest.mark.parametrize("token", ["", "wrong", "with a blank", "ünlike"])
def test_a_wrong_token_is_told_and_never_shown(token, canvas, course):
    outcome = run("autograder", "canvas", NAME, page_in_browser(canvas), cwd=course.root,
                  env={"CANVAS_TOKEN": token})  # fmt: skip
    assert outcome.returncode == 2 and "CANVAS_TOKEN" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1
    assert not token or token not in outcome.stdout + outcome.stderr


def test_nobody_at_the_address_is_one_sentence(course):
    outcome = run("autograder", "canvas", NAME, "http://127.0.0.1:9/courses/1", cwd=course.root,
                  env={"CANVAS_TOKEN": TOKEN})  # fmt: skip
    assert outcome.returncode == 2 and "does not answer" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1 and TOKEN not in outcome.stderr


def test_the_command_tries_first_and_then_sends(canvas, course):
    words = ("autograder", "canvas", NAME, page_in_browser(canvas))
    env = {"CANVAS_TOKEN": TOKEN}
    tried = run(*words, "--dry-run", cwd=course.root, env=env)
    assert tried.returncode == 0 and "Nothing is sent" in tried.stdout, tried.stderr
    assert f"[{GRADED[0].login}]" in tried.stdout and not canvas.written
    sent = run(*words, cwd=course.root, env=env)
    assert sent.returncode == 0 and "marks are new" in sent.stdout, sent.stderr
    assert TOKEN not in sent.stdout + sent.stderr
    assert file_of(canvas, GRADED[0]) == f"<p>of {GRADED[0].login}</p>"
