"""The downloads of learning platforms are recognised, and keyed by the platform's own ids."""

from __future__ import annotations

import pytest

from tests.handin.collecting.downloads import FILE, Said, add, collect, submitted, zipped
from tests.support.tiny_class import NAME

METADATA = """---
submission_1:
  :submitters:
  - :name: Ada Byron
    :sid: s100
    :email: ada@example.org
  :created_at: 2026-03-01 10:00:00 Z
submission_2:
  :submitters:
  - {":name": Ben Li, ":sid": '', ":email": ben@example.org}
  - {":name": Eve Su, ":sid": 300, ":email": eve@example.org}
"""
ADA, BEN = f"of ada in {FILE}", f"of ben in {FILE}"

# What each platform calls the files of two students, and what they are called without a roster.
DOWNLOADS = {
    "Moodle since 4.1": (
        {f"Ada Byron_4711_assignsubmission_file/{FILE}": ADA,
         f"Bén O'Li_4712_assignsubmission_file/{FILE}": BEN,
         "Bén O'Li_4712_assignsubmission_file/data/a.csv": "1"},
        "a Moodle download", ["Ada Byron", "Bén O'Li"]),
    "Moodle before 4.1": (
        {f"Ada Byron_4711_assignsubmission_file_/{FILE}": ADA,
         f"Ben Li_4712_assignsubmission_file_/{FILE}": BEN},
        "a Moodle download", ["Ada Byron", "Ben Li"]),
    "Moodle, flat": (
        {f"Ada Byron_4711_assignsubmission_file_{FILE}": ADA,
         f"Ben Li_4712_assignsubmission_file_{FILE}": BEN},
        "a Moodle download", ["Ada Byron", "Ben Li"]),
    "Moodle, blind": (
        {f"Participant_4711_assignsubmission_file/{FILE}": ADA,
         f"Participant_4712_assignsubmission_file/{FILE}": BEN},
        "a Moodle download", ["Participant 4711", "Participant 4712"]),
    "Canvas": (
        {f"byronada_LATE_4711_815_{FILE}": ADA, f"_4712_816_{FILE}": BEN},
        "a Canvas download", ["4711", "4712"]),
    "Canvas, anonymous": (
        {f"anon_Xk3f9_815_{FILE}": ADA, f"anon_Pq812_816_{FILE}": BEN},
        "a Canvas download", ["Xk3f9", "Pq812"]),
    "Brightspace": (
        {f"1234-77 - Ada Byron - Sep 13, 2025 310 PM/{FILE}": ADA,
         f"1235-77 - Ben Li-Su - Sep 13, 2025 1110 PM/{FILE}": BEN,
         "index.html": "<p>"},
        "a Brightspace download", ["1234", "1235"]),
    "Blackboard": (
        {f"Week_1_ada_b_attempt_2026-01-30-15-00-00_{FILE}": ADA,
         "Week_1_ada_b_attempt_2026-01-30-15-00-00.txt": "Name: Ada Byron (ada_b)\nGrade: ",
         f"Week_1_ben_attempt_2026-01-30-15-00-00_{FILE}": BEN},
        "a Blackboard download", ["ada_b", "ben"]),
    "nbgrader's exchange": (
        {f"ada+{NAME}+2026-03-01 11:59:58.000000 UTC+Zm9v/{FILE}": ADA,
         f"ada+{NAME}+2026-03-01 11:59:58.000000 UTC+Zm9v/timestamp.txt": "2020-01-01",
         f"ben+{NAME}+2026-03-01 11_59_58.000000 UTC/{FILE}": BEN},
        "a folder of nbgrader's exchange", ["ada", "ben"]),
    "nbgrader's own": (
        {f"ada/{NAME}/{FILE}": ADA, f"ada/{NAME}/timestamp.txt": "2026-02-01 10:00:00 UTC",
         f"ben/{NAME}/{FILE}": BEN},
        "nbgrader's own folders", ["ada", "ben"]),
}  # fmt: skip


