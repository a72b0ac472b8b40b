"""What dead runs left in a home, finished or removed before the next one builds on it."""

import shutil
from datetime import datetime

from orchestration.publishing.files import publishing_alone
from orchestration.publishing.serving import recover
from orchestration.quality.files import remove_unfinished
from orchestration.settings import Settings
from orchestration.warehouse.lock import (
    WarehouseLockedError,
    claim_refresh,
    release_refresh,
    writer_lock,
)


def recover_home(settings: Settings, now: datetime) -> None:
    """Remove temporary files and finish a half-made publication; only for the holder of the writer lock.

    Raises PublicationError when the published tree cannot be mended.
    """
    for folder in (settings.warehouse / "checks", settings.warehouse / "verdicts", settings.key_file.parent):
        remove_unfinished(folder)
    remove_unfinished(settings.home, ".*.tmp")
    # Only landing steps and builds write here, under the lock that the caller holds. Before decision 0058
    # they spilled into `spill` and beside the build's files.
    spilled = (*settings.warehouse.glob("spill*"), *settings.warehouse.glob("*.duckdb.tmp"))
    for folder in (settings.landing / ".tmp", *spilled):
        shutil.rmtree(folder, ignore_errors=True)
    if any(settings.published.glob("*")):
        with publishing_alone(settings.published):
            recover(settings, now)


def recover_idle_home(settings: Settings, now: datetime) -> None:
    """The same, unless there is no home yet or somebody is at work: then nothing of it is a dead run's."""
    if not settings.warehouse.exists():
        return
    holder = "a look for what dead runs left"
    try:
        claim_refresh(settings.warehouse, holder=holder)
        with writer_lock(settings.warehouse, holder=holder, wait_seconds=0):
            recover_home(settings, now)
    except WarehouseLockedError:
        return
    finally:
        release_refresh(settings.warehouse)
