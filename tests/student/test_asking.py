"""A question stands before its figure until it is answered, with buttons and without."""

from __future__ import annotations

import os
import signal

import matplotlib.pyplot as plt
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from tests.conftest import NAME
from workbook import asking, figures, limits, look, progress
from workbook.captions import FIGURES

DRAW = "with figure({!r}):\n    plt.plot([1, 2])\n    plt.show()"
CELLS = {
    "imports": (
        "%matplotlib inline\nimport sys\nimport ipywidgets\nimport matplotlib.pyplot as plt\n"
        "from workbook.asking import answer, ask, figure"
    ),
    "open": DRAW.format("gd-variants"),
    "with buttons": DRAW.format("gd-rates"),
    "press": (
        "buttons = ipywidgets.widgets.widget._instances.values()\n"
        "[b for b in buttons if isinstance(b, ipywidgets.RadioButtons)][-1].value = 3"
    ),
    "without": "sys.modules['ipywidgets'] = None\n" + DRAW.format("momentum-beta"),
    "answer": "answer('momentum-beta', 1)",
    "ahead": "ask('training-momentum')",
    "answer ahead": "answer('training-momentum', 2)",
    "below": DRAW.format("training-momentum"),
}


@pytest.fixture(scope="module")
def page(repo):
    """Run the cells in a kernel of their own; return by cell what its outputs hold in the end."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS.values()])
    folder = repo.root / "release" / NAME
    env = {k: v for k, v in os.environ.items() if k not in ("WORKBOOK_STATIC", "MPLBACKEND")}
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, timeout=120)
    with client.setup_kernel(env=env | {"PYTHONDONTWRITEBYTECODE": "1"}):
        for place, cell in enumerate(notebook.cells):
            client.execute_cell(cell, place)
    outputs = [[one.get("data", {}) for one in cell.outputs] for cell in notebook.cells]
    return dict(zip(CELLS, outputs, strict=True))


def html(outputs):
    return "".join(data.get("text/html", "") for data in outputs)


def text(outputs):
    return "\n".join(data.get("text/plain", "") for data in outputs)


def test_an_open_question_keeps_figure_and_caption_back(page):
    question = FIGURES["gd-variants"].question
    assert question
    assert question.asks in text(page["open"])
    assert all(choice in text(page["open"]) for choice in question.choices)
    assert 'answer("gd-variants", NUMBER)' in text(page["open"])
    assert "<img" not in html(page["open"]) and "Figure 3" not in html(page["open"])


def test_a_saved_question_can_be_read_where_its_buttons_are_dead(page):
    """Only the buttons are a widget; a style hides them when no kernel knows them any more."""
    told, buttons = page["open"]
    assert "application/vnd.jupyter.widget-view+json" in buttons
    assert "RadioButtons" not in buttons["text/plain"]
    assert look.STYLE in told["text/html"] and 'class="workbook-still"' in told["text/html"]


def test_a_pressed_button_gives_way_to_the_figure(page):
    outputs = page["with buttons"]
    assert not any("widget-view" in kind for data in outputs for kind in data)
    assert f'<img alt="{FIGURES["gd-rates"].alt}"' in html(outputs)
    assert "You chose: It jumps across the minimum, and farther" in text(outputs)
    assert "✓ That is what happens." in text(outputs)
    assert "Figure 2." in text(outputs) and "0 of 6 exercises, 1 of " in text(outputs)
    assert "workbook-still" not in html(outputs).replace(look.STYLE, "")


def test_without_buttons_an_answer_in_any_cell_shows_the_figure(page):
    outputs = page["without"]
    assert "→ What happens: Those with β = 0.5 and β = 0.9." in text(outputs)
    assert "<img alt=" in html(outputs)
    assert not any("widget-view" in kind for data in outputs for kind in data)


def test_a_question_ahead_is_settled_by_the_figure_below(page):
    question = FIGURES["training-momentum"].question
    assert question
    because = question.because
    assert "The figure below will tell." in text(page["ahead"])
    assert because not in text(page["ahead"])
    assert because in text(page["below"]) and "✓" in text(page["below"])


@pytest.fixture
def desk():
    progress.desk.cache_clear()
    yield progress.desk()
    progress.desk.cache_clear()


def test_an_answer_out_of_range_is_refused(desk):
    with pytest.raises(ValueError, match="a number from 1 to 3, not 9"):
        asking.answer("gd-rates", 9)
    with pytest.raises(ValueError, match="nothing is said of a figure 'none'"):
        asking.answer("none", 1)
    assert not desk.chosen


def test_the_bar_counts_what_is_right_now(desk):
    progress.note("initialize_adam", is_right=True)
    assert progress.in_words().startswith("1 of 6 exercises, 0 of ")
    progress.note("initialize_adam", is_right=False)
    assert progress.in_words().startswith("0 of 6 exercises")
    assert progress.in_words() in progress.as_html()


def test_words_cannot_leave_the_page_they_stand_on():
    assert "<script>" not in look.picture("", '"><script>') + look.prose("<script> `<script>`")


def test_patience_ends_with_a_sentence(capsys):
    with limits.patience(0.2):
        while True:
            pass
    assert capsys.readouterr().out.startswith("The training was given up: ")


def test_a_round_that_is_over_gives_time_for_the_next():
    with limits.patience(1000):
        limits.go_on(2000)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 1000
    limits.go_on()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_validated_notebook_draws_no_figure(monkeypatch):
    shown = []
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.get_fignums()))
    with figures.panels() as (axes,):
        axes.plot([1, 2])
    assert not shown and not plt.get_fignums()
