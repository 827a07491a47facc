"""Which student each file of a download belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from nbgrader.utils import parse_utc

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import UnreadableFile
from autograder.handin.downloads import platforms
from autograder.handin.downloads.archives import Entry
from autograder.handin.downloads.gradescope import read_submitters
from autograder.handin.downloads.platforms import Owner, Platform
from autograder.handin.downloads.roster import Roster
from autograder.handin.submission import MOMENT, TIMESTAMP
from autograder.names import printable, why_unfit

# The file that tells whose a submission is, or the texts that tell a username, and no more.
MOST_NOTES = 20_000
Owners = Callable[[Entry], list[Owner]]


@dataclass(frozen=True)
class File:
    """A file of a student's, with its name beside the notebook."""

    owner: Owner
    moment: datetime
    entry: Entry

    @property
    def student(self) -> str:
        """What the course calls the student."""
        return self.owner.student

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.owner.file


@dataclass(frozen=True)
class Reading:
    """How the names of one download are read: what it is taken for, and whose a file is."""

    title: str
    owners: Owners
    columns: Sequence[str] = ()
    is_own: Callable[[str], bool] = lambda _: False

    def files_of(self, entry: Entry, roster: Roster | None) -> list[File]:
        """Return the file as each student's whose it is; several of a group have the same.

        Raises
        ------
        UnreadableFile
            If it is nobody's, or its name is one that no student and no file can have.
        """
        owners = self.owners(entry)
        if roster:
            owners = [replace(one, student=_listed(roster, self.columns, one)) for one in owners]
        for owner in owners:
            _require_names(owner)
        return [File(one, one.moment or entry.moment, entry) for one in owners]


def _listed(roster: Roster, columns: Sequence[str], owner: Owner) -> str:
    return roster.student(columns or [roster.own], [owner.id, owner.student], owner.person)


def _require_names(owner: Owner) -> None:
    path = PurePosixPath(owner.file)
    unfit = map(why_unfit, (owner.student, *path.parts))
    if reason := next(filter(None, unfit), ""):
        raise UnreadableFile(reason)
    if "/" in owner.student or path.is_absolute():
        raise UnreadableFile("the pattern finds a folder where a name should be")
    if owner.file.casefold() == TIMESTAMP:
        raise UnreadableFile("the time of a hand-in is not the student's to tell")


def pattern_of(course: Course, given: str | None) -> re.Pattern[str] | None:
    """Return the pattern of file names: the one given, or nbgrader's own setting, if there is one.

    Raises
    ------
    UserError
        If it is no regular expression with the groups that nbgrader asks for.
    """
    text = given or course.config.FileNameCollectorPlugin.get("named_regexp", "")
    if not text:
        return None
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise UserError(f"The pattern {text!r} is no regular expression: {error}.") from None
    if missing := {"student_id", "file_id"} - set(pattern.groupindex):
        raise UserError(f"The pattern {text!r} needs a group (?P<{min(missing)}>...).")
    return pattern


def reading_of(name: str, entries: Sequence[Entry], pattern: re.Pattern[str] | None) -> Reading:
    """Return how the names of these files are to be read.

    Parameters
    ----------
    name : str
        The assignment.
    """
    platform = platforms.recognise(entry.name for entry in entries)
    if pattern:
        columns = platform.columns if platform else ()
        return Reading("named as the pattern says", _by_pattern(pattern, platform), columns)
    if platform is None:
        return _by_folder(name, entries)
    owners = {
        platforms.GRADESCOPE.title: _of_gradescope,
        platforms.BLACKBOARD.title: _of_blackboard,
        platforms.EXCHANGE.title: _of_exchange(name),
    }.get(platform.title, lambda _: _of(platform))
    is_own = lambda text: bool(platform.own.fullmatch(text))  # noqa: E731
    return Reading(platform.title, owners(entries), platform.columns, is_own)


def _of(platform: Platform) -> Owners:
    def owners(entry: Entry) -> list[Owner]:
        if owner := platform.owner(entry.name):
            return [owner]
        raise UnreadableFile(f"its name is none that {platform.title} has")

    return owners


