"""The command line: what is typed, and what comes back on stdout, on stderr and in the exit status."""

from __future__ import annotations


def main() -> None:
    """Run the command that was typed, and leave with its exit status."""
    from simulation.cli.ending import run

    run()
