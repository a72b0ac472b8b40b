"""What a check of the doctor says: the thing looked at, how it is, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]
GIB = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. A `fault` stops a run or makes figures wrong; a `warning` may later."""

    check: str
    state: State
    found: str
    mend: str = ""


def ok(check: str, found: str) -> Finding:
    """It is as it must be."""
    return Finding(check, "ok", found)


def warning(check: str, found: str, mend: str) -> Finding:
    """It works now; somebody should look at it."""
    return Finding(check, "warning", found, mend)


def fault(check: str, found: str, mend: str) -> Finding:
    """A run would fail, or give wrong figures."""
    return Finding(check, "fault", found, mend)
