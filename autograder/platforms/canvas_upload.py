"""Marks and pages into Canvas through its API: as often as one likes, and each comment once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from autograder.course import Course
from autograder.errors import UserError
from autograder.feedback.writing import page_path
from autograder.gradebook.people import read_people
from autograder.gradebook.released import maximal_points
from autograder.gradebook.status import Result, read_results
from autograder.names import printable
from autograder.platforms.canvas_api import SECONDS, Address, in_one_sentence
from autograder.platforms.canvas_table import find_assignment, id_of, score_of, table_of
from autograder.platforms.choosing import column_of
from autograder.platforms.comments import comment_on
from autograder.platforms.filling import Filled, Line, Wishes, fill
from autograder.platforms.layout import Column, Held
from autograder.platforms.numbers import written

# At the end of our comments: what they were made from, so that none is made twice.
MARK = re.compile(r"\[([0-9a-f]{12})\]\s*\Z")
OURS = "autograder: "


@dataclass(frozen=True)
class Parcel:
    """What one student gets: a mark, a comment with their page, or both."""

    line: Line
    user: int
    score: float | None
    text: str = ""
    page: Path | None = None
    outdated: tuple[int, ...] = ()


@dataclass
class Upload:
    """What is to be sent and what came of it; `failed` are sentences."""

    address: Address
    assignment: Any
    filled: Filled
    parcels: list[Parcel] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def comments(self) -> int:
        """How many get a comment."""
        return sum(bool(parcel.text) for parcel in self.parcels)


def prepare(
    course: Course, name: str, remote: Any, address: Address, wishes: Wishes, wanted: str | None
) -> Upload:
    """Compare what is here with what Canvas has; return what has to be sent.

    Raises
    ------
    UserError
        If nothing is graded, or Canvas has no such assignment or refuses to tell of it.
    """
    results = read_results(course, name)
    if not any(result.mark for result in results.values()):
        raise UserError(f"Nothing is graded yet: run `autograder grade {name}` first.")
    points = maximal_points(course, name)
    with in_one_sentence(address, "the assignment and its hand-ins"):
        assignment = (
            remote.get_assignment(address.assignment)
            if address.assignment
            else find_assignment(remote, name, wanted, sum(points.values()))
        )
        users = list(remote.get_users(enrollment_type=["student"], include=["email"]))
        included = assignment.get_submissions(include=["submission_comments"])
        handed = {one.user_id: one for one in included}
    layout = table_of(assignment, users, handed)
    column = column_of(layout, name, str(assignment.id))
    assert isinstance(column, Column)  # it is the only one
    filled = fill(layout, column, read_people(course), results, points, wishes)
    upload = Upload(address, assignment, filled)
    for line in filled.lines:
        user, result = id_of(layout, line.row), results.get(line.student)
        score = score_of(line.new) if line.is_new else None
        parcel = Parcel(line, user, score)
        held = layout.held(line.row, column)
        if result and wishes.comments and (wishes.overwrite or held not in set(Held)):
            page = page_path(course, name, line.student)
            parcel = _with_comment(parcel, result, points, page, handed.get(user))
        if parcel.text or parcel.outdated or score is not None:
            upload.parcels.append(parcel)
    return upload


def _with_comment(
    parcel: Parcel, result: Result, points: Mapping[str, float], page: Path, handed: Any
) -> Parcel:
    """Add the comment, unless Canvas has it already."""
    said = comment_on(result, points)
    content = page.read_bytes() if page.is_file() else b""
    if not said or handed is None:
        return parcel
    digest = hashlib.sha256(said.encode() + b"\0" + content).hexdigest()[:12]
    known = {one["id"]: found[1] for one, found in _ours(handed)}
    if there := [id for id, made_from in known.items() if made_from == digest]:
        # An older one that could not be removed, or the same that arrived twice.
        return replace(parcel, outdated=tuple(id for id in known if id != there[0]))
    attached = page if content else None
    return Parcel(
        parcel.line, parcel.user, parcel.score, f"{said} [{digest}]", attached, tuple(known)
    )


def _ours(handed: Any) -> Iterator[tuple[dict[str, Any], re.Match[str]]]:
    for comment in getattr(handed, "submission_comments", None) or ():
        text = str(comment.get("comment") or "")
        found = MARK.search(text)
        if text.startswith(OURS) and found:
            yield comment, found


def send(upload: Upload, tell: Callable[[str], None] = lambda _student: None) -> None:
    """Send all parcels, one after the other: Canvas counts what is asked at once double.

    Where one fails the others go on. What may have been carried out all the same is not sent
    again here: the next run looks first.
    """
    for parcel in upload.parcels:
        try:
            with in_one_sentence(
                upload.address, f"the hand-in of {printable(parcel.line.student)}"
            ):
                _send_one(upload, parcel)
        except UserError as reason:
            upload.failed.append(str(reason))
        tell(parcel.line.student)


def _send_one(upload: Upload, parcel: Parcel) -> None:
    requester = upload.assignment._requester
    place = (
        f"courses/{upload.address.course}/assignments/{upload.assignment.id}"
        f"/submissions/{parcel.user}"
    )
    told: list[tuple[str, object]] = []
    if parcel.score is not None:
        told.append(("submission[posted_grade]", written(parcel.score)))
    if parcel.text:
        told.append(("comment[text_comment]", parcel.text))
    if parcel.page:
        told.append(("comment[file_ids][]", _attach(requester, place, parcel.page)))
    # One request for both, so that there is no mark without its page.
    if told:
        requester.request("PUT", place, _kwargs=told)
    for comment in parcel.outdated:
        requester.request("DELETE", f"{place}/comments/{comment}")


def _attach(requester: Any, place: str, page: Path) -> int:
    """Upload a page as Canvas documents it, in three steps; return the file's id.

    Not by the library's `upload_comment`: that makes a comment of its own without a text, and
    does not say who asks in the third step.
    """
    data = page.read_bytes()
    about = [("name", page.name), ("size", len(data)), ("content_type", "text/html")]
    told = requester.request("POST", f"{place}/comments/files", _kwargs=about).json()
    answer = requester._session.post(
        told["upload_url"],
        data=_fields(told["upload_params"]),
        files={"file": (page.name, data, "text/html")},
        allow_redirects=False,
        timeout=SECONDS,
    )
    answer.raise_for_status()
    location = answer.headers.get("Location")
    if location:
        is_own = urlsplit(location).netloc in ("", urlsplit(requester.original_url).netloc)
        address = urljoin(told["upload_url"], location)
        answer = requester.request("GET", _url=address, use_auth=is_own)
    return int(answer.json()["id"])


def _fields(params: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    return [(name, str(value)) for name, value in params.items()]
