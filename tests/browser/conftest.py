"""A server on the made-up model and a real browser that may speak to it and to nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from waitress.server import create_server

from dashboard.app import create_app
from tests.dashboard.made_up_model import made_up_model

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
expect.set_options(timeout=30_000)  # two shared cores may be busy with other tests
SCHEMES = ("light", "dark")
WIDTHS = (1440, 390)


def chromium() -> str:
    """The browser named by SPANNER_CHROMIUM, or the one the project's own search finds."""
    named = os.environ.get("SPANNER_CHROMIUM")
    if named:
        return named
    found = shutil.which("chromium")
    return (
        found
        or subprocess.run(
            ["sh", str(ROOT / "tools" / "find-browser")], capture_output=True, text=True, check=True
        ).stdout.strip()
    )


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server answers."""
    app = create_app(tmp_path_factory.mktemp("store"), model=made_up_model())
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    app.extensions["spannerworks"].runner.stop()
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield found
        found.close()


class Seen:
    """What a page asked for and complained about."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def foreign(self, address: str) -> list[str]:
        """Requests that went anywhere else."""
        return [url for url in self.requests if not url.startswith((address, "data:", "blob:"))]


def watched(page: Page) -> Seen:
    """Listen to a page's requests, errors and refused loads."""
    seen = Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda message: seen.complaints.append(message.text) if message.type == "error" else None)
    return seen


def visitor(browser: Browser, address: str, scheme: str = "light", width: int = 1440) -> BrowserContext:
    """A browser of somebody's own."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "scheme", "value": scheme, "url": address}])
    context.set_default_timeout(30_000)
    return context


@pytest.fixture(params=[(s, w) for s in SCHEMES for w in WIDTHS], ids=lambda p: f"{p[0]}-{p[1]}")
def everywhere(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page in each scheme and width."""
    scheme, width = request.param
    context = visitor(browser, address, scheme, width)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page in the light, on a desk; it ends without complaint and without a request to another host."""
    context = visitor(browser, address)
    opened = context.new_page()
    seen = watched(opened)
    yield opened
    context.close()
    assert seen.foreign(address) == []
    assert seen.complaints == []
