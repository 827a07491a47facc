"""Pages go back to Moodle and Gradescope."""

from __future__ import annotations

import zipfile

import pytest

from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome, Verdict
from autograder.errors import UserError
from autograder.gradebook.people import Person
from autograder.gradebook.reader import Mark
from autograder.gradebook.status import Result, Status
from autograder.platforms.gradescope_results import results
from autograder.platforms.moodle_feedback import pack

START = "Ada Byron_4711_assignsubmission_"
FOLDERS = {
    "since 4.1": (f"{START}file/week.ipynb", f"{START}file/page.html"),
    "before": (f"{START}file_/week.ipynb", f"{START}file_/page.html"),
    "flat": (f"{START}file_week.ipynb", f"{START}file_page.html"),
    "text alone": (f"{START}onlinetext/onlinetext.html", f"{START}file/page.html"),
}


def packed(tmp_path, names, *people: Person):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "{}")

    def page_of(student):
        page = tmp_path / student / "page.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<p>of {student}</p>")
        return page

    known = {one.id: one for one in people}
    done = pack(tmp_path / "all.zip", tmp_path / "back.zip", known, page_of)
    with zipfile.ZipFile(tmp_path / "back.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}, done


@pytest.mark.parametrize(("name", "expected"), FOLDERS.values(), ids=FOLDERS)
def test_the_page_lies_where_moodle_looks_for_it(name, expected, tmp_path):
    assert packed(tmp_path, [name], Person("s1", "Ada", "Byron"))[0] == {expected: "<p>of s1</p>"}
    first = (tmp_path / "back.zip").read_bytes()
    packed(tmp_path, [name], Person("s1", "Ada", "Byron"))
    assert (tmp_path / "back.zip").read_bytes() == first


def test_no_namesake_gets_a_page(tmp_path):
    name = "Ada Byron_4711_assignsubmission_file/week.ipynb"
    found, done = packed(
        tmp_path, [name], Person("s1", "Ada", "Byron"), Person("s2", "Ada", "Byron")
    )
    assert not found and len(done.left_out) == 1
    twice = [name, name.replace("4711", "4712")]
    found, done = packed(tmp_path, twice, Person("Ada Byron"))
    assert not found and "2 folders are theirs" in done.left_out[0]


def test_a_blind_participant_is_found_by_the_number(tmp_path):
    name = "Participant_4711_assignsubmission_file/week.ipynb"
    assert list(packed(tmp_path, [name], Person("Participant 4711"))[0].values()) == [
        "<p>of Participant 4711</p>"
    ]


def test_another_platforms_download_is_refused(tmp_path):
    with pytest.raises(UserError, match="no download of hand-ins from Moodle"):
        packed(tmp_path, ["byronada_4711_1_week.ipynb"], Person("ada"))


CASES = (
    CaseVerdict("small", Outcome.PASSED, 1),
    CaseVerdict("large", Outcome.FAILED, 1, "Too big."),
)


def result(status: Status, **mark) -> Result:
    verdict = Verdict("ada", (ExerciseVerdict("double", 4, CASES),), 1,
                      refused="it is empty" if status is Status.REFUSED else "")  # fmt: skip
    return Result("ada", status, Mark("ada", {"double": 2.0}, **mark), verdict)


def test_gradescope_gets_a_test_for_each_exercise():
    told = results(result(Status.GRADED, penalty=0.5), {"double": 4.0})
    (test,) = told["tests"]
    assert (told["score"], test["score"], test["max_score"], test["status"]) == (
        1.5,
        2,
        4,
        "failed",
    )
    assert test["output"] == "1 of 2 cases passed.\nlarge: Too big."
    assert "late" in told["output"]


def test_what_waits_has_no_score():
    told = results(result(Status.WAITING, waiting=frozenset(["double"])), {"double": 4.0})
    assert "score" not in told and "score" not in told["tests"][0]
    told = results(result(Status.REFUSED), {"double": 4.0})
    assert "score" not in told and "could not be read: it is empty" in told["output"]
