"""A server that behaves as Canvas' documentation says, for one course with one class.

Lists come in pages with a `Link` header; files arrive in three steps, of which the last one asks
for the token; who asks too much is put off, with 403 as before 2025 or with 429.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "1234~a-token-that-nobody-may-see"
COURSE, ASSIGNMENT, TEACHER = 12, 345, 7
PAGE = 3
Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Canvas:
    """What the course holds, and all that was asked of it."""

    students: list[dict[str, Any]] = field(default_factory=list)
    title: str = "Homework: Doubling"
    more: dict[str, Any] = field(default_factory=dict)
    submissions: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    # Answers that are given before anything is looked at.
    refusals: list[Answer] = field(default_factory=list)
    broken: Callable[[str, str], Answer | None] = lambda _method, _path: None
    address: str = ""
    _next: int = 1000

    def enter(self, user: int, **more: Any) -> None:
        """Add a student, who may hand in."""
        self.students.append({"id": user, "name": f"Student {user}", **more})
        self.submissions[user] = {"user_id": user, "assignment_id": ASSIGNMENT, "score": None,
                                  "excused": False, "submission_comments": []}  # fmt: skip

    def number(self) -> int:
        self._next += 1
        return self._next

    def assignment(self) -> dict[str, Any]:
        return {"id": ASSIGNMENT, "course_id": COURSE, "name": self.title, "points_possible": 3.0,
                "grading_type": "points", **self.more}  # fmt: skip

    def comments(self, user: int) -> list[dict[str, Any]]:
        return self.submissions[user]["submission_comments"]

    @property
    def written(self) -> list[tuple[str, str]]:
        """What was asked that changes something."""
        return [one for one in self.asked if one[0] != "GET"]


class _Handler(BaseHTTPRequestHandler):
    canvas: Canvas

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        self.canvas.asked.append((method, parts.path))
        status, told, headers = self._decide(method, parts.path, parts.query, body)
        data = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _decide(self, method: str, path: str, query: str, body: bytes) -> Answer:
        if self.canvas.refusals:
            return self.canvas.refusals.pop(0)
        if answer := self.canvas.broken(method, path):
            return answer
        if path == "/files_api":
            return self._receive(body)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            told = {"errors": [{"message": "Invalid access token."}]}
            return 401, told, {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
        form = parse_qs(body.decode("utf-8", "replace"))
        for pattern, answer in ROUTES.items():
            if found := re.fullmatch(pattern, f"{method} {path}"):
                return answer(self, parse_qs(query), form, *map(int, found.groups()))
        return 404, {"errors": [{"message": "The specified resource does not exist."}]}, {}

    def _receive(self, body: bytes) -> Answer:
        """Take a file: its signature must come back as it was given, and the file last."""
        assert "Authorization" not in self.headers
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts: list[Any] = message_from_bytes(head + body).get_payload()  # type: ignore[assignment]
        names = [part.get_param("name", header="content-disposition") for part in parts]
        assert names == ["key", "signature", "file"]
        key = parts[0].get_payload()
        assert parts[1].get_payload() == f"signed {key}"
        id = self.canvas.number()
        self.canvas.files[id] = self.canvas.pending.pop(key), parts[2].get_payload(decode=True)
        place = f"{self.canvas.address}/api/v1/files/{id}/create_success?uuid=u"
        return 303, "", {"Location": place}

    def _page(self, items: list[Any], query: dict[str, list[str]]) -> Answer:
        size = min(int(query.get("per_page", ["10"])[0]), PAGE)
        number = int(query.get("page", ["1"])[0])
        path = urlsplit(self.path).path
        link = f'<{self.canvas.address}{path}?page=1&per_page={size}>; rel="first"'
        if number * size < len(items):
            also = f"{self.canvas.address}{path}?page={number + 1}&per_page={size}"
            # What was asked for beside must be asked for again.
            rest = "".join(f"&{k}={v}" for k, vs in query.items() for v in vs if "[]" in k)
            link += f', <{also}{rest}>; rel="next"'
        return 200, items[(number - 1) * size : number * size], {"Link": link}

    def _submissions(self, query: dict[str, list[str]], _form: Any) -> Answer:
        given = [dict(one) for one in self.canvas.submissions.values()]
        if "submission_comments" not in query.get("include[]", []):
            for one in given:
                del one["submission_comments"]
        return self._page(given, query)

    def _announce(self, _query: Any, form: dict[str, list[str]], user: int) -> Answer:
        key = f"{user}/{self.canvas.number()}"
        self.canvas.pending[key] = form["name"][0]
        params = {"key": key, "signature": f"signed {key}"}
        return 200, {"upload_url": f"{self.canvas.address}/files_api", "upload_params": params}, {}

    def _confirm(self, _query: Any, _form: Any, file: int) -> Answer:
        self.canvas.confirmed.add(file)
        return 200, {"id": file, "url": "…", "display_name": self.canvas.files[file][0]}, {}

    def _grade(self, _query: Any, form: dict[str, list[str]], user: int) -> Answer:
        handed = self.canvas.submissions[user]
        if "submission[posted_grade]" in form:
            handed["score"] = float(form["submission[posted_grade]"][0])
        if "comment[text_comment]" in form:
            ids = [int(one) for one in form.get("comment[file_ids][]", [])]
            assert set(ids) <= self.canvas.confirmed  # or the file would not appear
            attached = [{"id": one, "display_name": self.canvas.files[one][0]} for one in ids]
            handed["submission_comments"].append(
                {"id": self.canvas.number(), "author_id": TEACHER, "attachments": attached,
                 "comment": form["comment[text_comment]"][0]})  # fmt: skip
        return 200, handed, {}

    def _forget(self, _query: Any, _form: Any, user: int, comment: int) -> Answer:
        left = [one for one in self.canvas.comments(user) if one["id"] != comment]
        self.canvas.submissions[user]["submission_comments"] = left
        return 200, {"id": comment}, {}


HERE = f"/api/v1/courses/{COURSE}"
THERE = f"{HERE}/assignments/{ASSIGNMENT}"
ROUTES: dict[str, Callable[..., Answer]] = {
    f"GET {HERE}": lambda *_: (200, {"id": COURSE, "name": "Course"}, {}),
    f"GET {HERE}/assignments": lambda one, query, _: one._page(
        [{"id": 1, "name": "Quiz", "course_id": COURSE}, one.canvas.assignment()], query),
    f"GET {THERE}": lambda one, *_: (200, one.canvas.assignment(), {}),
    f"GET {HERE}/(?:search_users|users)": lambda one, query, _: one._page(
        one.canvas.students, query),
    f"GET {THERE}/submissions": _Handler._submissions,
    f"POST {THERE}/submissions/(\\d+)/comments/files": _Handler._announce,
    r"GET /api/v1/files/(\d+)/create_success": _Handler._confirm,
    f"PUT {THERE}/submissions/(\\d+)": _Handler._grade,
    f"DELETE {THERE}/submissions/(\\d+)/comments/(\\d+)": _Handler._forget,
}  # fmt: skip


@contextmanager
def serving(canvas: Canvas) -> Iterator[Canvas]:
    """Have it answer on this machine, at `canvas.address`."""
    handler = type("Handler", (_Handler,), {"canvas": canvas})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    canvas.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield canvas
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
