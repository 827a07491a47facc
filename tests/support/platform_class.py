"""A class of 300 whose marks are in the gradebook, and what each platform would export of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Student

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.gradebook.kept import Kept, keep
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.gradebook.rows import GradedNotebook, GradedSubmission
from autograder.gradebook.writer import write_grades
from tests.support.tiny_class import NAME, released_course
from tests.support.tiny_course import silent

STUDENTS = 300
TITLE = "Doubling"
REFUSED = "doubling.ipynb is not a readable notebook: it is empty"
FIRST = ("Ada", "Zoë", "Łukasz", "Mei", "José", "O'Brien")
LAST = ("Byron", "Müller", "de la Cruz", "Żak", "Li", "van Dyke, Jr.")


@dataclass(frozen=True)
class Someone:
    """A student, as the platform knows them; `mark` is None for who has none."""

    number: int

    @property
    def first(self) -> str:
        return FIRST[self.number % len(FIRST)]

    @property
    def last(self) -> str:
        return f"{LAST[self.number // 6 % len(LAST)].partition(',')[0]} {self.number // 36}".strip()

    @property
    def login(self) -> str:
        return f"login{self.number}"

    @property
    def email(self) -> str:
        return f"login{self.number}@example.org"

    @property
    def id(self) -> int:
        return 4000 + self.number

    @property
    def sis(self) -> str:
        return f"0{90000 + self.number}"

    @property
    def kind(self) -> str:
        """What came of the hand-in: 20 handed in nothing, 5 are refused, 5 wait."""
        if self.number % 15 == 14:
            return "nothing"
        return {58: "refused", 57: "waiting"}.get(self.number % 60, "graded")

    @property
    def mark(self) -> float | None:
        points = (0.0, 1.5, 2.25, 3.0, 0.1 + 0.2)[self.number % 5]
        return points if self.kind == "graded" else None


PEOPLE = [Someone(number) for number in range(STUDENTS)]


def class_in(folder: Path, people: Sequence[Someone] = PEOPLE) -> Course:
    """Make a course and enter the class into its gradebook, students called by their login."""
    course = released_course(folder)
    with silent(), open_gradebook(course) as gradebook:
        for one in people:
            person: Any = {"first_name": one.first, "last_name": one.last, "email": one.email}
            gradebook.db.add(Student(id=one.login, **person))
        gradebook.db.commit()
    enter(course, people)
    return course


def enter(course: Course, people: Sequence[Someone]) -> None:
    """Enter the marks, and keep a verdict of each."""
    handed_in = [one for one in people if one.kind != "nothing"]
    for one in handed_in:
        refused = REFUSED if one.kind == "refused" else ""
        keep(course, NAME, Kept({}, Verdict(one.login, (), 1, refused=refused)))
    scores = {"refused": 0.0, "waiting": None}
    write_grades(
        course,
        NAME,
        [
            GradedSubmission(
                one.login, None, (GradedNotebook(NAME, {"test": scores.get(one.kind, one.mark)}),)
            )
            for one in handed_in
        ],
    )


def rows_of_csv(
    rows: Sequence[Sequence[Any]],
    *,
    separator: str = ",",
    end: str = "\r\n",
    quoting: Any = csv.QUOTE_MINIMAL,
    encoding: str = "utf-8",
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def canvas(
    people: Sequence[Someone] = PEOPLE, sign: str = ".", posting: bool = False, **how: Any
) -> bytes:
    """Canvas' gradebook: a row with points, the test student last, totals that are read only."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section",
            "Quiz 1 (71)", f"{TITLE} (72)", "Assignments Final Score", "Final Score"]  # fmt: skip
    points = ["    Points Possible", "", "", "", "", f"10{sign}00", f"3{sign}00",
              "(read only)", "(read only)"]  # fmt: skip
    rows = [head, points]
    if posting:
        rows.insert(1, ["", "", "", "", "", "Manual Posting", "", "", ""])
    for one in people:
        name = f"{one.last}, {one.first}"
        rows.append([name, str(one.id), one.sis, one.login, "Section A",
                     f"7{sign}50", "", f"75{sign}00", f"75{sign}00"])  # fmt: skip
    rows.append(["Student, Test", "9999", "", "a" * 40, "Section A", "", "", "", ""])
    return rows_of_csv(rows, **how)


