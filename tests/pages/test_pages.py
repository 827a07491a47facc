"""What all pages share: escaping, clean text, a policy that names each inline text."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from autograder.pages import environment, policy
from autograder.pages.cleaning import clean

TEMPLATES = environment("autograder.report")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param("<b>", "&lt;b&gt;", id="markup"),
        pytest.param("\"'", "&#34;&#39;", id="quotes"),
        pytest.param("a\x1b[31mb", "ab", id="terminal colours"),
        pytest.param("a\u202eb", "a\ufffdb", id="reading turned round"),
        pytest.param("a\u200fb", "a\ufffdb", id="a mark of direction"),
        pytest.param("a\udcffb", "a\ufffdb", id="a byte that is no text"),
        pytest.param("a\x00b", "a\ufffdb", id="nothing"),
        pytest.param("Ada\u200d שרה\n", "Ada\u200d שרה\n", id="what people write"),
        pytest.param(Markup("<b>"), "<b>", id="markup of our own"),
        pytest.param(7, "7", id="a number"),
    ],
)
def test_text_is_shown_and_does_nothing(given, shown):
    assert TEMPLATES.from_string("{{ value }}").render(value=given) == shown


def test_clean_text_can_be_written_in_a_file(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(clean("".join(map(chr, range(0xE000)))), encoding="utf-8")
    assert "\ufffd" in path.read_text(encoding="utf-8")


def test_a_typo_in_a_template_fails():
    with pytest.raises(UndefinedError):
        TEMPLATES.from_string("{{ nobody }}").render()


def test_a_policy_names_each_text_by_its_digest():
    digest = base64.b64encode(hashlib.sha256(b"p {}").digest()).decode()
    found = policy(["p {}"], ["run()"]).split("; ")
    assert "default-src 'none'" in found
    assert f"style-src 'sha256-{digest}'" in found
    assert not any("unsafe" in rule for rule in found)


def test_without_a_script_none_may_run():
    assert "script-src" not in policy(["p {}"])


def test_the_look_asks_for_nothing_elsewhere():
    look = (files("autograder.pages") / "templates" / "base.css").read_text()
    assert "url(" not in look
    assert "@import" not in look
