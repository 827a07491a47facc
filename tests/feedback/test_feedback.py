"""A student's page and the same in a terminal: what they tell, and what they never tell."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from autograder.assignment.verdict import CaseVerdict, Outcome
from autograder.authoring.reference import load_reference
from autograder.errors import UserError
from autograder.feedback.code import short_lines, shown_lines
from autograder.feedback.facts import Facts
from autograder.feedback.page import make_page
from autograder.feedback.rendering import render
from autograder.feedback.terminal import explain, find_exercise
from autograder.judging.questions import draw
from autograder.pages.cleaning import clean
from tests.conftest import NAME
from tests.support.assignments import load
from tests.support.feedback_samples import (
    HOSTILE,
    MISTAKE,
    SEED,
    STUDENTS,
    diagnosed,
    facts_of,
    hostile,
    with_exercises,
)

ADAM = "update_parameters_with_adam"
IDS = [exercise.id for exercise in load(NAME).exercises]

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Reader(HTMLParser):
    """Reads a page as a browser would: its elements, the text that is shown, the links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.within = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.within = tag
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data):
        if self.within != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def facts(repo):
    """The facts about each sample student."""
    return {student: facts_of(repo, student) for student in STUDENTS}


def shown_in_terminal(facts: Facts, exercise_id: str) -> str:
    console = Console(file=StringIO(), width=100, force_terminal=True, highlight=False)
    console.print(explain(facts, exercise_id))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("student", STUDENTS)
def test_every_exercise_has_a_section_that_the_overview_links_to(student, facts):
    reader = Reader(render(facts[student]))
    wanted = [exercise.id for exercise in load(NAME).exercises]
    assert [name for name in reader.ids if name in wanted] == wanted
    assert len(set(reader.ids)) == len(reader.ids)
    assert {f"#{name}" for name in wanted} <= set(reader.links)


@pytest.mark.parametrize(
    ("student", "says"),
    [
        pytest.param("ada", "Nothing is left to do.", id="all right"),
        pytest.param("ines", "Write this function.", id="nothing written"),
        pytest.param("eva", "none of 12 cases passed", id="one wrong"),
        pytest.param("eva", "They part at step 1.", id="two paths"),
        pytest.param("hugo", "Your path leaves the map after 2 steps.", id="a path that climbs"),
        pytest.param("grace", "2 of 13 cases passed", id="partly right"),
        pytest.param(
            "grace", "columns, X and Y belong to different examples.", id="mini-batches apart"
        ),
        pytest.param("eva", "Graded by workbook-autograder 0.1.0, abcd1234.", id="the version"),
    ],
)
def test_the_page_tells(student, says, facts):
    assert says in Reader(render(facts[student])).text


def test_a_diagnosis_is_told_before_anything_else(facts):
    text = Reader(render(diagnosed(facts["eva"]))).text
    section = text[text.index("What your function does") :]
    order = ["corrects s with β₁", "the denominator of ŝ", "Mend this first", "What failed"]
    places = [section.index(words) for words in order]
    assert places == sorted(places)
    assert "corrects s with β₁" in shown_in_terminal(diagnosed(facts["eva"]), ADAM)


def test_the_students_own_code_stands_beside_what_failed(facts):
    text = Reader(render(facts["eva"])).text
    assert 's_hat=s["d"+key]/(1-beta1**t)' in text.replace(" ", "")


def test_a_case_that_no_other_explains_keeps_its_hint(facts):
    *others, last = facts["ada"].verdict.exercises
    rates = next(case for case in last.cases if case.name == "other decay rates")
    wrong = 'parameters["W1"] differs in 6 of its 6 numbers.'
    hint = "v̂ is corrected with β₁, ŝ with β₂."
    failed = replace(rates, outcome=Outcome.FAILED, message=wrong, hint=hint)
    cases = tuple(failed if case is rates else case for case in last.cases)
    page = make_page(with_exercises(facts["ada"], (*others, replace(last, cases=cases))))
    (case,) = page.sections[-1].failed
    assert (case.name, case.reason, case.hint) == ("other decay rates", wrong, hint)
    assert "Ask what is different about “other decay rates”" in page.sections[-1].next_step