MOODLE = {
    "en": ("Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,"
           "Grade can be changed,Last modified (submission),Last modified (grade),"
           "Feedback comments", "Participant ", "Yes", "Submitted for grading"),
    "de": ("ID,Vollständiger Name,ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung,"
           "Bewertung kann geändert werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),"
           "Feedback als Kommentar", "Teilnehmer/in", "Ja", "Zur Bewertung abgegeben"),
    "fr": ("Identifiant,Nom complet,Numéro d’identification,Adresse de courriel,Statut,Note,"
           "Note maximale,La note peut être modifiée,Dernière modification (travail remis),"
           "Dernière modification (note),Feedback par commentaires", "Participant ", "Oui",
           "Remis pour évaluation"),
    "ja": ("識別子,氏名,IDナンバー,メールアドレス,ステータス,評点,最大評点,評点は変更できます,"
           "最終更新 (提出),最終更新 (評点),フィードバックコメント", "参加者", "はい",
           "評定のため提出済み"),
    "ru": ("Идентификатор,Полное имя,Индивидуальный номер,Адрес электронной почты,Состояние,"
           "Оценка,Максимальная оценка,Оценка может быть изменена,Последнее изменение (ответ),"
           "Последнее изменение (оценка),Отзыв в виде комментария", "Участник ", "Да",
           "Ответы для оценки"),
}  # fmt: skip


def moodle(
    people: Sequence[Someone] = PEOPLE, language: str = "en", sign: str = ".", **how: Any
) -> bytes:
    """Moodle's grading worksheet, in the language of the site; some have a grade already."""
    heads, word, yes, status = MOODLE[language]
    rows = [heads.split(",")]
    for one in people:
        when = "Friday, 27 November 2026, 10:00 AM"
        rows.append([f"{word}{700 + one.number}", f"{one.first} {one.last}", one.sis, one.email,
                     status, "", f"3{sign}00", yes, when, "-", ""])  # fmt: skip
    return rows_of_csv(rows, **how)


def brightspace(people: Sequence[Someone] = PEOPLE, **how: Any) -> bytes:
    """Brightspace's export, with a sign before ids and at the end of each line."""
    head = ["OrgDefinedId", "Username", "Last Name", "First Name", "Email",
            f"{TITLE} Points Grade <Numeric MaxPoints:3 Weight:10>",
            "Quiz Points Grade <Numeric MaxPoints:10>", "Calculated Final Grade Numerator",
            "End-of-Line Indicator"]  # fmt: skip
    rows = [[f"#{one.sis}", f"#{one.login}", one.last, one.first, one.email, "", "4", "", "#"]
            for one in people]  # fmt: skip
    return rows_of_csv([head, *rows], **how)


def blackboard(people: Sequence[Someone] = PEOPLE, **how: Any) -> bytes:
    """Blackboard's download of one column, with its notes and feedback."""
    head = ["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability",
            f"{TITLE} [Total Pts: 3 Score] |403340", "Grading Notes", "Notes Format",
            "Feedback to Learner", "Feedback Format"]  # fmt: skip
    rows = [[one.last, one.first, one.login, one.sis, "2026-11-01 10:00:00", "Yes",
             "", "", "", "", ""] for one in people]  # fmt: skip
    settings: dict[str, Any] = {"separator": "\t", "encoding": "utf-16", "quoting": csv.QUOTE_ALL}
    return rows_of_csv([head, *rows], **(settings | how))


def gradescope(people: Sequence[Someone] = PEOPLE, **how: Any) -> bytes:
    """Gradescope's gradebook of a course."""
    head = ["First Name", "Last Name", "SID", "Email", "Sections", TITLE, f"{TITLE} - Max Points",
            f"{TITLE} - Submission Time", f"{TITLE} - Lateness (H:M:S)",
            "Total Lateness (H:M:S)"]  # fmt: skip
    rows = [[one.first, one.last, one.sis, one.email, "", "", "3.0", "", "", ""] for one in people]
    return rows_of_csv([head, *rows], **({"end": "\n"} | how))


Maker = Callable[..., bytes]
EXPORTS: dict[str, tuple[Maker, dict[str, Any]]] = {
    "Canvas": (canvas, {}),
    "Canvas, a semicolon and a decimal comma": (
        canvas, {"separator": ";", "sign": ",", "encoding": "utf-8-sig"}),
    "Canvas, manual posting, Windows' letters": (
        canvas, {"posting": True, "encoding": "utf-16"}),
    "Moodle": (moodle, {}),
    "Moodle, German": (moodle, {"language": "de", "sign": ",", "encoding": "utf-8-sig"}),
    "Moodle, French, all quoted": (
        moodle, {"language": "fr", "sign": ",", "quoting": csv.QUOTE_ALL, "separator": ";"}),
    "Moodle, Japanese": (moodle, {"language": "ja", "separator": "\t", "end": "\n"}),
    "Moodle, Russian": (moodle, {"language": "ru", "sign": ",", "encoding": "utf-16-le"}),
    "Brightspace": (brightspace, {"encoding": "utf-8-sig"}),
    "Blackboard": (blackboard, {}),
    "Blackboard, CSV": (blackboard, {"separator": ",", "encoding": "utf-8"}),
    "Gradescope": (gradescope, {}),
}  # fmt: skip


def exported(name: str) -> bytes:
    """Return what a platform would export of the whole class."""
    maker, how = EXPORTS[name]
    return maker(**how)
