"""The mark of an outcome that no published finding supports, and what it says."""

from __future__ import annotations

SIGN = "†"
MARK = f"\u00a0{SIGN}"
SAYS = "unvalidated: no published finding that tries what makes it is reproduced on this version of the model"
SPOKEN = "(unvalidated)"


def spelt(text: str) -> str:
    """A text in which the mark is spelt out, for those who hear it."""
    return text.replace(SIGN, SPOKEN)
