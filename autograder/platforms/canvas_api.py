"""A course in Canvas, asked through its API: patiently, and with one sentence where it refuses."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from canvasapi import Canvas
from canvasapi import exceptions as refusals
from requests.adapters import HTTPAdapter

from autograder.errors import UserError
from autograder.names import printable

TOKEN = "CANVAS_TOKEN"
ADDRESS = re.compile(
    r"(?P<site>https?://[^/?#]+)/courses/(?P<course>\d+)(?:/assignments/(?P<id>\d+))?"
)
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS = 60
# How often a request that was put off is sent again, and how long each wait may be.
TRIES, LONGEST_WAIT = 7, 120.0
# Below so much of the quota the next request waits until some is replenished.
LITTLE, REST = 50.0, 1.0
# Canvas, or what stands before it, has trouble; only what asks and does nothing is sent again.
TROUBLE = frozenset({500, 502, 503, 504})

Pause = Callable[[float], None]


@dataclass(frozen=True)
class Address:
    """A course's or an assignment's page in Canvas, as the browser shows it."""

    site: str
    course: int
    assignment: int | None = None

    @classmethod
    def read(cls, text: str) -> Address:
        """Return what an address says.

        Raises
        ------
        UserError
            If it is none of a course, or would send the token for anybody to read.
        """
        found = ADDRESS.match(text.strip())
        if not found or "@" in found["site"]:
            raise UserError(
                f"{printable(text)} is no page of a course in Canvas: copy its address from the "
                "browser, such as https://canvas.example.edu/courses/12/assignments/345."
            )
        host = urlsplit(found["site"]).hostname
        if found["site"].startswith("http:") and host not in OWN_MACHINE:
            raise UserError(f"{found['site']} would send your token in the clear: use https.")
        id = found["id"]
        return cls(found["site"], int(found["course"]), int(id) if id else None)


class Patient(HTTPAdapter):
    """Waits where Canvas says that it was asked too much, and gives up in the end."""

    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        super().__init__()

    def send(self, request: requests.PreparedRequest, *_: Any, **how: Any) -> requests.Response:
        """Send a request, again and again where it was not carried out."""
        how["timeout"] = how.get("timeout") or SECONDS
        for turn in range(TRIES):
            response = super().send(request, **how)
            if not _is_put_off(request, response) or turn == TRIES - 1:
                break
            self._pause(_wait(response, turn))
            _rewind(request)
        left = _number(response.headers.get("X-Rate-Limit-Remaining"))
        if response.ok and left is not None and left < LITTLE:
            self._pause(REST)
        return response


def _is_put_off(request: requests.PreparedRequest, response: requests.Response) -> bool:
    if response.status_code == 403:  # as Canvas said it until 2025; any other 403 is a refusal
        return b"Rate Limit Exceeded" in response.content
    is_harmless = request.method in ("GET", "HEAD") and response.status_code in TROUBLE
    return response.status_code == 429 or is_harmless


def _wait(response: requests.Response, turn: int) -> float:
    told = _number(response.headers.get("Retry-After"))
    return min(told if told is not None and told >= 0 else 2.0**turn, LONGEST_WAIT)


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"\d+(\.\d+)?", text.strip()) else None


def _rewind(request: requests.PreparedRequest) -> None:
    if hasattr(request.body, "seek"):
        request.body.seek(0)  # type: ignore[union-attr]


def open_course(address: Address, token: str, pause: Pause = time.sleep) -> Any:
    """Return a course, as the library knows it.

    Raises
    ------
    UserError
        If there is no token, or Canvas does not let it in.
    """
    token = token.strip()
    if not token:
        raise UserError(
            f"There is no token: make one in Canvas (Account → Settings → New Access Token), and "
            f"put it into the environment variable {TOKEN}."
        )
    if not re.fullmatch(r"[!-~]+", token):
        raise UserError(f"What {TOKEN} holds is no token of Canvas': copy it once more.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of http, which only goes to this machine
        canvas = Canvas(address.site, token)
    # The library has no door for what carries its requests.
    session = canvas._Canvas__requester._session  # type: ignore[attr-defined]
    for scheme in ("https://", "http://"):
        session.mount(scheme, Patient(pause))
    with in_one_sentence(address, f"the course {address.course}"):
        return canvas.get_course(address.course)


@contextmanager
def in_one_sentence(address: Address, what: str) -> Iterator[None]:
    """Say in a sentence what Canvas refuses; never what was sent to it, which holds the token."""
    site = address.site
    try:
        yield
    except (refusals.InvalidAccessToken, refusals.Unauthorized):
        raise UserError(
            f"{site} does not take the token in {TOKEN}, or it may not see {what}: make a new one "
            "as a teacher of the course."
        ) from None
    except refusals.ResourceDoesNotExist:
        raise UserError(f"{site} has nothing at {what}: look at the address again.") from None
    except refusals.RateLimitExceeded:
        raise UserError(f"{site} was asked too much: run the same command later.") from None
    except refusals.Forbidden as error:
        if "Rate Limit Exceeded" in str(error):
            raise UserError(f"{site} was asked too much: run the same command later.") from None
        raise UserError(f"{site} does not let this token's owner at {what}.") from None
    except refusals.CanvasException as error:
        raise UserError(f"{site} refuses {what}: {printable(str(error.message))[:200]}") from None
    except requests.exceptions.JSONDecodeError:
        raise UserError(f"{site} does not answer as Canvas does: is it the address?") from None
    except requests.exceptions.RequestException as error:
        raise UserError(f"{site} does not answer ({type(error).__name__}).") from None
