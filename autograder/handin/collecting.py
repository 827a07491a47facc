"""Bring hand-ins of a download into the course: which file is whose, what is refused, and why."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from nbgrader.utils import parse_utc

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import UnreadableFile
from autograder.handin.archives import Entries, Entry, open_download
from autograder.handin.submission import (
    MOMENT,
    TIMESTAMP,
    read_timestamp,
    why_no_folder,
)
from autograder.names import printable, why_unfit

# Of one student: notebooks, and more beside them than grading would look at.
MOST_FILES, MOST_BYTES = 200, 50_000_000

# STUDENT/FILE or STUDENT/ASSIGNMENT/FILE, as nbgrader's own folders are.
BY_FOLDER = r"(?P<student_id>[^/]+)/(?:{name}/)?(?P<file_id>.+)"


@dataclass
class Collected:
    """What came of a download: students with a new hand-in, and what was refused and why."""

    students: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _File:
    """A file of a student's, with its name beside the notebook."""

    student: str
    name: str
    moment: datetime
    entry: Entry

    @property
    def folded(self) -> tuple[str, str]:
        """What it is called where case does not matter."""
        return self.student.casefold(), self.name.casefold()


def pattern_of(course: Course, name: str, given: str | None) -> re.Pattern[str]:
    """Return the pattern of file names: the one given, nbgrader's own setting, or by folder.

    Raises
    ------
    UserError
        If it is no regular expression with the groups that nbgrader asks for.
    """
    configured = course.config.FileNameCollectorPlugin.get("named_regexp", "")
    text = given or configured or BY_FOLDER.format(name=re.escape(name))
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise UserError(f"The pattern {text!r} is no regular expression: {error}.") from None
    if missing := {"student_id", "file_id"} - set(pattern.groupindex):
        raise UserError(f"The pattern {text!r} needs a group (?P<{min(missing)}>...).")
    return pattern


def collect(course: Course, name: str, sources: Iterable[Path], pattern: re.Pattern) -> Collected:
    """Put what the sources hold into submitted/STUDENT/NAME/, in place of older hand-ins."""
    done = Collected()
    for source in sources:
        with open_download(source) as entries:
            files = list(_matching(source, entries, pattern, done))
            by_student = defaultdict(list)
            for file in _distinct(source, files, done):
                by_student[file.student].append(file)
            spelled = _spellings(course.submitted())
            for student, theirs in sorted(by_student.items()):  # one student's in memory at a time
                try:
                    _place(course.submitted() / student / name, theirs, spelled, done)
                except UnreadableFile as reason:
                    done.refused.append(f"{source}: nothing of {student} is collected: {reason}.")
    return done


def _matching(
    source: Path, entries: Entries, pattern: re.Pattern, done: Collected
) -> Iterator[_File]:
    for entry, refusal in entries:
        try:
            if refusal:
                raise UnreadableFile(refusal)
            yield _file_of(entry, pattern)
        except UnreadableFile as reason:
            done.refused.append(f"{source}: {printable(entry.name)} is refused: {reason}.")


def _file_of(entry: Entry, pattern: re.Pattern) -> _File:
    match = pattern.match(entry.name)
    if not match or not match["student_id"] or not match["file_id"]:
        raise UnreadableFile("its name does not match the pattern of hand-ins")
    groups = match.groupdict()
    # As nbgrader reads a pattern: the name without its ending, and the ending of the file.
    path = PurePosixPath(groups["file_id"])
    name = str(path.with_suffix(PurePosixPath(entry.name).suffix))
    student = groups["student_id"]
    unfit = map(why_unfit, (student, *PurePosixPath(name).parts))
    if reason := next(filter(None, unfit), ""):
        raise UnreadableFile(reason)
    if "/" in student or path.is_absolute():
        raise UnreadableFile("the pattern finds a folder where a name should be")
    if name.casefold() == TIMESTAMP:
        raise UnreadableFile("the time of a hand-in is not the student's to tell")
    return _File(student, name, _moment_of(groups.get("timestamp"), entry), entry)


def _moment_of(text: str | None, entry: Entry) -> datetime:
    if not text:
        return entry.moment
    try:
        moment = parse_utc(text if MOMENT.fullmatch(text) else "")
    except (ValueError, OverflowError):
        raise UnreadableFile(f"{printable(text)} in its name is no date") from None
    return moment.replace(tzinfo=UTC)


def _distinct(source: Path, files: list[_File], done: Collected) -> Iterator[_File]:
    """Yield the files without those of which nobody can tell which is meant."""
    spellings = defaultdict(set)
    groups = defaultdict(list)
    for file in files:
        spellings[file.student.casefold()].add(file.student)
        groups[file.folded].append(file)
    for group in groups.values():
        newest = max(group, key=lambda file: file.moment)
        others = [file for file in group if file is not newest]
        if len(spellings[newest.student.casefold()]) > 1 or len({f.name for f in group}) > 1:
            reason = "another name differs in upper and lower case only"
        elif any(file.moment == newest.moment for file in others):
            reason = "another file is the same student's and as new"
        else:
            yield newest
            continue
        for file in group:
            done.refused.append(f"{source}: {printable(file.entry.name)} is refused: {reason}.")


def _spellings(submitted: Path) -> dict[str, str]:
    """Return how the students' folders are spelled, by how they are called without case."""
    there = submitted.iterdir() if submitted.is_dir() else ()
    return {path.name.casefold(): path.name for path in there}


def _place(folder: Path, files: list[_File], spelled: dict[str, str], done: Collected) -> None:
    """Write a student's files; raise UnreadableFile with the reason if nothing is to be written."""
    student = folder.parent.name
    _finish_replacing(folder)
    if (other := spelled.get(student.casefold(), student)) != student:
        raise UnreadableFile(f"{printable(other)} is there already, in other upper and lower case")
    if os.path.lexists(folder) and (reason := why_no_folder(folder)):
        raise UnreadableFile(reason)
    moment = max(file.moment for file in files)
    before = read_timestamp(folder).moment
    if before and before > moment.replace(tzinfo=None):
        done.kept.append(student)
        return
    contents = _read_all(files)
    contents[TIMESTAMP] = f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
    _replace(folder, contents)
    done.students.append(student)


def _read_all(files: list[_File]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    folders = {str(parent) for file in files for parent in PurePosixPath(file.name).parents}
    for file in files:
        if file.name in folders:
            raise UnreadableFile(f"{file.name} is both a file and a folder")
        try:
            contents[file.name] = file.entry.read()
        except UnreadableFile as reason:
            raise UnreadableFile(f"of {printable(file.entry.name)}, {reason}") from None
        if sum(map(len, contents.values())) > MOST_BYTES or len(contents) > MOST_FILES:
            raise UnreadableFile(f"it is more than {MOST_FILES} files or {MOST_BYTES / 1e6:g} MB")
    if not any(name.endswith(".ipynb") for name in contents):
        raise UnreadableFile("there is no notebook among the files")
    return contents


def _replace(folder: Path, contents: dict[str, bytes]) -> None:
    """Write a folder beside the old one, then put it in its place."""
    fresh, old = folder.with_name(f".{folder.name}.part"), folder.with_name(f".{folder.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, data in contents.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _finish_replacing(folder: Path) -> None:
    """Take back the old folder where a run was killed between the two renamings."""
    old = folder.with_name(f".{folder.name}.old")
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
