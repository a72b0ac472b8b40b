"""One asset per delivered table: what a source system has delivered, landed whole."""

from collections.abc import Iterator

import dagster as dg

from expectations import raw_suites
from orchestration.defs.resources import Warehouse
from orchestration.settings import load_settings
from orchestration.sources.contract import SourceContract, TableContract, load_contracts
from orchestration.sources.landing import land_source
from orchestration.sources.landing_checks import CheckResult, landing_checks
from orchestration.sources.manifest import Delivery, current_by_table, read_deliveries
from orchestration.warehouse.lock import claim_refresh, writer_lock
from orchestration.warehouse.suite_runs import begin_suites, run_raw_suite

LANDING_CHECKS = {
    "delivery_is_sound": "Every delivered row has landed or is in quarantine; once anything has landed, the "
    "contract's minimum of rows is there; all files were pseudonymised with one key.",
    "newest_file_has_landed": "The newest file was accepted; otherwise the last good one is in use.",
}


def raw_asset_spec(contract: SourceContract, table: TableContract) -> dg.AssetSpec:
    """The asset of one delivered table; its description opens with the contract's own."""
    return dg.AssetSpec(
        key=["raw", table.raw_name],
        group_name="raw",
        description=f"{table.description}\n\nFrom {contract.owner} as `{table.file}` ({table.delivery}).",
        kinds={table.format, "parquet"},
        owners=["team:data-engineering"],
        metadata={
            "source_system": contract.source,
            "file_pattern": table.file,
            "encoding": table.encoding,
            "natural_key": ", ".join(table.key),
            "contract_version": contract.version,
            "minimum_rows": table.minimum_rows,
        },
    )


def landing_check_specs(table: TableContract) -> list[dg.AssetCheckSpec]:
    """The landing checks of one table."""
    return [
        dg.AssetCheckSpec(name, asset=["raw", table.raw_name], description=description, blocking=True)
        for name, description in LANDING_CHECKS.items()
    ]


def materialization(
    table: TableContract, current: list[Delivery], seen: list[Delivery]
) -> dg.MaterializeResult[None]:
    """Row counts and the files behind a landed table, for the auditor's walk."""
    files = [
        dg.TableRecord(
            {
                "file": item.file_name,
                "sha256": item.file_sha256,
                "rows": item.landed_rows,
                "batch": item.batch_id,
            }
        )
        for item in current
    ]
    metadata: dict[str, dg.MetadataValue] = {
        "dagster/row_count": dg.MetadataValue.int(sum(item.landed_rows for item in current)),
        "rows_quarantined": dg.MetadataValue.int(sum(item.quarantined_rows for item in current)),
        "files_new": dg.MetadataValue.int(sum(item.outcome == "landed" for item in seen)),
        "files_rejected": dg.MetadataValue.int(sum(item.outcome == "rejected" for item in seen)),
    }
    if files:
        metadata["files"] = dg.MetadataValue.table(records=files)
    return dg.MaterializeResult(asset_key=["raw", table.raw_name], metadata=metadata)


def check_results(table: TableContract, results: list[CheckResult]) -> Iterator[dg.AssetCheckResult]:
    """The landing checks of a table in the UI: what blocks as one, what warns as the other."""
    severities = {"critical": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}
    for name, severity in zip(LANDING_CHECKS, severities, strict=True):
        own = [result for result in results if (result.table, result.severity) == (table.raw_name, severity)]
        failed = [result for result in own if not result.passed]
        yield dg.AssetCheckResult(
            asset_key=["raw", table.raw_name],
            check_name=name,
            passed=not failed,
            severity=severities[severity],
            description="; ".join(result.detail for result in failed or own),
        )


def build_source_assets(contract: SourceContract) -> dg.AssetsDefinition:
    """One step that lands every new file of a source system and judges what it has now."""
    own_tables = {table.raw_name for table in contract.tables.values()}

    @dg.multi_asset(
        name=f"land_{contract.source}",
        specs=[raw_asset_spec(contract, table) for table in contract.tables.values()],
        check_specs=[spec for table in contract.tables.values() for spec in landing_check_specs(table)],
        pool="warehouse",
    )
    def land(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        settings = warehouse.settings()
        claim_refresh(settings.warehouse, holder=f"run {context.run.run_id}")
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            seen = land_source(
                contract,
                inbox=settings.inbox,
                landing=settings.landing,
                quarantine=settings.quarantine,
                vault=settings.vault,
                key=settings.secret_key(),
            )
        for delivery in seen:
            if delivery.needs_attention and delivery.is_new:
                context.log.warning(delivery.summary_line())
        suites = [suite for suite in raw_suites() if suite.name in own_tables]
        begin_suites(run_raw_suite, settings, suites, context.run.run_id)
        current = current_by_table({contract.source: contract}, read_deliveries(settings.landing))
        for table in contract.tables.values():
            own = [item for item in seen if item.table == table.raw_name]
            yield materialization(table, current[table.raw_name], own)
        results = landing_checks({contract.source: contract}, settings.landing, key=settings.secret_key())
        for table in contract.tables.values():
            yield from check_results(table, results)

    return land


@dg.definitions
def deliveries() -> dg.Definitions:
    """The landing steps of all contracted source systems."""
    contracts = load_contracts(load_settings().contracts_dir)
    return dg.Definitions(assets=[build_source_assets(contract) for contract in contracts.values()])
