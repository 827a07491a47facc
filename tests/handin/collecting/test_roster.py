"""With a roster, the platform's ids become the course's own."""

from __future__ import annotations

import pytest

from tests.handin.collecting.downloads import FILE, collect, submitted, zipped
from tests.support.tiny_class import NAME

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1)
    Points Possible,,,,,10
"Byron, Ada",4711,u1,ada,A,
"Li, Ben",4712,4711,ben,A,
"""
MOODLE = """Identifier,Full name,ID number,Email address,Status
Participant 4711,Ada Byron,100,ada@example.org,x
Participant 4712,Ada Byron,101,other@example.org,x
"""
WORKSHEET = """ID;Vollständiger Name;ID-Nummer;E-Mail-Adresse;Status;Bewertung;Bestwertung;Ja;F
Teilnehmer/in4711;Zoë Byron;100;ada@example.org;x;;10,00;Ja;
Teilnehmer/in4712;Zoë Byron;101;other@example.org;x;;10,00;Ja;
"""
BRIGHTSPACE = "OrgDefinedId,Username,End-of-Line Indicator\n#1234,#ada,#\n#1235,#ben,#\n"
BLACKBOARD = (
    "Last Name\tFirst Name\tUsername\tStudent ID\nByron\tAda\tada\t100\nLi\tBen\tben\t101\n"
)
GERMAN = (
    "Nachname\tVorname\tBenutzername\tStudenten-ID\tLetzter Zugriff\tVerfügbarkeit\t"
    "Woche 1 [Gesamtpunkte: 3 Punktestand] |403340\n"
    "Byron\tAda\tada\t100\t-\tJa\t\nLi\tBen\tben\t101\t-\tJa\t\n"
)
HERE = {
    "Canvas": (CANVAS.encode("utf-8-sig"),
               [f"byronada_4711_1_{FILE}", f"liben_4712_2_{FILE}"], (), ["ada", "ben"]),
    "Canvas, another column": (CANVAS.replace(",", ";").replace('"Byron; Ada"', "B")
                               .replace('"Li; Ben"', "L").encode(),
                               [f"byronada_4711_1_{FILE}", f"liben_4712_2_{FILE}"],
                               ("--id-column", "SIS User ID"), ["u1", "4711"]),
    "Moodle, in German": (WORKSHEET.encode("cp1252"), [f"Zoë Byron_{n}_assignsubmission_file/{FILE}"
                                 for n in (4711, 4712)], (), ["100", "101"]),
    "Moodle, in German, by the address": (
        WORKSHEET.encode(), [f"Zoë Byron_{n}_assignsubmission_file/{FILE}" for n in (4711, 4712)],
        ("--id-column", "E-Mail-Adresse"), ["ada@example.org", "other@example.org"]),
    "Blackboard, in German": (
        GERMAN.encode("utf-16"),
        [f"ps1_{n}_attempt_2026-01-30-15-00-00_{FILE}" for n in ("ada", "ben")],
        ("--id-column", "Studenten-ID"), ["100", "101"]),
    "Moodle": (MOODLE.encode(), [f"Ada Byron_{n}_assignsubmission_file/{FILE}"
                                 for n in (4711, 4712)], (), ["100", "101"]),
    "Brightspace": (BRIGHTSPACE.encode(), [f"{n}-7 - X Y - Sep 13, 2025 310 PM/{FILE}"
                                           for n in (1234, 1235)], (), ["ada", "ben"]),
    "Blackboard": (BLACKBOARD.encode("utf-16"),
                   [f"ps1_{n}_attempt_2026-01-30-15-00-00_{FILE}" for n in ("ada", "ben")],
                   ("--id-column", "Student ID"), ["100", "101"]),
}  # fmt: skip


@pytest.mark.parametrize(("table", "names", "options", "students"), HERE.values(), ids=HERE)
def test_ids_become_the_courses_own(table, names, options, students, course, tmp_path):
    (tmp_path / "class.csv").write_bytes(table)
    path = zipped(tmp_path / "all.zip", dict(zip(names, ["of ada", "of ben"], strict=True)))
    collect(course, path, options=("--roster", str(tmp_path / "class.csv"), *options))
    expected = [
        (f"{student}/{NAME}/{FILE}", f"of {n}")
        for student, n in zip(students, ["ada", "ben"], strict=True)
    ]
    assert submitted(course) == dict(expected)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (CANVAS.replace("4712", "4713"), "no student of class.csv is 4712"),
        (CANVAS.replace(",ben,", ",,"), "nothing in the column SIS Login ID for 4712"),
        (CANVAS.replace(",ben,", ",ada,"), "4711 and 4712 are two students"),
        (CANVAS + '"Su, Eve",4712,u3,eve,A,\n', "several students of class.csv are 4712"),
    ],
)
def test_who_is_no_one_student_of_the_roster_is_refused(table, reason, course, tmp_path):
    (tmp_path / "class.csv").write_text(table)
    path = zipped(tmp_path / "all.zip", {f"byronada_4711_1_{FILE}": "", f"liben_4712_2_{FILE}": ""})
    options = ("--roster", str(tmp_path / "class.csv"))
    assert reason in collect(course, path, options=options, code=1).stderr


@pytest.mark.parametrize(
    ("table", "options", "reason"),
    [
        (b"a,b\n1,2\n", (), "has no column of ids: it has a, b"),
        (CANVAS.encode(), ("--id-column", "Matrikel"), "has no column Matrikel"),
        (b"\x80\x81", (), "has no column of ids"),
        (b"PK\3\4", (), "is no CSV"),
        (b"", (), "has no column"),
        (None, (), "cannot be used: it cannot be read"),
    ],
)
def test_what_is_no_roster_is_told(table, options, reason, course, tmp_path):
    if table is not None:
        (tmp_path / "class.csv").write_bytes(table)
    path = zipped(tmp_path / "all.zip", {f"a_1_2_{FILE}": ""})
    options = ("--roster", str(tmp_path / "class.csv"), *options)
    assert reason in collect(course, path, options=options, code=2).stderr
