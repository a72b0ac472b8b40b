"""The jobs: one refresh from inbox to snapshot, and one publishing job per cadence."""

from functools import reduce
from operator import or_

import dagster as dg

from orchestration.defs.automation.notifications import notify_failure
from orchestration.scorecards.model import GRAINS

# A run that died is repeated whole: what had landed is a no-op, and a build is of one run.
REPEATED_WHOLE = {"dagster/retry_strategy": "ALL_STEPS"}


@dg.definitions
def jobs() -> dg.Definitions:
    """Jobs run in one process: there is one writer, and a process per step would cost more than the steps."""
    scorecards = {
        cadence: dg.AssetSelection.assets(["published", f"scorecards_{cadence}"]) for cadence in GRAINS
    }
    publishing = [
        dg.define_asset_job(
            f"publish_scorecards_{cadence}",
            selection=selection,
            description=f"Publish the {cadence.replace('_', '-')} scorecards of the snapshot that is served.",
            hooks={notify_failure},
            executor_def=dg.in_process_executor,
            tags=REPEATED_WHOLE,
        )
        for cadence, selection in scorecards.items()
    ]
    refresh = dg.define_asset_job(
        "refresh_warehouse",
        selection=dg.AssetSelection.all() - reduce(or_, scorecards.values()),
        description="Land what was delivered, build the warehouse, judge it at both gates, publish it.",
        hooks={notify_failure},
        executor_def=dg.in_process_executor,
        tags=REPEATED_WHOLE,
    )
    return dg.Definitions(jobs=[refresh, *publishing])
