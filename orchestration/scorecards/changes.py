"""What a new version of a scorecard says differently from the one before, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

# What is compared, with the reason given for the first of them that differs; the rest follows from these.
_REASONS = {
    "formula_version": "the KPI's definition has a new version",
    "denominator": "late or corrected data changed what was counted",
    "numerator": "late or corrected data changed what was counted",
    "n": "late or corrected data changed what was counted",
    "value": "late or corrected data changed the value",
    "is_suppressed": "the number of answers crossed the minimum",
    "target": "the target in force was changed",
    "weight": "the weight in force was changed",
    "warning": "the warning limit in force was changed",
    "floor": "the floor in force was changed",
    "is_complete": "the value was provisional and is final now",
    "previous_value": "the period before was restated",
}
_REOPENED = "its final value is provisional again"
_SHOWN = ("value", "target", "status")


@dataclass(frozen=True)
class Change:
    """One KPI that differs; `before` and `after` hold value, target and status, null where it is absent."""

    kpi_code: str
    label_en: str
    reason: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The KPIs that differ between two contents, in display order, then the composite and the member."""
    old = {kpi["kpi_code"]: kpi for kpi in before["kpis"]}
    new = {kpi["kpi_code"]: kpi for kpi in after["kpis"]}
    changes = [
        Change(
            code,
            (old | new)[code]["label_en"],
            reason,
            _shown(old.get(code)),
            _shown(new.get(code)),
        )
        for code in [*new, *(code for code in old if code not in new)]
        for reason in _reason(old.get(code), new.get(code))
    ]
    scores = [_whole(content.get("composites", [])) for content in (before, after)]
    if before.get("composites") != after["composites"]:
        reason = "the KPIs behind it changed" if changes else "weights or limits in force were changed"
        changes.append(Change("", "Composite score", reason, *scores))
    if before["member"] != after["member"]:
        changes.append(Change("", "Member", "name or department was changed", None, None))
    return changes


def as_data(changes: list[Change]) -> list[dict[str, Any]]:
    """The changes as JSON holds them."""
    return [asdict(change) for change in changes]


def _reason(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[str]:
    if old is None:
        yield "the KPI is new on this scorecard"
    elif new is None:
        yield "the KPI has left this scorecard"
    elif old != new:
        differing = [reason for field, reason in _REASONS.items() if old.get(field) != new.get(field)]
        if old["is_complete"] and not new["is_complete"]:
            differing = [reason for reason in differing if reason != _REASONS["is_complete"]] + [_REOPENED]
        yield differing[0] if differing else "its wording or classification was changed"


def _shown(kpi: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if kpi is None else {name: kpi[name] for name in _SHOWN}


def _whole(composites: list[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The composite of the whole, shown like a KPI that has no target."""
    whole = [score for score in composites if score["part_type"] == "overall"]
    return {"value": whole[0]["value"], "target": None, "status": whole[0]["status"]} if whole else None
