"""What the gates of a build said, in words for its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class GateNote:
    """A check that failed and did not stop the gate: the table, what was expected, what was found."""

    gate: str
    table: str
    check: str
    detail: str


def warnings_of(evidence: Mapping[str, Any]) -> list[GateNote]:
    """The warnings of both gates, in the order of the verdicts."""
    return _notes(evidence, "warnings")


def waivers_of(evidence: Mapping[str, Any]) -> list[GateNote]:
    """The failed checks that a valid waiver let pass."""
    return _notes(evidence, "waived")


def _notes(evidence: Mapping[str, Any], key: str) -> list[GateNote]:
    return [
        GateNote(
            gate, str(entry["table"]), str(entry["check"]).replace("_", " "), str(entry.get("detail", ""))
        )
        for gate, stored in evidence["gates"].items()
        for entry in stored["verdict"].get(key, [])
    ]
