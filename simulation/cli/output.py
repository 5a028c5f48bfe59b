"""The answer goes to stdout, everything else to stderr: one JSON document, or tables in plain words."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from simulation.errors import SpannerError

MINUS: Final = "−"
NONE: Final = "–"
# the PHIA probability yardstick: a chance in a gap between two bands takes the nearer one
YARDSTICK: Final = (
    (0.00, 0.05, "remote chance"),
    (0.10, 0.20, "highly unlikely"),
    (0.25, 0.35, "unlikely"),
    (0.40, 0.50, "realistic possibility"),
    (0.55, 0.75, "likely"),
    (0.80, 0.90, "highly likely"),
    (0.95, 1.00, "almost certain"),
)


def emit(document: Any) -> None:
    """Print the one JSON document of a command."""
    text = json.dumps(finite(document), ensure_ascii=False, allow_nan=False, indent=2, default=str)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def faults(errors: Sequence[SpannerError]) -> dict[str, Any]:
    """What a program is told on status 1 and 2: the first fault, and all of them."""
    return {"error": errors[0].to_dict(), "errors": [each.to_dict() for each in errors]}


def finite(value: Any) -> Any:
    """The value as JSON can say it: what is not a finite number is null, frames' own types become plain ones."""
    if isinstance(value, dict):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        return finite(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each a table; what is missing is None."""
    whole: pd.DataFrame = frame.astype(object)
    return whole.where(frame.notna(), None).to_dict(orient="records")


def say(text: str) -> None:
    """A note to the person at the keyboard."""
    sys.stderr.write(text + "\n")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> None:
    """A table on stdout, the first `left` columns to the left, figures to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        shown.add_column(column, justify="left" if number < left else "right", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    console = Console(file=sys.stdout, highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, markup=False, width=160)
    console.print(shown)


def below(text: str) -> None:
    """A line of the answer itself, under its table."""
    sys.stdout.write(text + "\n")


@contextmanager
def progress(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr with the time left; gives the function that moves it."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _Lines(what, unit)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Lines:
    """Progress for a log: a line for every tenth, with the time left where that is more than a minute."""

    def __init__(self, what: str, unit: str) -> None:
        self._what = what
        self._unit = unit
        self._tenth = 0
        self._begun: tuple[int, float] | None = None

    def __call__(self, done: int, total: int) -> None:
        first, since = self._begun = self._begun or (done, time.monotonic())
        tenth = 10 * done // max(total, 1)
        if tenth > self._tenth:
            self._tenth = tenth
            left = (time.monotonic() - since) * (total - done) / max(done - first, 1)
            more = f", about {left / 60:.0f} min left" if left >= 60.0 and done > first else ""
            say(f"{self._what}: {done} of {total} {self._unit}{more}")


def figure(value: Any, unit: str, *, signed: bool = False) -> str:
    """A figure with its unit, as a reader expects it: £2.4m, 12.5 %, −340."""
    if value is None or not math.isfinite(value):
        return NONE
    number = abs(float(value))
    if unit.startswith("GBP"):
        text = "£" + _money(number) + unit.removeprefix("GBP").replace("/", " a ")
    elif unit == "share":
        text = f"{100 * number:.1f} %"
    elif unit in ("ratio", "index", "weight"):
        text = f"{number:,.2f}"
    else:
        text = _plain(number) + (f" {unit}" if unit not in ("count", "people") else "")
    zero = not any(digit in text for digit in "123456789")
    sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
    return sign + text


def interval(low: Any, high: Any, unit: str) -> str:
    """An interval in words that cannot be mistaken for subtraction."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return NONE
    return f"{figure(low, unit, signed=low < 0 < high)} to {figure(high, unit, signed=low < 0 < high)}"


def chance(value: Any) -> str:
    """A probability in words and figures, never more certain than the runs allow."""
    if value is None or not math.isfinite(value):
        return NONE
    word = min(YARDSTICK, key=lambda band: max(band[0] - value, value - band[1], 0.0))[2]
    return f"{word} ({100 * value:.0f} %)"


def unvalidated(validated: bool) -> str:
    """The label of an outcome that no published finding supports, to be put after it; nothing after others."""
    return "" if validated else " (unvalidated)"


def _money(number: float) -> str:
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if number >= 0.9995 * size:
            return f"{number / size:.3g}{letter}" if number < 999.5 * size else f"{number / size:,.0f}{letter}"
    return f"{number:,.2f}" if number < 100 else f"{number:,.0f}"


def _plain(number: float) -> str:
    if number >= 100 or number == round(number):
        return f"{number:,.0f}"
    return f"{number:,.1f}" if number >= 10 else f"{number:,.2f}"
