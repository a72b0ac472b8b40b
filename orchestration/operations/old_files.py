"""Files of the home that nothing needs any more: replaced landings, records of gone builds, old output."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from orchestration.operations.rules import Removal, Rules, age_in_days
from orchestration.settings import Settings
from orchestration.sources.contract import SourceContract
from orchestration.sources.manifest import Delivery, current_by_table, parquet_path


def superseded_removals(
    settings: Settings,
    contracts: dict[str, SourceContract],
    deliveries: list[Delivery],
    rules: Rules,
    now: datetime,
) -> Iterator[Removal]:
    """Landed rows that no build reads: older files of full feeds, older contract versions.

    The record of the delivery stays, so the build id and the evidence do too. While the delivered file still
    lies in the inbox its rows stay as well: the next run would only land it again.
    """
    tables = current_by_table(contracts, deliveries)
    current = {item.batch_id for items in tables.values() for item in items}
    for item in deliveries:
        path = parquet_path(settings.landing, item)
        replaced = item.status == "landed" and item.table in tables and item.batch_id not in current
        lies_there = (settings.inbox / item.source / item.file_name).exists()
        if replaced and path.exists() and not lies_there and age_in_days(path, now) > rules.superseded_days:
            yield Removal("superseded landing", path, f"{rules.superseded_days} days")


def record_removals(settings: Settings, rules: Rules, now: datetime) -> Iterator[Removal]:
    """Check results and verdicts of builds that are not published; the evidence of a build holds its own."""
    kept = {path.name for path in (settings.published / "versions").glob("*")} | {"landed"}
    for folder in ("checks", "verdicts"):
        for path in sorted((settings.warehouse / folder).glob("*/*.json")):
            if path.parent.name not in kept and age_in_days(path, now) > rules.records_days:
                yield Removal("build records", path, f"{rules.records_days} days")


def output_removals(settings: Settings, rules: Rules, now: datetime) -> Iterator[Removal]:
    """What the steps of runs printed, kept by Dagster beside its records."""
    for path in sorted((settings.dagster_home / "storage").glob("*/compute_logs/*")):
        if path.is_file() and age_in_days(path, now) > rules.output_days:
            yield Removal("run output", path, f"{rules.output_days} days")


def remove_empty_folders(folder: Path, stop: Path) -> None:
    """Remove a folder and those above it, below `stop`, as long as they are empty."""
    while folder != stop and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