@pytest.mark.parametrize(
    ("message", "says"),
    [
        pytest.param(
            "Your function is not defined.", "define it in its answer cell", id="undefined"
        ),
        pytest.param(
            "Your function is not implemented yet.", "Write this function", id="unwritten"
        ),
        pytest.param("the result is None. Hint.", "Start with the documented example", id="wrong"),
    ],
)
def test_the_next_step_fits_what_came(message, says, facts):
    first, *others = facts["ines"].verdict.exercises
    cases = tuple(replace(case, message=message) for case in first.cases)
    page = make_page(with_exercises(facts["ines"], (replace(first, cases=cases), *others)))
    assert says in page.sections[0].next_step


def marked(facts: Facts, points: float, **others) -> Facts:
    """Give so many points in the last exercise."""
    given = {**facts.mark.points, ADAM: points}
    return replace(facts, mark=replace(facts.mark, points=given, **others))


@pytest.mark.parametrize(
    ("decided", "says"),
    [
        pytest.param({"by_hand": frozenset({ADAM})}, "Your instructor set these points", id="hand"),
        pytest.param({"extra": {ADAM: 3.0}}, "include 3 extra", id="extra credit"),
        pytest.param({"waiting": frozenset({ADAM})}, "has still to look", id="waits"),
        pytest.param({"penalty": 5.0}, "5 points were taken off", id="late"),
        pytest.param({"comments": {f"{ADAM}-answer": "So close!"}}, "So close!", id="comment"),
    ],
)
def test_what_a_person_decided_is_told(decided, says, facts):
    assert says not in Reader(render(facts["eva"])).text
    assert says in Reader(render(marked(facts["eva"], 3.0, **decided))).text


def test_the_total_is_the_gradebooks(facts):
    page = make_page(marked(facts["eva"], 13.5, penalty=3.25))
    assert page.total == 70 + 13.5 - 3.25
    assert page.sections[-1].earned == 13.5


def test_points_by_hand_for_a_cell_that_is_no_exercise_have_a_row(facts):
    maxima = {**facts["ada"].maxima, "essay": 5}
    mark = replace(facts["ada"].mark, points={**facts["ada"].mark.points, "essay": 4.0})
    reader = Reader(render(replace(facts["ada"], maxima=maxima, mark=mark)))
    assert "essay" in reader.ids
    assert "4 of 5 points" in reader.text


def test_what_could_not_be_judged_is_no_fault_of_the_students(facts):
    first, *others = facts["ada"].verdict.exercises
    lost = CaseVerdict("a new case", Outcome.NOT_JUDGED, 1, "The grader itself failed here.")
    text = Reader(
        render(with_exercises(facts["ada"], (replace(first, cases=(lost,)), *others)))
    ).text
    assert "a person has to look" in text
    assert "Nothing for you to do" in text


def test_what_a_person_has_decided_waits_no_longer(facts):
    first, *others = facts["ada"].verdict.exercises
    lost = CaseVerdict("a new case", Outcome.NOT_JUDGED, 1, "The grader itself failed here.")
    open_ = with_exercises(facts["ada"], (replace(first, cases=(lost,)), *others))
    mark = replace(open_.mark, by_hand=frozenset({first.exercise_id}))
    section = make_page(replace(open_, mark=mark)).sections[0]
    assert (section.standing, section.summary) == ("right", "")
    again = replace(mark, waiting=frozenset({first.exercise_id}))
    assert make_page(replace(open_, mark=again)).sections[0].standing == "unjudged"


def test_a_refused_hand_in_is_told_with_its_reason(facts):
    verdict = replace(facts["ines"].verdict, exercises=(), refused="it is not JSON")
    text = Reader(render(replace(facts["ines"], verdict=verdict))).text
    assert "Your hand-in could not be graded The reason: it is not JSON" in text


