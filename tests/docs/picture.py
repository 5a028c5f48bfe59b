"""The picture in the readme: the pages and the model as they are, in a real browser. `python -m tests.docs.picture`."""

from __future__ import annotations

import argparse
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from waitress.server import create_server

from dashboard.app import create_app
from tests.browser.conftest import FLAGS, chromium
from tests.health.project import ROOT

TARGET = ROOT / "docs" / "images" / "compare.png"
PLANS = "clear-hold-build,reputation-sabotage,leader-arrests,volume-arrests"
QUESTION = f"/compare?preset=force&plans={PLANS}&weeks=156&replicates=32"
WIDTH, HEIGHT = 1440, 930
PATIENCE_MS = 900_000
SETTLED_MS = 3_000


def take(page: Page, address: str, target: Path) -> None:
    """Run the comparison in the page, and keep what it shows."""
    page.goto(address + QUESTION)
    page.get_by_test_id("compare-run").click()
    page.get_by_test_id("effects-card").wait_for(timeout=PATIENCE_MS)
    page.get_by_test_id("fans-card").wait_for()
    page.wait_for_timeout(SETTLED_MS)  # charts are drawn after their cards
    page.screenshot(path=target)


def main() -> int:
    """Serve, ask, look."""
    reader = argparse.ArgumentParser(prog="python -m tests.docs.picture", description="Take the picture in the readme.")
    reader.add_argument("target", nargs="?", type=Path, default=TARGET)
    target: Path = reader.parse_args().target
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Path(folder))
        server = create_server(app, host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            take(page, f"http://localhost:{server.effective_port}", target)
            browser.close()
        app.extensions["spannerworks"].runner.stop()
        server.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
