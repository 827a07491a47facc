"""Bring hand-ins of a download into the course: which count, what is refused, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import UnreadableFile
from autograder.handin.downloads import archives, platforms
from autograder.handin.downloads.archives import Entries, Entry, open_download
from autograder.handin.downloads.placing import place, spellings
from autograder.handin.downloads.roster import Roster
from autograder.handin.downloads.whose import File, Reading, reading_of
from autograder.handin.notebook_names import is_notebook
from autograder.names import printable


@dataclass
class Collected:
    """What came of a download.

    Attributes
    ----------
    taken_for : list of str
        What each source was taken for, in a sentence.
    students : list of str
        Those with a new hand-in.
    late, kept, replaced : list of str
        Those whose hand-in the platform calls late, whose older one in the course is newer than
        this one or was replaced by it.
    left_aside : list of str
        Sentences on what a newer attempt in the same download replaces.
    own, by_systems : int
        How many files the platform adds by itself, and systems leave in archives.
    refused : list of str
        Sentences on what was refused, and why.
    """

    taken_for: list[str] = field(default_factory=list)
    students: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)
    own: int = 0
    by_systems: int = 0
    refused: list[str] = field(default_factory=list)


def collect(
    course: Course,
    name: str,
    sources: Iterable[Path],
    pattern: re.Pattern[str] | None = None,
    roster: Roster | None = None,
) -> Collected:
    """Put what the sources hold into submitted/STUDENT/NAME/, in place of older hand-ins."""
    done = Collected()
    for source in sources:
        if course.submitted().is_relative_to(source.resolve()):
            raise UserError(f"{source} is this course: name what the platform gave you.")
        with open_download(source) as entries:
            _Download(course, name, source, done).collect(entries, pattern, roster)
    return done


class _Download:
    """One source, and what comes of it."""

    def __init__(self, course: Course, name: str, source: Path, done: Collected) -> None:
        self._submitted, self._name = course.submitted(), name
        self._source, self._done = source, done

    def collect(
        self, entries: Entries, pattern: re.Pattern[str] | None, roster: Roster | None
    ) -> None:
        """Place the hand-ins of all students, one after another."""
        safe = self._safe(entries)
        if not pattern and (reason := _why_one_level_too_deep(safe, self._name)):
            self._done.refused.append(f"{self._source} is refused: {reason}.")
            return
        reading = reading_of(self._name, safe, pattern)
        self._done.taken_for.append(f"{self._source} is taken for {reading.title}.")
        by_student = defaultdict(list)
        for file in self._files(safe, reading, roster):
            by_student[file.student.casefold()].append(file)
        spelled = dict(spellings(self._submitted))
        for student, files in sorted(by_student.items()):  # one student's are written at a time
            if theirs := self._those_that_count(files):
                self._place(theirs, spelled.get(student, theirs[0].student))

    def _safe(self, entries: Entries) -> list[Entry]:
        """Return the files that may be a student's; say of whom there is nothing else."""
        safe, empty, told = [], dict[str, Entry](), set[str]()
        for entry, reason in entries:
            top = entry.name.partition("/")[0]
            if reason in (archives.FOLDER, archives.LEFT):
                self._done.by_systems += reason == archives.LEFT
                empty.setdefault(top, replace(entry, name=f"{top}/"))
                continue
            told.add(top)
            if reason:
                self._refuse(entry, reason)
            else:
                safe.append(entry)
        for top in sorted(empty.keys() - told - archives.LITTER):
            self._refuse(empty[top], "a student wrote nothing in it")
        return safe

    def _files(
        self, entries: Sequence[Entry], reading: Reading, roster: Roster | None
    ) -> Iterator[File]:
        for entry in entries:
            if reading.is_own(entry.name):
                self._done.own += 1
                continue
            try:
                yield from reading.files_of(entry, roster)
            except UnreadableFile as reason:
                self._refuse(entry, str(reason))

    def _those_that_count(self, files: list[File]) -> list[File]:
        """Return a student's files without those of which nobody can tell which is meant."""
        first = files[0]
        key = first.owner.id.casefold()
        other = next((file for file in files if file.owner.id.casefold() != key), None)
        if other:
            ids = f"{printable(first.owner.id)} and {printable(other.owner.id)}"
            self._refuse_all(files, f"{ids} are two students, but both would be {first.student}")
            return []
        if len({file.student for file in files}) > 1:
            self._refuse_all(files, "another name differs in upper and lower case only")
            return []
        files = self._of_newest_attempt(files)
        return [
            file for group in _by(files, lambda f: f.name.casefold()) for file in self._one(group)
        ]

    def _of_newest_attempt(self, files: list[File]) -> list[File]:
        """Return the files of the last attempt: those of two are never mixed."""
        attempts = _by(files, lambda file: file.owner.attempt)
        last = max(attempts, key=lambda attempt: max(file.moment for file in attempt))
        moment = max(file.moment for file in last)
        if any(max(f.moment for f in one) == moment for one in attempts if one is not last):
            self._refuse_all(files, "another attempt is the same student's and as new")
            return []
        for file in (file for attempt in attempts if attempt is not last for file in attempt):
            self._leave_aside(file)
        return last

    def _one(self, group: list[File]) -> list[File]:
        """Return the newest of a student's files of one name, if that is sure."""
        newest = max(group, key=lambda file: file.moment)
        others = [file for file in group if file is not newest]
        if len({file.name for file in group}) > 1:
            self._refuse_all(group, "another name differs in upper and lower case only")
            return []
        if any(file.moment == newest.moment for file in others):
            self._refuse_all(group, "another file is the same student's and as new")
            return []
        for file in others:
            self._leave_aside(file)
        return [newest]

    def _place(self, files: list[File], spelled: str) -> None:
        student = files[0].student
        folder = self._submitted / student / self._name
        try:
            if reason := _why_several_hand_ins(files):
                raise UnreadableFile(reason)
            was_there = folder.is_dir()
            is_newer, left_out = place(folder, files, spelled)
        except UnreadableFile as reason:
            about = f"nothing of {printable(student)} is collected"
            self._done.refused.append(f"{self._source}: {about}: {reason}.")
            return
        if not is_newer:
            self._done.kept.append(student)
            return
        self._done.students.append(student)
        if was_there:
            self._done.replaced.append(student)
        if any(file.owner.is_late for file in files):
            self._done.late.append(student)
        for reason in left_out:
            self._done.refused.append(f"{self._source}: of {printable(student)}, {reason}.")

    def _leave_aside(self, file: File) -> None:
        name = printable(file.entry.name)
        told = f"{self._source}: {name} is left aside: a newer one is the same student's."
        self._done.left_aside.append(told)

    def _refuse(self, entry: Entry, reason: str) -> None:
        self._done.refused.append(f"{self._source}: {printable(entry.name)} is refused: {reason}.")

    def _refuse_all(self, files: Sequence[File], reason: str) -> None:
        for file in files:
            self._refuse(file.entry, reason)


