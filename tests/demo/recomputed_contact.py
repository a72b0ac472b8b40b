"""Recomputes the KPIs of calls from delivered files, row by row and in the plainest way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.demo.delivered import Row, local

if TYPE_CHECKING:
    from tests.demo.recomputed import Recomputed


def recompute_contact(figures: Recomputed) -> None:
    """Add to the figures what customers met at the telephone."""
    for row in figures.company.calls:
        _call(figures, row)


def _call(figures: Recomputed, row: Row) -> None:
    department = figures.company.department_of[row["queue"]]
    scopes = figures.members(department, row["queue"], row["agent"], "phone")
    offered = local(row["offered"])
    assert offered is not None
    waited = int(row["queue_seconds"] or -1)
    if row["answered"]:
        figures.add("phone_asa_seconds", scopes, offered, waited)
    if row["wrap_seconds"]:
        parts = (int(row[f"{name}_seconds"]) for name in ("talk", "hold", "wrap"))
        figures.add("phone_aht_seconds", scopes, offered, sum(parts))
    if row["answered"] or row["abandoned"]:
        figures.add("phone_abandon_rate", scopes, offered, bool(row["abandoned"]))
    if row["answered"] or (row["abandoned"] and waited > 20):
        figures.add("phone_service_level", scopes, offered, bool(row["answered"]) and waited <= 20)
