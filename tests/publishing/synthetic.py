"""A small build file with the shape that publication reads, and gates that judge it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.publishing.snapshot import Publication, publish_snapshot
from orchestration.settings import Settings

NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
KEY = "a key that is long enough"


class GateRefusedError(RuntimeError):
    """Stands for the gate's own error."""


def settings_in(home: Path) -> Settings:
    return Settings(home=home, key_from_environment=KEY)


def write_build(settings: Settings, build_id: str, tickets: int = 100) -> None:
    """Write `warehouse/build.duckdb`; every table says which build it belongs to."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    settings.build_file.unlink(missing_ok=True)
    with duckdb.connect(str(settings.build_file)) as connection:
        for schema in ("raw", "intermediate", "core", "kpis", "scorecards"):
            connection.execute(f"create schema {schema}")
        connection.execute(_TABLES.format(build_id=build_id, tickets=tickets))
    write_verdicts(settings, build_id)


def write_verdicts(settings: Settings, build_id: str) -> None:
    for gate in ("core", "scorecards"):
        path = settings.warehouse / "verdicts" / build_id / f"{gate}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        warnings = [{"table": "core.fct_tickets", "check": "topic_is_known", "detail": "3 of 100 rows"}]
        content = {"build_id": build_id, "gate": gate, "warnings": warnings if gate == "core" else []}
        path.write_text(json.dumps(content), encoding="utf-8")


def require(warehouse: Path, gate: str, build_id: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Passes a build with verdicts whose tables hold rows of this very build."""
    if not (warehouse / "verdicts" / build_id / f"{gate}.json").exists():
        raise GateRefusedError(f"no verdict of gate {gate}")
    row = connection.execute("select distinct build_id from kpis.fct_kpi_values").fetchall()
    if row != [(build_id,)]:
        raise GateRefusedError(f"the tables are of build {row}")


def publish(settings: Settings, build_id: str, now: datetime = NOW, **options: int) -> Publication:
    return publish_snapshot(
        settings, build_id=build_id, run_id="run", require=require, code_version="code", now=now, **options
    )


def build_and_publish(settings: Settings, build_id: str, now: datetime = NOW) -> Publication:
    write_build(settings, build_id)
    return publish(settings, build_id, now)


_TABLES = """
create table raw.deliveries as
select 'b1' as batch_id, 'crm' as source_system, 'crm_tickets' as table_name, 'tickets.csv' as file_name,
    repeat('a', 64) as file_sha256, 1000 as file_bytes, 'landed' as status, null::varchar as reason,
    1 as contract_version, {tickets} + 2 as delivered_rows, {tickets} as landed_rows, 2 as quarantined_rows;
create table raw.run_parameters as
select '{build_id}' as build_id, timestamp '2026-11-01 00:00:00' as as_of,
    'UTC' as reporting_time_zone, 5 as minimum_n;
create table raw.source_status as
select 'crm' as source_system, 'crm_tickets' as table_name, {tickets} as current_rows, 1 as minimum_rows,
    false as is_stale, true as has_landed, timestamp '2026-01-01' as data_from,
    timestamp '2026-10-31 23:10:00' as data_until;
create table intermediate.int_numbers as select range as number from range({tickets});
create table core.fct_tickets as
select 'crm:T' || number as ticket_key, (number / 7)::decimal(18, 6) as hours,
    sum(number) over () as hugeint_total,
    case when number % 3 > 0 then timestamp '2026-10-01' + interval (number) minute end as opened_at,
    '{build_id}' as build_id
from intermediate.int_numbers;
comment on table core.fct_tickets is 'One row per ticket; it''s the grain.';
comment on column core.fct_tickets.hours is 'Hours until the resolution.';
create view core.dim_sources as select *, '{build_id}' as build_id from build.raw.source_status;
create table kpis.dim_kpi as select 'csat_top2' as kpi_code, 1 as formula_version;
create table kpis.fct_kpi_values as select 'csat_top2' as kpi_code, 0.9::decimal(18, 6) as value,
    '{build_id}' as build_id;
create table scorecards.rpt_scorecard_executive as select 'all' as member_key, '{build_id}' as build_id;
"""
