"""The build's start: parameters and deliveries, beside the raw tables that dbt reads."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.operations.recovery import recover_home
from orchestration.settings import load_settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.manifest import all_tables
from orchestration.warehouse.increment import Wish
from orchestration.warehouse.lock import claim_refresh, writer_lock
from orchestration.warehouse.prepare import prepare_build
from orchestration.warehouse.row_counts import row_counts

CONTROL_TABLES = {
    "run_parameters": "One row: build id, as-of stamp, reporting time zone and smallest n of this build.",
    "deliveries": "One row per delivered file: SHA-256, rows delivered, landed, quarantined, and why.",
    "source_status": "One row per delivered table: how far its data reach, and whether it is stale.",
    "increment": "One row: whether this build continues the last complete one, and the days asked for.",
    "batch_changes": "One row per delivery that the last complete build did not have, or had alone.",
    "kpi_weights": "One row per audience, KPI and span of days: its weight, from the tables of judgements.",
    "weight_findings": "One row per rule that the tables of judgements break: no build passes with one.",
}


class BuildWish(dg.Config):
    """What a run asks of its build: everything anew, or the tickets with events in some local days."""

    full_refresh: bool = False
    touched_from: str | None = None
    touched_until: str | None = None

    def wish(self) -> Wish:
        """The same, read. Raises ValueError for a day that is none, or a range with one end."""
        return Wish.of_days(self.touched_from, self.touched_until, full_refresh=self.full_refresh)


@dg.definitions
def run_parameters() -> dg.Definitions:
    """The step that begins a build, after every source has landed."""
    tables = all_tables(load_contracts(load_settings().contracts_dir))
    landed = [dg.AssetKey(["raw", table.raw_name]) for table in tables]

    @dg.multi_asset(
        name="begin_build",
        specs=[
            dg.AssetSpec(
                key=["raw", table],
                group_name="raw",
                description=description,
                kinds={"duckdb"},
                owners=["team:data-engineering"],
                deps=landed,
            )
            for table, description in CONTROL_TABLES.items()
        ],
        pool="warehouse",
    )
    def begin_build(
        context: dg.AssetExecutionContext, config: BuildWish, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None]]:
        settings = warehouse.settings()
        claim_refresh(settings.warehouse, holder=f"run {context.run.run_id}")
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            recover_home(settings, datetime.now(UTC))
            parameters = prepare_build(settings, config.wish())
            rows = row_counts(settings, [("raw", table) for table in CONTROL_TABLES])
        for table in CONTROL_TABLES:
            yield dg.MaterializeResult(
                asset_key=["raw", table],
                metadata={
                    "dagster/row_count": rows["raw", table],
                    "build_id": parameters.build_id,
                    "as_of": parameters.as_of.isoformat(),
                    "code_fingerprint": parameters.code_fingerprint,
                },
            )

    return dg.Definitions(assets=[begin_build])
