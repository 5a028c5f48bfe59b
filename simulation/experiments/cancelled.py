"""How a stop that somebody asked for is told from a fault."""

from __future__ import annotations


class Cancelled(Exception):
    """The caller asked for the work to stop; what had been done stands."""
