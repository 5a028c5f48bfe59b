"""The server: made from a folder and a model, it answers on the loopback address and loads nothing from elsewhere."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from pathlib import Path

from dash import Dash
from flask import Flask
from flask_compress import Compress

from dashboard import callbacks, downloads
from dashboard.callbacks.common import scheme
from dashboard.components.shell import shell
from dashboard.figures.theme import DARK, LIGHT, colours
from dashboard.pages import PAGES
from dashboard.security import LOOPBACK, protect
from dashboard.services import Model, Services
from simulation.api import Conflict, NotFound, OutOfRange, PortOccupied, SpannerError, Unwritable

PORT = 8050
THREADS = 8
CHARTS = "_dash-component-suites/plotly/package_data/plotly.min.js"
"""The library of charts. Left to itself Dash fetches it with the first chart, and on a busy machine gives up for good after half a minute."""
PAGE = """<!DOCTYPE html>
<html lang="en-GB" data-mantine-color-scheme="{scheme}">
<head>
{metas}
<title>Spannerworks</title>
<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
{css}
<script src="{charts}" defer></script>
</head>
<body>
{app_entry}
<footer>
{config}
{scripts}
{renderer}
</footer>
</body>
</html>"""


class Page(Dash):
    """Dash with our own page round it: the scheme is set before anything is drawn, so that nothing flashes."""

    def interpolate_index(
        self, metas: str = "", title: str = "", css: str = "", config: str = "", scripts: str = "", app_entry: str = "",
        favicon: str = "", renderer: str = "",
    ) -> str:  # fmt: skip
        """The page as it is sent; `<footer>` here is Dash's place for scripts."""
        del title, favicon  # the page has its own
        return PAGE.format(
            scheme=scheme(),
            charts=f"{self.config.requests_pathname_prefix}{CHARTS}",
            metas=metas,
            css=css,
            app_entry=app_entry,
            config=config,
            scripts=scripts,
            renderer=renderer,
        )


def create_app(
    folder: Path | str | None = None, *, model: Model | None = None, hosts: Sequence[str] = (), start: bool = True
) -> Flask:
    """The server as a WSGI application. `folder` keeps queue, drafts and results; `hosts` are further names it answers to."""
    place = Path(folder) if folder is not None else default_folder()
    try:
        services = Services(place, model if model is not None else _simulation(place))
    except OSError as error:
        raise Unwritable(
            f"The folder {place} cannot be written ({error.strerror or error}).", file=str(place)
        ) from error
    app = Page(
        "dashboard",
        assets_folder=str(Path(__file__).parent / "assets"),
        suppress_callback_exceptions=True,
        update_title="",
        title="Spannerworks",
        serve_locally=True,
        compress=False,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "referrer", "content": "same-origin"},
        ],
    )
    server: Flask = app.server
    server.config["COMPRESS_MIMETYPES"] = [
        "text/html",
        "text/css",
        "text/csv",
        "application/json",
        "application/javascript",
        "text/javascript",
        "image/svg+xml",
    ]
    swaps = [list(pair) for pair in zip(colours(LIGHT), colours(DARK), strict=True)]
    items = [page.nav for page in PAGES]
    app.layout = lambda: shell(items, scheme(), swaps, services.catalogue.standing)
    callbacks.register(app, services)
    downloads.register(server, services)
    known: list[str] = []

    def hashes() -> list[str]:
        # Dash knows its inline scripts only after the first request has set it up
        if not known:
            known.extend(app.csp_hashes())
        return known

    protect(server, hosts, hashes)
    Compress(server)
    if start:
        services.runner.start()
    server.extensions["spannerworks"] = services
    return server


def _simulation(folder: Path) -> Model:
    from dashboard.jobs.model import simulation_model

    # `dashboard` in a store's folder shares the store with the command line
    return simulation_model(folder.parent if folder.name == "dashboard" else None)


def default_folder() -> Path:
    """Beside the runs: `dashboard` in the store's folder."""
    return Path(os.environ.get("SPANNER_STORE", "spanner-runs")) / "dashboard"


def serve(
    host: str = "127.0.0.1",
    port: int = PORT,
    folder: Path | str | None = None,
    *,
    behind_proxy: bool = False,
    hosts: Sequence[str] = (),
    model: Model | None = None,
) -> None:
    """Answer until interrupted. Other than on the loopback address only behind a proxy that brings TLS and passwords."""
    if host not in LOOPBACK and not behind_proxy:
        raise Conflict(
            f"{host} can be reached from other machines; serve there only behind a proxy with TLS and passwords.",
            key="host",
            given=host,
            allowed=list(LOOPBACK),
        )
    check_port(host, port)
    from waitress import serve as answer

    server = create_app(folder, model=model, hosts=(*hosts, host))
    try:
        answer(server, host=host, port=port, threads=THREADS, ident="spannerworks", clear_untrusted_proxy_headers=True)
    finally:
        server.extensions["spannerworks"].runner.stop()


def check_port(host: str, port: int) -> None:
    """Refuse a port that is none, an address that this machine has not, and a port at which another program listens."""
    if not 1 <= port <= 65535:
        raise OutOfRange(key="port", given=port, allowed="1 to 65535")
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise NotFound(
            f"The address {host} is not known here: no machine of that name is found. Give a name or number of this machine with --host.",
            key="host", given=host, allowed=list(LOOPBACK),
        ) from error  # fmt: skip
    # a name such as localhost may have a number of the new kind on a machine that has none: the old kind first
    kind, *_, place = min(found, key=lambda one: one[0] != socket.AF_INET)
    with socket.socket(kind, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            raise _unusable(host, port, error) from error


def _unusable(host: str, port: int, error: OSError) -> SpannerError:
    """Why nobody can answer on an address."""
    if error.errno == errno.EADDRNOTAVAIL:
        return NotFound(
            f"{host} is not an address of this machine; choose another with --host.", key="host", given=host, allowed=list(LOOPBACK)
        )  # fmt: skip
    if error.errno == errno.EACCES:
        return Conflict(
            f"Port {port} is kept for the system; choose one above 1023 with --port.", key="port", given=port, allowed="1024 to 65535"
        )  # fmt: skip
    return PortOccupied(f"Port {port} on {host} is already in use; choose another with --port.", key="port", given=port)
