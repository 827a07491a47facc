"""What every page shares: its look, templates that escape, and a policy that lets nothing else in.

A page is one file that asks for nothing outside itself. Names, code and messages come from
students, so templates escape by default, and the page's own policy runs no script but ours.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from autograder.pages.cleaning import clean

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment


def render(
    package: str,
    template: str,
    style: str,
    script: str = "",
    figures: Iterable[str] = (),
    **told: Any,
) -> str:
    """Return a page made from a template of `package`, which extends ``frame.html``.

    Parameters
    ----------
    style, script : str
        The files beside the template that are the page's own; its style follows what all share.
    figures : iterable of str
        The styles of the figures that it holds.
    """
    css = _template(__name__, "base.css") + _template(package, style) + "".join(figures)
    code = _template(package, script) if script else ""
    allowed = policy([css], [code] if code else [])
    found = environment(package).get_template(template)
    return found.render(policy=allowed, style=Markup(css), script=Markup(code), **told)


def fragment(folder: Path, template: str, **told: Any) -> Markup:
    """Return a part of a page, made from a template in `folder`."""
    return Markup(_folder_environment(folder).get_template(template).render(**told))


@cache
def environment(package: str) -> Environment:
    """Return an environment for the templates of `package`: it escapes, and fails on a typo."""
    from jinja2 import PackageLoader  # here and below, because to grade needs no page

    return _environment(PackageLoader(package))


@cache
def _folder_environment(folder: Path) -> Environment:
    from jinja2 import FileSystemLoader

    return _environment(FileSystemLoader(folder))


def _environment(loader: BaseLoader) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([loader, PackageLoader(__name__)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["breakable"] = breakable
    made.filters["points"] = lambda number: f"{number:g}"
    return made


def breakable(name: str) -> Markup:
    """Let a long name break after an underscore, as no phone is that wide."""
    return escape(name).replace("_", Markup("_<wbr>"))


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


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _template(package: str, name: str) -> str:
    return (files(package) / "templates" / name).read_text(encoding="utf-8")