def _by(files: Iterable[File], key: Callable[[File], str]) -> list[list[File]]:
    groups = defaultdict(list)
    for file in files:
        groups[key(file)].append(file)
    return list(groups.values())


def _why_one_level_too_deep(entries: Sequence[Entry], name: str) -> str:
    """Say that a whole download lies in a folder, where it seems so: nobody is called after it."""
    if platforms.recognise(entry.name for entry in entries):
        return ""
    paths = [PurePosixPath(entry.name).parts for entry in entries]
    if len({parts[0] for parts in paths}) != 1 or any(len(parts) < 2 for parts in paths):
        return ""
    top = paths[0][0]
    inner = ["/".join(parts[1:]) for parts in paths]
    platform = platforms.recognise(inner)
    holds = [parts[1] for parts in paths if len(parts) > 2 and is_notebook(parts[-1])]
    beside = any(len(parts) == 2 and is_notebook(parts[-1]) for parts in paths)
    if not platform and (beside or not holds or name in holds):
        return ""
    guess = platform.title if platform else f"hand-ins of {', '.join(sorted(set(holds))[:3])}"
    return (
        f"all of it lies in one folder, {printable(top)}, and is like {printable(guess)}: "
        f"unpack it and collect the folder {printable(top)} itself"
    )


def _why_several_hand_ins(files: Sequence[File]) -> str:
    """Say that what one student would get are several hand-ins, where it seems so."""
    notebooks = [PurePosixPath(file.name) for file in files if is_notebook(file.name)]
    folders = sorted({path.parts[0] for path in notebooks if len(path.parts) > 1})
    names = {path.name.casefold() for path in notebooks}
    if (
        len(folders) < 2
        or len(names) == len(notebooks)
        or any(len(p.parts) == 1 for p in notebooks)
    ):
        return ""
    listed = ", ".join(map(printable, folders[:3]))
    return f"it is like a folder of hand-ins, of {listed}: collect that folder itself"
