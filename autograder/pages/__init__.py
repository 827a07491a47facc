"""What every page shares: its look, templates that escape, and a policy that lets nothing else in.

A page is one file that asks for nothing outside itself. Names, code and messages come from
students, so templates escape by default, and the page's own policy runs no script but ours.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

# What would reach past the text it stands in: control characters, halves of surrogate pairs, and
# the marks that turn the direction of all that follows.
_REACHING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def base_css() -> str:
    """Return the style sheet that all pages begin with."""
    return files(__name__).joinpath("base.css").read_text(encoding="utf-8")


def environment(package: str) -> Environment:
    """Return an environment for the templates of `package`: it escapes, and fails on a typo."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_neutral,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def neutral(text: str) -> str:
    r"""Return `text` with what would reach past it made visible.

    >>> neutral("Ada\x1b[31m")
    'Ada\ufffd[31m'
    """
    return _REACHING.sub("\ufffd", text)


def policy(styles: Sequence[str], scripts: Sequence[str] = ()) -> str:
    """Return a Content-Security-Policy under which only these inline texts take effect.

    >>> policy(["p {}"]).split("; ")[0]
    "default-src 'none'"
    """
    sources: Mapping[str, Sequence[str]] = {"style-src": styles, "script-src": scripts}
    rules = [f"{kind} {' '.join(map(_hash, texts))}" for kind, texts in sources.items() if texts]
    fixed = ("default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'")
    return "; ".join((*fixed, *rules))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _neutral(value: Any) -> Any:
    return neutral(value) if isinstance(value, str) and not isinstance(value, Markup) else value
