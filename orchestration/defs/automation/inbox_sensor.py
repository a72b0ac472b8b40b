"""A sensor on the inbox: new or changed files start a refresh once they have stopped growing."""

import hashlib
import time

import dagster as dg

from orchestration.settings import Settings, load_settings

SETTLE_SECONDS = 30


def inbox_state(settings: Settings, now: float) -> tuple[str, bool]:
    """A fingerprint of the inbox's files (name, size, time) and whether all have been still for a while."""
    digest = hashlib.sha256()
    still = True
    for path in sorted(settings.inbox.glob("*/*")):
        status = path.lstat()
        digest.update(f"{path.relative_to(settings.inbox)}|{status.st_size}|{status.st_mtime_ns}\n".encode())
        still = still and now - status.st_mtime >= SETTLE_SECONDS
    return digest.hexdigest(), still


@dg.sensor(job_name="refresh_warehouse", minimum_interval_seconds=30)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """One run per state of the inbox."""
    state, still = inbox_state(load_settings(), time.time())
    if state == context.cursor:
        return dg.SkipReason("Nothing new in the inbox.")
    if not still:
        return dg.SkipReason("A file is still being written.")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=state)], cursor=state)
