"""The server answers its own pages only: the Host and Origin of every request are checked, and pages may load nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def policy(hashes: Sequence[str]) -> str:
    """What a page may do: scripts of ours alone, nothing from elsewhere. Mantine and Plotly write style sheets."""
    scripts = " ".join(["'self'", *hashes])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ]
    )


def host_name(text: str) -> str:
    """The host without its port."""
    return (urlsplit(f"//{text}").hostname or "").lower()


def protect(server: Flask, hosts: Sequence[str], hashes: Callable[[], Sequence[str]]) -> None:
    """Refuse requests that a page of another site, or another name for this machine, has sent."""
    allowed = {name.lower() for name in (*LOOPBACK, *hosts)}

    @server.before_request
    def check() -> None:  # pyright: ignore[reportUnusedFunction]
        try:
            name = host_name(request.headers.get("Host", ""))
        except ValueError:
            name = ""
        if name not in allowed:
            abort(403, "This server answers under its own name only.")
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc.lower() != request.headers.get("Host", "").lower():
            abort(403, "This request comes from another site.")
        site = request.headers.get("Sec-Fetch-Site")
        if request.method != "GET" and site not in (None, "same-origin", "none"):
            abort(403, "This request comes from another site.")

    @server.after_request
    def seal(response: Response) -> Response:  # pyright: ignore[reportUnusedFunction]
        headers = response.headers
        headers["Content-Security-Policy"] = policy(hashes())
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
