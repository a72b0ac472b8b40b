"""The jobs: one refresh from inbox to snapshot, and one publishing job per cadence."""

import dagster as dg

from orchestration.defs.automation.notifications import notify_failure

SCORECARD_CADENCES = ("weekly", "monthly")


def publishing_job(cadence: str) -> dg.UnresolvedAssetJobDefinition:
    """The job that publishes the scorecards of one cadence from the current snapshot."""
    return dg.define_asset_job(
        f"publish_scorecards_{cadence}",
        selection=dg.AssetSelection.assets(["published", f"scorecards_{cadence}"]),
        description=f"Publish the {cadence} scorecards of the snapshot that is served now.",
        hooks={notify_failure},
        executor_def=dg.in_process_executor,
    )


refresh_warehouse = dg.define_asset_job(
    "refresh_warehouse",
    selection=dg.AssetSelection.all()
    - dg.AssetSelection.assets(*[["published", f"scorecards_{cadence}"] for cadence in SCORECARD_CADENCES]),
    description="Land what was delivered, build the warehouse, judge it at both gates, publish the snapshot.",
    hooks={notify_failure},
    executor_def=dg.in_process_executor,
)
publish_scorecards_weekly = publishing_job("weekly")
publish_scorecards_monthly = publishing_job("monthly")
