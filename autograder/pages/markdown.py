"""Make markdown that a student wrote harmless: its formatting stays, what acts goes.

Markdown may hold HTML, and a page that shows a graded notebook, such as nbgrader's formgrader, runs
in the instructor's session. So it is made harmless before it is written into a graded notebook,
whatever will read that; `rendering` does it once more where the course's configuration is read.
"""

from __future__ import annotations

import html
import re
import string
from functools import lru_cache

from autograder.pages.cleaning import REPLACEMENT, clean

# What parsers may disagree on is decided by no parser: no text is taken for code or formulas.
FORMATTING = "b|i|em|strong|u|s|del|ins|sub|sup|small|mark|kbd|code|br|hr"
_FORMATTING_TAG = rf"/?(?:{FORMATTING})\s*/?>"
_TAG = re.compile(rf"<(?=[A-Za-z/!?])(?!{_FORMATTING_TAG})", re.IGNORECASE)

# Written as a number or a name, these would be seen only after all that is looked for here.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
_MARKUP = frozenset("&<>\"'")

_MOST_PASSES = 3

# Where a link leads: to the web, to a mail program, or to a place that is written without a scheme.
_WEB, _PLACE = r"<?(?:https?://|mailto:)", r"[^\s:&\\<>()]*"
_LINK = re.compile(
    rf"\](?=[(:])(?![(:]\s*+(?:{_WEB}|{_PLACE}(?=[\s)]|$)|<{_PLACE}>))", re.IGNORECASE
)
# Formulas that link, or that style what is around them.
_MACRO = re.compile(
    r"\\(?=(?:href|url|style|class|cssId|require|data|html\w*|includegraphics)(?![a-z]))"
)
_PICTURE = re.compile(r"!(?=\[)")
_PICTURE_DATA, MOST_PICTURES, LEAST_DATA = ";base64,", 100, 100
_BASE64 = f"{string.ascii_letters}{string.digits}+/="
# To look for the ends of so many environments would take a reader minutes.
_BEGIN, MOST_ENVIRONMENTS = "\\begin{", 100


def harmless(source: str) -> str:
    r"""Return the markdown of a student with a blank wherever something would act.

    Tags other than plain formatting, links that are no addresses, pictures (which would be fetched
    from anywhere) and formulas that link stay readable, and are text.

    Examples
    --------
    >>> harmless("**Yes**, as $a<b$: <b>see</b> [this](https://numpy.org)")
    '**Yes**, as $a< b$: <b>see</b> [this](https://numpy.org)'
    >>> harmless("<img src=x onerror=alert()> [x](javascript:alert())")
    '< img src=x onerror=alert()> [x] (javascript:alert())'
    """
    text = _without_entities(clean(without_pictures(source)))
    text = _TAG.sub("< ", text)
    text = _PICTURE.sub("! ", text)
    text = _LINK.sub("] ", text)
    text = _MACRO.sub(r"\\ ", text)
    if text.count(_BEGIN) > MOST_ENVIRONMENTS:
        text = text.replace(_BEGIN, "\\ begin{")
    return text


def without_pictures(source: str) -> str:
    """Return markdown without the numbers of pictures that stand in it: they are shown as text.

    Colab writes pictures so, each of megabytes.
    """
    before, *rest = source.split(_PICTURE_DATA, MOST_PICTURES)
    return _PICTURE_DATA.join([before, *map(_without_data, rest)])


def _without_data(piece: str) -> str:
    behind = piece.lstrip(_BASE64)
    return piece if len(piece) - len(behind) < LEAST_DATA else f"…{behind}"


def harmless_formula(source: str) -> str:
    r"""Return a formula that code of a student made, with a blank in what links or styles.

    >>> harmless_formula(r"\href{javascript:alert()}{x^2}")
    '\\ href{javascript:alert()}{x^2}'
    """
    return _MACRO.sub(r"\\ ", source)


def _without_entities(text: str) -> str:
    """Write entities out until there are none that only others have made."""
    for _ in range(_MOST_PASSES):
        before, text = text, _ENTITY.sub(_written_out, text)
        if text == before:
            return text
    return text.replace("&", "& ")


def _written_out(entity: re.Match[str]) -> str:
    return _character(entity[0])


@lru_cache(maxsize=1024)
def _character(entity: str) -> str:
    """Return the character an entity stands for, but for those that markup is made of."""
    text = clean(html.unescape(entity))
    if text == REPLACEMENT:
        return text
    return text if text.isascii() and text.isprintable() and text not in _MARKUP else entity
