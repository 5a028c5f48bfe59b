"""Commands about the machine: is all there, compile everything, serve the pages."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import webbrowser
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from simulation.cli import options
from simulation.cli.output import emit, faults, progress, say, table
from simulation.cli.stopping import Stopped, Stopping
from simulation.errors import Conflict, Unwritable, WorkFailed

PORT: Final = 8050
OPEN_AFTER_S: Final = 1.0


def version(asked: bool) -> None:
    """Say which version this is, and end."""
    if asked:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as installed

        try:
            number = installed("spannerworks")
        except PackageNotFoundError:
            number = "in development"
        sys.stdout.write(f"spannerworks {number}\n")
        raise typer.Exit


def doctor(
    port: Annotated[int, typer.Option("--port", help="The port the dashboard would use.")] = PORT,
    out: options.Out = None,
    as_json: options.AsJson = False,
) -> int:
    """Say what this machine has and lacks, and how to mend it."""
    from simulation import api

    checks = api.doctor(port, out)
    ill = [
        WorkFailed(f"{check.id}: {check.found}. {check.mend}".strip(), key=check.id, given=check.found)
        for check in checks
        if check.needed and not check.ok
    ]
    if as_json:
        found = {"ok": not ill, "checks": [asdict(check) for check in checks]}
        emit({**faults(ill), **found} if ill else found)
    else:
        words = {(True, True): "ok", (True, False): "ok", (False, True): "MISSING", (False, False): "note"}
        rows = [[words[check.ok, check.needed], check.id, check.found, check.mend] for check in checks]
        table("", ["", "what", "found", "how to mend it"], rows, left=4)
    return 1 if ill else 0


def warmup(as_json: options.AsJson = False) -> int:
    """Compile everything once, so that every later start is quick."""
    import time

    from simulation import api

    begun = time.perf_counter()
    with progress("compiling", "parts") as bar:
        api.warm_up(bar)
    elapsed = round(time.perf_counter() - begun, 3)
    if as_json:
        emit({"elapsed_s": elapsed, "model_version": api.model_version()})
    else:
        say(f"Ready after {elapsed:.1f} s.")
    return 0


def dashboard(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="The address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to answer on.")] = PORT,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy before it brings TLS and passwords.")
    ] = False,
    opened: Annotated[
        str | None, typer.Option("--open", help="The page to open in a browser, such as compare or start.")
    ] = None,
    out: options.Out = None,
    as_json: options.AsJson = False,
) -> int:
    """Serve the pages on this machine until stopped."""
    from dashboard.app import check_port, serve
    from dashboard.security import LOOPBACK
    from simulation import api

    # all that can be refused is refused before the address is told: one document, whatever comes of it
    check_port(host, port)
    if host not in LOOPBACK and not behind_proxy:
        raise Conflict(
            f"{host} can be reached from other machines; serve there only behind a proxy with TLS and passwords.",
            key="host", given=host, allowed=list(LOOPBACK),
        )  # fmt: skip
    folder = (out if out is not None else api.results_folder()) / "dashboard"
    _check_folder(folder)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/{page(opened)}"
    if as_json:
        emit({"address": address})
    say(f"Open {address} in a browser; Ctrl-C ends it.")
    if opened is not None and _has_screen():
        threading.Timer(OPEN_AFTER_S, webbrowser.open, [address]).start()
    serve(host, port, folder, behind_proxy=behind_proxy)
    stopping: Stopping = context.obj
    if stopping.asked is not None:  # the server's loop ends quietly when told to stop
        raise Stopped(stopping.asked)
    return 0


def _check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Unwritable(
            f"The folder {folder} cannot be written ({error.strerror or error}).", file=str(folder)
        ) from error


def page(opened: str | None) -> str:
    """The path of a page; the comparison that `make run` makes has its plans in its address."""
    if opened is None or opened == "start":
        return ""
    if opened == "compare":
        plans = ",".join(options.PLANS)
        return f"compare?preset={options.PRESET}&plans={plans}&weeks={options.WEEKS}&replicates={options.REPLICATES}"
    return opened.lstrip("/")


def _has_screen() -> bool:
    """Whether a browser could be shown: without a screen, one in the terminal would take it over."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
