"""What the gates of a build let pass, in words for its pages."""

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
    """The failed checks of both gates that only warn, in the order of the verdicts."""
    return [
        GateNote(gate, result["table"], result["check"].replace("_", " "), result["detail"])
        for gate, stored in evidence["gates"].items()
        for result in (check["result"] for check in stored["verdict"]["checks"])
        if result["status"] == "failed" and result["severity"] == "warning"
    ]


def waivers_of(evidence: Mapping[str, Any]) -> list[GateNote]:
    """The failed checks that a waiver let pass; the detail says who allowed it, why and until when."""
    return [
        GateNote(
            gate,
            waiver["table_name"],
            waiver["check_name"].replace("_", " "),
            f"{waiver['reason']}; allowed by {waiver['approved_by']} until {waiver['valid_until']}",
        )
        for gate, stored in evidence["gates"].items()
        for waiver in (
            judged["waiver"] for judged in stored["verdict"]["waivers"] if judged["state"] == "used"
        )
    ]
