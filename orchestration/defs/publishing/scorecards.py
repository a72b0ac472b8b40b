"""Scorecards for people, one asset per cadence, from the snapshot that is served."""

from datetime import UTC, datetime

import dagster as dg

from orchestration.defs.resources import Warehouse
from orchestration.publishing.files import PublicationError
from orchestration.scorecards.model import GRAINS, Cadence
from orchestration.scorecards.publish import publish_scorecards
from orchestration.warehouse.lock import writer_lock


def build_scorecards(cadence: Cadence) -> dg.AssetsDefinition:
    """The scorecards of one cadence."""

    @dg.asset(
        key=["published", f"scorecards_{cadence}"],
        group_name="published",
        description=f"One page and one JSON file per audience, member and "
        f"{GRAINS[cadence].replace('_', '-')}; immutable, a changed figure is a new version.",
        kinds={"html", "json"},
        owners=["team:data-engineering"],
        deps=[["published", "warehouse"]],
        pool="warehouse",
    )
    def scorecards(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
        settings = warehouse.settings()
        with writer_lock(settings.warehouse, holder=f"run {context.run.run_id}"):
            try:
                summary = publish_scorecards(settings, cadence, datetime.now(UTC))
            except PublicationError as refusal:
                raise dg.Failure(str(refusal)) from refusal
        return dg.MaterializeResult(metadata={"dagster/row_count": summary.written + summary.unchanged})

    return scorecards


@dg.definitions
def scorecards() -> dg.Definitions:
    """The scorecards of all cadences."""
    return dg.Definitions(assets=[build_scorecards(cadence) for cadence in GRAINS])
