"""The data behind every picture as a file; cells that begin like a formula are escaped."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd
from flask import Flask, Response, abort

from dashboard.jobs.result import Result
from dashboard.services import Services
from dashboard.views.support import with_labels

FRAMES = (
    "table", "bands", "place", "pairs", "flows", "localities", "markets", "displacement", "dips", "early", "roles",
)  # fmt: skip


def register(server: Flask, services: Services) -> None:
    """`/download/<run id>/<frame>.csv`, and `/healthz`."""

    @server.get("/download/<run_id>/<name>.csv")
    def download(run_id: str, name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        result = services.results.read(run_id) if name in FRAMES else None
        if result is None:
            abort(404, "There is no such data here.")
        return Response(
            as_csv(result, name),
            mimetype="text/csv",
            headers={
                "Content-Disposition": f'attachment; filename="spannerworks-{result.preset}-{name}-{run_id[:8]}.csv"'
            },
        )

    @server.get("/healthz")
    def health() -> dict[str, Any]:  # pyright: ignore[reportUnusedFunction]
        return {"status": "ok", "version": services.catalogue.version, "queue": services.jobs.queue()}


def as_csv(result: Result, name: str) -> str:
    """The frame, below a line that says what made it."""
    frame = with_labels(result, name)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*frame.columns, "model_version", "seed", "price_year"])
    for row in frame.itertuples(index=False):
        writer.writerow([*(safe(value) for value in row), result.model_version, result.seed, result.price_year])
    return out.getvalue()


def safe(value: Any) -> Any:
    """A cell that a spreadsheet would run as a formula gets an apostrophe; a missing value is empty."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