def _by_pattern(pattern: re.Pattern[str], platform: Platform | None) -> Owners:
    """Read names by a pattern, and by the platform's own ids who is another student."""

    def owners(entry: Entry) -> list[Owner]:
        match = pattern.match(entry.name)
        if not match or not match["student_id"] or not match["file_id"]:
            raise UnreadableFile("its name does not match the pattern of hand-ins")
        groups = match.groupdict()
        # As nbgrader reads a pattern: the name without its ending, and the ending of the file.
        ending = PurePosixPath(entry.name).suffix
        file = str(PurePosixPath(groups["file_id"]).with_suffix(ending))
        text = groups.get("timestamp") or ""
        known = platform.owner(entry.name) if platform else None
        id = groups.get("platform_id") or (known.id if known else "") or groups["student_id"]
        return [Owner(id, groups["student_id"], file, text, _moment_of(text))]

    return owners


def _moment_of(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parse_utc(text if MOMENT.fullmatch(text) else "")
    except (ValueError, OverflowError):
        raise UnreadableFile(f"{printable(text)} in its name is no date") from None
    return moment.replace(tzinfo=UTC)


def _by_folder(name: str, entries: Sequence[Entry]) -> Reading:
    """Read STUDENT/FILE and STUDENT/ASSIGNMENT/FILE, as nbgrader's own folders are."""
    parts = [PurePosixPath(entry.name).parts for entry in entries]
    nbgraders = bool(parts) and all(len(one) > 2 and one[1] == name for one in parts)
    times = {one.name: one for one in entries if one.name.endswith(f"/{name}/{TIMESTAMP}")}

    def owners(entry: Entry) -> list[Owner]:
        if like := platforms.like_a_platforms(entry.name):
            raise UnreadableFile(
                f"its name is like one of {like}, and most names are not: collect those apart"
            )
        student, _, file = entry.name.partition("/")
        file = file.removeprefix(f"{name}/")
        if not student or not file:
            raise UnreadableFile("its name does not tell the student: put it in a folder of theirs")
        told = times.get(f"{student}/{name}/{TIMESTAMP}") if nbgraders else None
        moment = _moment_of(told.read()[:100].decode("ascii", "replace").strip()) if told else None
        return [Owner(student, student, file, moment=moment)]

    title = "nbgrader's own folders" if nbgraders else "folders named after students"
    return Reading(title, owners, is_own=lambda text: nbgraders and text in times)


def _of_exchange(name: str) -> Callable[[Sequence[Entry]], Owners]:
    def owners(entry: Entry) -> list[Owner]:
        owner = platforms.EXCHANGE.owner(entry.name)
        if owner is None:
            raise UnreadableFile(f"its name is none that {platforms.EXCHANGE.title} has")
        if owner.person != name:
            raise UnreadableFile(f"it is of another assignment, {printable(owner.person)}")
        return [replace(owner, person="")]

    return lambda _: owners


def _of_blackboard(entries: Sequence[Entry]) -> Owners:
    notes = {}
    for entry in entries:
        if found := platforms.BLACKBOARD.own.fullmatch(entry.name):
            notes[found["id"]] = _text_of(entry)
    names = platforms.usernames(notes)

    def owners(entry: Entry) -> list[Owner]:
        (owner,) = _of(platforms.BLACKBOARD)(entry)
        return [replace(owner, student=names.get(owner.id, owner.id.rpartition("_")[2]))]

    return owners


def _text_of(entry: Entry) -> str:
    try:
        return entry.read()[:MOST_NOTES].decode("utf-8-sig", "replace")
    except UnreadableFile:
        return ""


def _of_gradescope(entries: Sequence[Entry]) -> Owners:
    known: dict[str, list[tuple[str, str, str]]] = {}
    problem = "submission_metadata.yml is missing"
    for entry in filter(lambda entry: platforms.GRADESCOPE.own.fullmatch(entry.name), entries):
        try:
            known |= read_submitters(entry.read())
            problem = "submission_metadata.yml does not name its students"
        except UnreadableFile as reason:
            problem = f"of submission_metadata.yml, {reason}"

    def owners(entry: Entry) -> list[Owner]:
        (owner,) = _of(platforms.GRADESCOPE)(entry)
        people = [one for one in known.get(owner.id, []) if any(one[:2])]
        if not people:
            raise UnreadableFile(f"nobody can tell whose it is: {problem}")
        return [
            Owner(email or number, number or email, owner.file, owner.id, person=person)
            for email, number, person in people
        ]

    return owners