def numbers_in(value) -> set[float]:
    """Return all numbers of a call or an answer that carry more than three digits."""
    if isinstance(value, np.ndarray):
        value = value.ravel().tolist()
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(numbers_in, value)) if value else set()
    return {value} if isinstance(value, float) and abs(round(value, 3) - value) > 1e-9 else set()


def ways_to_write(number: float) -> set[str]:
    ways = {repr(number), f"{number:.12g}", np.array2string(np.array(number), precision=8)}
    ways |= {f"{number:.{digits}f}" for digits in (4, 5, 6, 8)}
    return {way.lstrip("-") for way in ways}


@pytest.mark.slow
@pytest.mark.parametrize("student", STUDENTS)
def test_no_hidden_input_or_expected_value_is_on_the_page(student, facts, repo):
    assignment = load(NAME)
    reference = load_reference(repo, assignment)
    page = render(facts[student])
    terminal = "".join(shown_in_terminal(facts[student], e.id) for e in assignment.exercises)
    hidden = 0
    for exercise in assignment.exercises:
        for question in draw(exercise, SEED)[1:]:  # the first is the documented example
            call = question.call
            numbers = numbers_in(call.arguments) | numbers_in(dict(call.keywords))
            numbers |= numbers_in(reference[exercise.id](*call.arguments, **call.keywords))
            hidden += len(numbers)
            for number in numbers:
                assert not [way for way in ways_to_write(number) if way in page + terminal]
    assert hidden > 1000
    assert str(SEED) not in page
    assert f"{SEED:x}" not in page


@pytest.mark.parametrize("setting", [r"\b0\.75\b", r"\b0\.99\b", r"β = 0\.2\b", r"\bt = 50\b"])
def test_no_hidden_setting_is_in_the_text(setting, facts):
    for student in STUDENTS:
        without_figures = re.sub("(?s)<figure>.*?</figure>", "", render(facts[student]))
        assert not re.search(setting, Reader(without_figures).text)


def test_the_digest_does_not_depend_on_the_seed(facts):
    other = replace(facts["eva"], verdict=replace(facts["eva"].verdict, seed=1, seconds=9.0))
    assert other.digest() == facts["eva"].digest()
    assert facts["ada"].digest() != facts["eva"].digest()


def test_hostile_text_is_only_text(facts):
    page = render(hostile(facts["eva"]))
    reader, honest = Reader(page), Reader(render(diagnosed(facts["eva"])))
    assert set(reader.tags) <= {*honest.tags, "li", "div", "ul"}
    assert not {"script", "img", "iframe"} & set(reader.tags)
    assert not {name for name in reader.attributes if name.startswith("on")}
    assert all(link.startswith("#") for link in reader.links)
    assert "<script>window.hacked = 1</script>" in reader.text
    assert "{{ 7 * 7 }}{% raw %}" in reader.text
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page
    )


@pytest.mark.parametrize("exercise", [e.id for e in load(NAME).exercises])
def test_a_terminal_shows_hostile_text_as_text(exercise, facts):
    shown = shown_in_terminal(hostile(facts["eva"]), exercise)
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert not HARMFUL.search(plain)
    assert "[bold red]x[/bold red]" in plain.replace("\n", " ")


def test_a_clean_text_stays_as_it_is():
    text = "für β₁ in range(3):\n\tprint('日本', \"ε\")"
    assert clean(text) == text
    assert not HARMFUL.search(clean(f"{HOSTILE}\ud800"))


def wrong_in_line_2(facts: Facts) -> Facts:
    """Tell of eva's last function that its second line stopped it."""
    *others, last = facts.verdict.exercises
    source = "def update_parameters_with_adam(parameters):\n    return parameters['w1'] + 'ü' * 90"
    line = source.split("\n")[1].strip()
    stopped = f"Your function stopped with KeyError in `{line}`."
    cases = tuple(replace(case, message=stopped) for case in last.cases)
    told = with_exercises(facts, (*others, replace(last, cases=cases)))
    return replace(told, sources={**facts.sources, f"{ADAM}-answer": source})