def told(said: Said, sentence: str) -> bool:
    return any(sentence in line for line in (said.stdout + said.stderr).splitlines())


@pytest.mark.parametrize(("files", "title", "students"), DOWNLOADS.values(), ids=DOWNLOADS)
def test_a_platforms_download_needs_no_pattern(files, title, students, course, tmp_path):
    said = collect(course, zipped(tmp_path / "all.zip", files))
    assert told(said, f"all.zip is taken for {title}.")
    expected = {f"{students[0]}/{NAME}/{FILE}": ADA, f"{students[1]}/{NAME}/{FILE}": BEN}
    found = submitted(course)
    assert {name: text for name, text in found.items() if name.endswith(FILE)} == expected
    assert told(said, "Collected 2 hand-ins")


def stamp(course, student: str) -> str:
    return (course.submitted() / student / NAME / "timestamp.txt").read_text()[:19]


def test_times_are_those_that_the_platform_tells(course, tmp_path):
    for place in ("Brightspace", "Blackboard", "nbgrader's exchange"):
        collect(course, zipped(tmp_path / "all.zip", DOWNLOADS[place][0]))
    assert stamp(course, "1234") == "2025-09-13 15:10:00"
    assert stamp(course, "1235") == "2025-09-13 23:10:00"
    assert stamp(course, "ada_b") == "2026-01-30 15:00:00"
    assert stamp(course, "ada") == "2026-03-01 11:59:58"


def test_nbgraders_own_folders_keep_their_times(course, tmp_path):
    collect(course, zipped(tmp_path / "all.zip", DOWNLOADS["nbgrader's own"][0]))
    assert stamp(course, "ada") == "2026-02-01 10:00:00"


def test_a_gradescope_export_gives_each_of_a_group_its_hand_in(course, tmp_path):
    files = {
        "assignment_9_export/submission_metadata.yml": METADATA,
        f"assignment_9_export/submission_1/{FILE}": ADA,
        f"assignment_9_export/submission_2/{FILE}": BEN,
        f"assignment_9_export/submission_3/{FILE}": "nobody's",
    }
    said = collect(course, zipped(tmp_path / "all.zip", files), code=1)
    assert submitted(course) == {
        f"s100/{NAME}/{FILE}": ADA,
        f"ben@example.org/{NAME}/{FILE}": BEN,
        f"300/{NAME}/{FILE}": BEN,
    }
    assert told(said, "taken for a Gradescope export")
    assert told(said, "submission_3")


@pytest.mark.parametrize("text", ["- a list", "a: [", "", "\x00\x01", "[" * 5000])
def test_what_gradescope_never_wrote_is_told(text, course, tmp_path):
    files = {f"submission_1/{FILE}": ADA, "submission_metadata.yml": text}
    said = collect(course, zipped(tmp_path / "all.zip", files), code=1)
    assert told(said, "nobody can tell whose it is")


def test_names_that_squash_alike_are_two_students_of_canvas(course, tmp_path):
    files = {f"byronada_4711_815_{FILE}": ADA}
    path = zipped(tmp_path / "all.zip", files, add(f"byronada_4712_816_{FILE}", ""))
    collect(course, path)
    assert submitted(course) == {f"4711/{NAME}/{FILE}": ADA, f"4712/{NAME}/{FILE}": ""}


def test_two_ids_under_one_student_are_refused_and_both_named(course, tmp_path):
    path = zipped(
        tmp_path / "all.zip",
        {
            f"Ada Byron_4711_assignsubmission_file/{FILE}": "one",
            f"Ada Byron_4712_assignsubmission_file/{FILE}": "other",
            f"Ben Li_4713_assignsubmission_file/{FILE}": BEN,
        },
    )
    said = collect(course, path, code=1)
    assert told(said, "4711 and 4712 are two students")
    assert submitted(course) == {f"Ben Li/{NAME}/{FILE}": BEN}


