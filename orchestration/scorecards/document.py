"""The page on KPIs, generated from the tables: what each counts, when it is final, what is to be reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

_KPIS = """
select kpi_code, label_en, label_zh, definition, source, owner, unit, direction, pillar, aspect, element,
    kind, shape, fact, date_column, cohort, maturity_days, numerator_column, denominator_column, multiplier,
    divisor, interval_method, percentile, formula_version, model_name
from kpis.dim_kpi
order by display_order
"""
_TARGETS = """
select kpi_code, scope_type, scope_key, valid_from, target, warning, floor, origin, reason
from core.kpi_targets
where valid_to is null
order by kpi_code, scope_type <> 'organisation', scope_type, scope_key
"""
_INTERVALS = {
    "wilson": "Wilson, 95 %",
    "nps": "margin of error, 95 %",
    "mean": "Student's t, 95 %",
}
_SCALES = {
    "share": (Decimal(100), " %"),
    "seconds": (Decimal(1), " s"),
    "minutes": (Decimal(1), " min"),
    "hours": (Decimal(1), " h"),
}


@dataclass(frozen=True)
class _Kpi:
    code: str
    label_en: str
    label_zh: str
    definition: str
    source: str
    owner: str
    unit: str
    direction: str
    pillar: str
    aspect: str
    element: str
    kind: str
    shape: str
    fact: str
    date_column: str
    cohort: str
    maturity_days: int
    numerator: str | None
    denominator: str | None
    multiplier: int
    divisor: int
    interval: str
    percentile: Decimal | None
    version: int
    model: str | None


@dataclass(frozen=True)
class _Target:
    code: str
    scope_type: str
    scope_key: str
    valid_from: date
    target: Decimal
    warning: Decimal | None
    floor: Decimal | None
    origin: str
    reason: str


def kpis_markdown(connection: duckdb.DuckDBPyConnection) -> str:
    """docs/kpis.md: KPIs with their open targets, by pillar; from `kpis.dim_kpi` and `core.kpi_targets`."""
    kpis = [_Kpi(*row) for row in connection.execute(_KPIS).fetchall()]
    targets = [_Target(*row) for row in connection.execute(_TARGETS).fetchall()]
    lines = [
        "# KPIs",
        "",
        "Generated from the registry (`dbt_project/macros/registry`) and the governed targets"
        " (`dbt_project/seeds/kpi_targets.csv`); do not edit.",
        "",
    ]
    for pillar in dict.fromkeys(kpi.pillar for kpi in kpis):
        lines += [f"## {_words(pillar)}", ""]
        for kpi in kpis:
            if kpi.pillar == pillar:
                lines += _entry(kpi, [target for target in targets if target.code == kpi.code])
    return "\n".join(lines).rstrip() + "\n"


def _entry(kpi: _Kpi, targets: list[_Target]) -> Iterator[str]:
    yield from (f"### `{kpi.code}`: {kpi.label_en} ({kpi.label_zh})", "", kpi.definition, "")
    yield f"- Formula, version {kpi.version}: {_formula(kpi)}"
    yield f"- In {kpi.unit}; {'more' if kpi.direction == 'up' else 'less'} is better; {kpi.kind}"
    final = f"{kpi.maturity_days} d after the period" if kpi.maturity_days else "when the period is over"
    yield f"- Cohort: {kpi.cohort} (`{kpi.date_column}`); final {final}"
    if kpi.interval in _INTERVALS:
        yield f"- Interval: {_INTERVALS[kpi.interval]}; suppressed below the minimum number of answers"
    yield f"- {_words(kpi.aspect)}; {_words(kpi.element).lower()}; owner: {kpi.owner}; source: {kpi.source}"
    yield from (f"- Target {_target(target, kpi.unit)}" for target in targets)
    yield ""


def _formula(kpi: _Kpi) -> str:
    if kpi.model is None:
        return "due later, no values yet: they come with an analysis that is not built"
    if kpi.shape == "special":
        return f"model `{kpi.model}`"
    scale = (f" x {kpi.multiplier}" if kpi.multiplier != 1 else "") + (
        f" / {kpi.divisor}" if kpi.divisor != 1 else ""
    )
    if kpi.shape == "percentile" and kpi.percentile is not None:
        share = f"{kpi.percentile * 100:.0f}th percentile"
        return f"{share} of `{kpi.numerator}` where `{kpi.denominator}`{scale}, from `{kpi.fact}`"
    return f"sum of `{kpi.numerator}` / sum of `{kpi.denominator}`{scale}, from `{kpi.fact}`"


def _target(target: _Target, unit: str) -> str:
    limits = "".join(
        f", {name} {_amount(level, unit)}"
        for name, level in (("warning", target.warning), ("floor", target.floor))
        if level is not None
    )
    member = "" if target.scope_type == "organisation" else f" for {target.scope_type} `{target.scope_key}`"
    since = f"since {target.valid_from} ({target.origin})"
    return f"{_amount(target.target, unit)}{limits}{member} {since}: {target.reason}"


def _amount(value: Decimal, unit: str) -> str:
    factor, suffix = _SCALES.get(unit, (Decimal(1), ""))
    return f"{(value * factor).normalize():f}{suffix}"


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()