def test_the_line_that_a_finding_is_about_is_marked_on_the_page(facts):
    page = render(wrong_in_line_2(facts["eva"]))
    (line,) = re.findall(r'<span class="hll">(.*?)\n?</span>\s*</code>', page, re.DOTALL)
    assert re.sub("<.*?>", "", line).strip().startswith("return parameters[")
    assert "Marked with → is the line that the finding is about." in Reader(page).text
    assert 'class="hll"' not in render(facts["ada"])


@pytest.mark.parametrize("width", [40, 72, 160])
def test_a_terminal_wraps_at_its_width_and_marks_the_line(width, facts):
    told = wrong_in_line_2(facts["eva"])
    console = Console(file=StringIO(), width=width, highlight=False)
    console.print(explain(told, ADAM))
    lines = console.file.getvalue().split("\n")  # type: ignore[attr-defined]
    assert max(map(cell_len, lines)) <= width
    (marked,) = [line for line in lines if line.startswith("→")]
    assert marked.split("→")[1].strip().startswith("return parameters[")


def sentences(*texts: str) -> list[str]:
    return [one for text in texts for one in re.split(r"(?<=[.?!]) ", text) if one]


@pytest.mark.parametrize("student", STUDENTS)
def test_no_sentence_stands_twice_in_one_place(student, facts):
    for section in make_page(facts[student]).sections:
        for case in section.failed + section.also:
            said = sentences(case.reason, case.hint)
            assert len(set(said)) == len(said)
    for exercise in load(NAME).exercises:
        for entry in exercise.catalogue.entries if exercise.catalogue else ():
            said = sentences(entry.done, entry.look)
            assert len(set(said)) == len(said)


def test_where_to_look_for_two_mistakes_is_said_once(facts):
    *others, last = facts["eva"].verdict.exercises
    both = (MISTAKE, replace(MISTAKE, id="another", done="Your function does something else."))
    page = render(with_exercises(facts["eva"], (*others, replace(last, diagnoses=both))))
    assert page.count(MISTAKE.look) == 1
    assert "does something else" in page


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("6", ADAM),
        ("random", "random_mini_batches"),
        (ADAM, ADAM),
        ("initialize_a", "initialize_adam"),
    ],
)
def test_an_exercise_is_found_by_number_and_beginning(wanted, found):
    assert find_exercise(NAME, IDS, wanted) == found


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("update", "could be update_parameters_with_gd or"),
        ("7", "1 update_parameters_with_gd, 2 random_mini_batches"),
        ("", "There is no exercise ''"),
        ("\x1b[31m", "There is no exercise ''"),
    ],
)
def test_an_exercise_that_is_none_is_told_with_those_there_are(wanted, says):
    with pytest.raises(UserError, match=re.escape(says)) as caught:
        find_exercise(NAME, IDS, wanted)
    assert "\x1b" not in str(caught.value)


def test_of_a_docstring_the_first_line_is_shown():
    code = 'def f():\n    """Do it.\n\n    At once.\n    """\n    return 1'
    lines = short_lines(code, marks={6})
    assert [line.text for line in lines] == ["def f():", '    """Do it. …"""', "    return 1"]
    assert [line.is_marked for line in lines] == [False, False, True]
    for same in ('def f():\n    """Do it."""', "def f(:", 'x = """\na\n"""'):
        assert "\n".join(line.text for line in short_lines(same)) == same


def test_code_of_megabytes_is_neither_taken_apart_nor_shown_whole():
    function = 'def f():\n    """Do it.\n\n    At once.\n    """\n'
    assert len(short_lines(function * 10_000)) == 50_001
    shown = shown_lines(function * 10_000)
    assert sum(len(line.text) for line in shown) < 21_000
    assert "is not shown" in shown[-1].text
    assert [line.text for line in shown_lines("x = 1  \n \t \ny")] == ["x = 1", "", "y"]


def test_lines_that_end_as_no_editor_ends_them_are_shown():
    code = 'def f():\r    """Do it.\r\r    At once.\r    """\r    return 1'
    assert [line.text for line in short_lines(code)] == [code]