def test_a_pattern_by_names_does_not_mix_up_two_ids(course, tmp_path):
    pattern = r"(?P<student_id>[^_]+)(?:_LATE)?_\d+_\d+_(?P<file_id>\w+)"
    path = zipped(
        tmp_path / "all.zip",
        {f"byronada_4711_815_{FILE}": ADA},
        add(f"byronada_4712_816_{FILE}", ""),
    )
    said = collect(course, path, options=("--pattern", pattern), code=1)
    assert told(said, "4711 and 4712 are two students")
    assert submitted(course) == {}


def test_late_replaced_and_refused_ones_are_counted(course, tmp_path):
    old = {f"a_4711_815_{FILE}": "old", f"b_4712_816_{FILE}": BEN}
    collect(course, zipped(tmp_path / "old.zip", old))
    new = zipped(
        tmp_path / "new.zip", {}, lambda z: [add(f"a_LATE_4711_900_{FILE}", ADA)(z), add("x")(z)]
    )
    said = collect(course, new, code=1)
    assert told(said, "Collected 1 hand-ins")
    assert told(said, "1 of them are late")
    assert told(said, "1 of them replace an older one")
    assert told(said, "Refused 1")


def test_the_last_attempt_counts_as_a_whole(course, tmp_path):
    head = "ps1_ada_attempt_2026-01-"
    files = {
        f"{head}30-15-00-00_{FILE}": "first",
        f"{head}30-15-00-00_helper.py": "first",
        f"{head}31-15-00-00_{FILE}": "second",
    }
    said = collect(course, zipped(tmp_path / "all.zip", files))
    assert submitted(course) == {f"ada/{NAME}/{FILE}": "second"}
    assert told(said, "helper.py is left aside: a newer one")


@pytest.mark.parametrize(
    ("files", "guess"),
    [
        ({f"down/Ada B_1_assignsubmission_file/{FILE}": "x"}, "a Moodle download"),
        ({f"down/a_1_2_{FILE}": "x", f"down/b_2_3_{FILE}": "x"}, "a Canvas download"),
        ({f"down/ada/{FILE}": "x", f"down/ben/{FILE}": "x"}, "hand-ins of ada, ben"),
        ({f"down/ada/{NAME}/{FILE}": "x"}, "hand-ins of ada"),
    ],
)
def test_a_download_zipped_with_its_folder_is_refused_with_a_guess(files, guess, course, tmp_path):
    said = collect(course, zipped(tmp_path / "all.zip", files), code=1)
    assert told(said, f"all of it lies in one folder, down, and is like {guess}")
    assert submitted(course) == {}


def test_a_folder_of_hand_ins_among_hand_ins_is_refused(course, tmp_path):
    files = {f"ada/{FILE}": ADA, f"group/ben/{FILE}": "x", f"group/eve/{FILE}": "x"}
    said = collect(course, zipped(tmp_path / "all.zip", files), code=1)
    assert told(said, "nothing of group is collected: it is like a folder of hand-ins, of ben, eve")
    assert submitted(course) == {f"ada/{NAME}/{FILE}": ADA}


def test_a_download_among_folders_is_told_apart(course, tmp_path):
    files = {f"{name}/{FILE}": "x" for name in ("ada", "ben", "eve")}
    files[f"Max Q_4711_assignsubmission_file/{FILE}"] = "x"
    said = collect(course, zipped(tmp_path / "all.zip", files), code=1)
    assert told(said, "like one of a Moodle download, and most names are not")


def test_the_exchange_of_another_assignment_is_refused(course, tmp_path):
    moment = "2026-03-01 11:59:58.000000 UTC"
    files = {f"ada+{NAME}+{moment}/{FILE}": ADA, f"ben+other+{moment}/{FILE}": BEN}
    said = collect(course, zipped(tmp_path / "all.zip", files), code=1)
    assert told(said, "it is of another assignment, other")
    assert submitted(course) == {f"ada/{NAME}/{FILE}": ADA}
