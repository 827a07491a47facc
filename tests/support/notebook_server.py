"""A Jupyter server as a student starts it, with the pages' applications open to tests."""

from __future__ import annotations

import contextlib
import secrets
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.support.jupyter import started

# In milliseconds: machines may be busy, and this is no test of speed.
PATIENCE = 180_000
# Where JupyterLab and Notebook 7 open a notebook; in a workspace of its own no other is open.
VIEWS = {"JupyterLab": "lab/workspaces/{workspace}/tree", "Notebook 7": "notebooks"}


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Start a server in a folder and yield its address."""
    settings = (
        *("--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url="),
        "--ServerApp.jpserver_extensions={'notebook': True}",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    )
    with started(folder, "lab", *settings) as address:
        yield _awaited(f"{address}/")


def _awaited(address: str) -> str:
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}api"):
            return address
        time.sleep(0.5)
    raise TimeoutError(address)


def run_all(page: Page, address: str, view: str, path: str) -> None:
    """Open a notebook in a view, wait for its kernel, and run all cells."""
    view = VIEWS[view].format(workspace=secrets.token_hex(8))
    page.goto(f"{address}{view}/{path}")
    there = "window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 1"
    page.wait_for_function(there, timeout=PATIENCE)
    idle = "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
    page.wait_for_function(idle, timeout=PATIENCE)
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
