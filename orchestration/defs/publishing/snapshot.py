"""The published snapshot: what BI tools and scorecards read."""

from datetime import UTC, datetime

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.publishing.files import PublicationError
from orchestration.quality.verdict import GateRefused
from orchestration.warehouse.lock import writer_lock
from orchestration.warehouse.publication import publish_build


@dg.asset(
    key=["published", "warehouse"],
    group_name="published",
    kinds={"duckdb", "parquet"},
    owners=["team:data-engineering"],
    deps=["core_verdict", "scorecards_verdict"],
    pool="warehouse",
)
def warehouse_snapshot(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """One build of the marts (core, kpis, scorecards) as BI tools read it: a DuckDB file and Parquet.

    Only a build whose tables both gates have passed is published; readers of an older one keep it.
    """
    settings = warehouse.settings()
    with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
        try:
            publication = publish_build(settings, run_id=context.run.run_id, now=datetime.now(UTC))
        except (GateRefused, PublicationError) as refusal:
            raise dg.Failure(str(refusal)) from refusal
    return dg.MaterializeResult(
        metadata={
            "build_id": publication.build_id,
            "is_new": publication.is_new,
            "directory": dg.MetadataValue.path(str(publication.directory)),
            "audit_head": publication.head,
            "tables": len(publication.rows),
            "dagster/row_count": sum(publication.rows.values()),
        }
    )
