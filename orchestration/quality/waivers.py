"""Waivers: rows of a governed seed that let a failing check pass for a while, by a second person's leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

WaiverState = Literal["used", "not_needed", "expired", "self_approved", "incomplete"]


@dataclass(frozen=True)
class Waiver:
    """One row of `core.check_waivers`: the failing check, why it may pass, who asked and who allowed it."""

    check_name: str
    table_name: str
    reason: str | None
    requested_by: str | None
    approved_by: str | None
    approved_on: date | None
    valid_until: date | None

    def flaw(self, as_of: date) -> WaiverState | None:
        """Why the waiver does not hold for data of `as_of`; None if it does."""
        reason, asker, approver = (
            (text or "").strip().casefold() for text in (self.reason, self.requested_by, self.approved_by)
        )
        if not (reason and asker and approver and self.approved_on and self.valid_until):
            return "incomplete"
        if approver == asker:
            return "self_approved"
        return "expired" if self.valid_until < as_of else None


@dataclass(frozen=True)
class JudgedWaiver:
    """A waiver and what it did for one verdict."""

    waiver: Waiver
    state: WaiverState


def read_waivers(connection: duckdb.DuckDBPyConnection) -> list[Waiver]:
    """The waivers of this build, in a stable order; raises duckdb.CatalogException without the seed."""
    rows = connection.execute(
        "select check_name, table_name, reason, requested_by, approved_by, approved_on, valid_until"
        " from core.check_waivers order by all"
    ).fetchall()
    return [Waiver(*row) for row in rows]


def judge_waivers(
    waivers: Iterable[Waiver], failing: set[tuple[str, str]], as_of: date
) -> tuple[JudgedWaiver, ...]:
    """What each waiver does for the critical failures, given as (table, check)."""
    return tuple(
        JudgedWaiver(waiver, _state(waiver, (waiver.table_name, waiver.check_name) in failing, as_of))
        for waiver in waivers
    )


def _state(waiver: Waiver, is_failing: bool, as_of: date) -> WaiverState:
    if not is_failing:
        return "not_needed"
    return waiver.flaw(as_of) or "used"
