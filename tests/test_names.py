"""Names that others chose: what does not show is told, and never printed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from autograder.names import JOINERS, UNFIT, printable, why_unfit

ANY = st.text(st.characters(exclude_categories=()), min_size=1, max_size=20)


@given(ANY)
def test_a_name_is_fit_if_each_of_its_characters_shows(name):
    shows = all(one in JOINERS or unicodedata.category(one) not in UNFIT for one in name)
    assert ("does not show" in why_unfit(f"a{name}")) != shows
    assert (printable(name) == name) == shows


@given(ANY)
def test_what_is_printed_is_one_line(text):
    assert len(printable(text).splitlines()) == 1
