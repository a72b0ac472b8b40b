"""Publish the build in the build file, when it is the one due and both gates have passed for it."""

from datetime import datetime

from orchestration.publishing.snapshot import Publication, publish_snapshot
from orchestration.quality.verdict import require
from orchestration.settings import Settings
from orchestration.warehouse.identity import code_fingerprint
from orchestration.warehouse.prepare import require_current_build


def publish_build(settings: Settings, *, run_id: str, now: datetime) -> Publication:
    """Publish the current build; the caller holds the writer lock.

    Raises GateRefused with the reason when there is no passing verdict of exactly these tables.
    """
    build_id = require_current_build(settings, gate=None)
    return publish_snapshot(
        settings, build_id=build_id, run_id=run_id, require=require, code_version=code_fingerprint(), now=now
    )
