"""The site in a real browser: built from a folder with Pyodide's files, and served."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import ROOT

# Where Pyodide's files may lie: as the environment says, or beside the repository.
WHEELS = Path(os.environ.get("WORKBOOK_PYODIDE", ROOT.parent / "shared" / "pyodide-0.27.7"))
needs_wheels = pytest.mark.skipif(
    not WHEELS.is_dir(),
    reason=f"{WHEELS.name} is not beside the repository, and WORKBOOK_PYODIDE names no folder",
)
# In milliseconds: machines may be busy, and this is no test of speed.
PATIENCE = 500_000

FIND = """const nb = jupyterapp.shell.currentWidget.content;
const cell = nb.widgets.find(one => one.model.getMetadata('nbgrader')?.grade_id === name);"""


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a site as any web host does, with the page's application open to tests."""
    config = folder / "jupyter-lite.json"
    told = json.loads(config.read_text())
    told["jupyter-config-data"]["exposeAppInBrowser"] = True
    config.write_text(json.dumps(told))
    handler = functools.partial(Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def open_notebook(page: Page, site: str, path: str) -> None:
    """Follow the front page's link to a notebook, and wait until its kernel runs."""
    page.goto(site)
    page.click(f'a[href$="{path}"]')
    there = "window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 10"
    page.wait_for_function(there, timeout=PATIENCE)
    # What is run before the kernel has started would wait for ever.
    idle = "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
    page.wait_for_function(idle, timeout=PATIENCE)


def write(page: Page, name: str, source: str) -> None:
    """Write into the cell of that name."""
    script = f"([name, source]) => {{ {FIND} cell.model.sharedModel.setSource(source); }}"
    page.evaluate(script, [name, source])


def source_of(page: Page, name: str) -> str:
    return page.evaluate(f"name => {{ {FIND} return cell.model.sharedModel.getSource(); }}", name)


def run_cell(page: Page, name: str) -> list[dict[str, Any]]:
    """Run the cell of that name, and return its outputs once it is done."""
    script = f"""async name => {{ {FIND}
      nb.activeCellIndex = nb.widgets.indexOf(cell);
      await jupyterapp.commands.execute('notebook:run-cell');
      return cell.model.outputs.toJSON(); }}"""
    return page.evaluate(script, name)


def command(page: Page, name: str) -> None:
    page.evaluate("name => jupyterapp.commands.execute(name)", name)
