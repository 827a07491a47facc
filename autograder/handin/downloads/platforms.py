"""How learning platforms name the files of a download: whose each is, by the platform's own id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = re.compile(r"(\w{3})\w* (\d{1,2}), (\d{4}) (\d{1,2})(\d\d) ([AP])M")
# Where hand-ins are blind, everybody has this name.
BLIND = "Participant"


@dataclass(frozen=True)
class Owner:
    """What a file's name tells of it.

    Attributes
    ----------
    id : str
        What the platform keys the student by; two of them are two students.
    student : str
        What the student is called where no roster says more.
    file : str
        The file's name beside the notebook.
    attempt : str
        A newer attempt replaces an older one as a whole.
    moment : datetime, optional
        When it was handed in, if the name tells.
    person : str
        The student's name, as the platform writes it.
    """

    id: str
    student: str
    file: str
    attempt: str = ""
    moment: datetime | None = None
    is_late: bool = False
    person: str = ""


@dataclass(frozen=True)
class Platform:
    """A platform: how its files are named, and how a student is called by their groups.

    Attributes
    ----------
    own : pattern
        The files that it adds by itself.
    by_name : bool
        Whether a student is called by their name, because the id is another in each assignment.
    columns : tuple of str
        The columns of a roster that hold its ids.
    """

    title: str
    patterns: tuple[re.Pattern[str], ...]
    own: re.Pattern[str]
    columns: tuple[str, ...]
    by_name: bool = False
    when: Callable[[str], datetime | None] = lambda _: None

    def owner(self, name: str) -> Owner | None:
        """Return whose file it is; None where no name of the platform's is like it."""
        for pattern in self.patterns:
            if found := pattern.fullmatch(name):
                return self._owner({key: text or "" for key, text in found.groupdict().items()})
        return None

    def knows(self, name: str) -> bool:
        """Tell whether a name is one that the platform gives."""
        return bool(self.own.fullmatch(name)) or self.owner(name) is not None

    def _owner(self, groups: Mapping[str, str]) -> Owner:
        id, person = groups["id"], groups.get("name", "")
        student = person if self.by_name else id
        if self.by_name and person == BLIND:
            student = f"{BLIND} {id}"
        when = groups.get("when", "")
        late = bool(groups.get("late"))
        return Owner(id, student, groups["file"], when, self.when(when), late, person)


def _patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.DOTALL) for text in texts)


def _brightspace_date(text: str) -> datetime | None:
    """Return the time in a folder's name, which has no colon; other languages' are not read."""
    found = _DATE.fullmatch(text)
    if not found or found[1] not in MONTHS:
        return None
    hour = int(found[4]) % 12 + 12 * (found[6] == "P")
    day = int(found[3]), MONTHS.index(found[1]) + 1, int(found[2])
    with suppress(ValueError, OverflowError):
        return datetime(*day, hour, int(found[5])).astimezone(UTC)
    return None


def _dashed_date(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S").astimezone(UTC)
    return None


def _exchange_date(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        return datetime.fromisoformat(text[:19].replace("_", ":")).replace(tzinfo=UTC)
    return None


NOTHING = re.compile(r"(?!)")
CANVAS = Platform(
    "a Canvas download",
    _patterns(
        r"anon_(?P<late>LATE_)?(?P<id>[A-Za-z0-9]+)_\d+_(?P<file>[^/]+)",
        r"(?P<name>[^/]*?)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>[^/]+)",
        r"(?P<name>[^/]*?)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>(?:text|link)\.html)",
    ),
    NOTHING,
    ("ID",),
)
MOODLE = Platform(
    "a Moodle download",
    _patterns(r"(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_?/|_)(?P<file>.+)"),
    NOTHING,
    ("Identifier",),
    by_name=True,
)
BRIGHTSPACE = Platform(
    "a Brightspace download",
    _patterns(r"(?P<id>[^/]+?)-\d+ - (?P<name>[^/]+?) - (?P<when>[^/]*\d{4}[^/]*)/(?P<file>.+)"),
    re.compile(r"index\.html"),
    ("OrgDefinedId", "Username"),
    when=_brightspace_date,
)
# The title may hold underscores, and so may a username: see `usernames`.
BLACKBOARD = Platform(
    "a Blackboard download",
    _patterns(r"(?P<id>[^/]+?)_attempt_(?P<when>\d{4}(?:-\d\d){5})_(?P<file>[^/]+)"),
    re.compile(r"(?P<id>[^/]+?)_attempt_(?P<when>\d{4}(?:-\d\d){5})\.txt", re.DOTALL),
    ("Username", "Student ID"),
    when=_dashed_date,
)
EXCHANGE = Platform(
    "a folder of nbgrader's exchange",
    _patterns(
        r"(?P<id>[^/+]+)\+(?P<name>[^/+]+)\+(?P<when>\d{4}-\d\d-\d\d \d\d[:_]\d\d[:_]\d\d[^/+]*)"
        r"(?:\+[^/]*)?/(?P<file>.+)"
    ),
    re.compile(r"[^/+]+\+[^/]+/timestamp\.txt"),
    ("student_id", "id"),
    when=_exchange_date,
)
GRADESCOPE = Platform(
    "a Gradescope export",
    _patterns(r"(?:assignment_\d+_export/)?(?P<id>submission_\d+)/(?P<file>.+)"),
    re.compile(r"(?:assignment_\d+_export/)?submission_metadata\.ya?ml"),
    ("Email", "SID"),
)
PLATFORMS = (MOODLE, CANVAS, GRADESCOPE, BRIGHTSPACE, BLACKBOARD, EXCHANGE)


def recognise(names: Iterable[str]) -> Platform | None:
    """Return the platform that named most of the files, if one named half of them or more."""
    known = list(names)
    counts = {platform.title: sum(map(platform.knows, known)) for platform in PLATFORMS}
    best = max(PLATFORMS, key=lambda platform: counts[platform.title])
    count = counts[best.title]
    return best if count and 2 * count >= len(known) else None


def like_a_platforms(name: str) -> str:
    """Return the platform whose names a name is like, in words; nothing if there is none."""
    return next((one.title for one in PLATFORMS if one.owner(name)), "")


def usernames(notes: Mapping[str, str]) -> dict[str, str]:
    r"""Return the username behind each title and username that Blackboard has put together.

    Parameters
    ----------
    notes : mapping
        What stands in the texts that Blackboard adds, by the title and username in their names.

    Examples
    --------
    >>> usernames({"Week_1_ada_b": "Name: Ada Byron (ada_b)\nAssignment: Week_1"})
    {'Week_1_ada_b': 'ada_b'}
    """
    found = {}
    for together, text in notes.items():
        for username in re.findall(r"^Name:.*\(([^()\n]+)\)\s*$", text[:1000], re.MULTILINE)[:1]:
            if together.endswith(f"_{username}"):
                found[together] = username
    return found
