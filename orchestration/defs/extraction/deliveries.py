"""One asset per delivered table: what a source system has delivered, landed whole."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.settings import load_settings
from orchestration.sources.contract import SourceContract, TableContract, load_contracts
from orchestration.sources.landing import land_source
from orchestration.sources.manifest import Delivery, current_deliveries, read_deliveries
from orchestration.warehouse.lock import writer_lock


def raw_asset_spec(contract: SourceContract, table: TableContract) -> dg.AssetSpec:
    """The asset of one delivered table; its description opens with the contract's own."""
    return dg.AssetSpec(
        key=["raw", table.raw_name],
        group_name="raw",
        description=f"{table.description}\n\nDelivered by {contract.owner} as `{table.file}` ({table.delivery}).",
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


def delivery_metadata(current: list[Delivery], seen: list[Delivery]) -> dict[str, dg.MetadataValue]:
    """Row counts and the files behind a landed table, for the auditor's walk."""
    files = [
        dg.TableRecord(
            {"file": item.file_name, "sha256": item.file_sha256, "rows": item.landed_rows, "batch": item.batch_id}
        )
        for item in current
    ]
    metadata: dict[str, dg.MetadataValue] = {
        "dagster/row_count": dg.MetadataValue.int(sum(item.landed_rows for item in current)),
        "rows_quarantined": dg.MetadataValue.int(sum(item.quarantined_rows for item in current)),
        "files_new": dg.MetadataValue.int(sum(item.status == "landed" for item in seen)),
        "files_rejected": dg.MetadataValue.int(sum(item.status == "rejected" for item in seen)),
    }
    if files:
        metadata["files"] = dg.MetadataValue.table(records=files)
    return metadata


def build_source_assets(contract: SourceContract) -> dg.AssetsDefinition:
    """One step that lands every new file of a source system."""

    @dg.multi_asset(
        name=f"land_{contract.source}",
        specs=[raw_asset_spec(contract, table) for table in contract.tables.values()],
        pool="warehouse",
    )
    def land(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
        settings = warehouse.settings()
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
            if delivery.summary_line():
                context.log.warning(delivery.summary_line())
        current = current_deliveries(read_deliveries(settings.landing), {contract.source: contract})
        for table in contract.tables.values():
            yield dg.MaterializeResult(
                asset_key=["raw", table.raw_name],
                metadata=delivery_metadata(
                    [item for item in current if item.table == table.raw_name],
                    [item for item in seen if item.table == table.raw_name],
                ),
            )

    return land


@dg.definitions
def deliveries() -> dg.Definitions:
    """The landing steps of all contracted source systems."""
    contracts = load_contracts(load_settings().contracts_dir)
    return dg.Definitions(assets=[build_source_assets(contract) for contract in contracts.values()])
