"""Personal data that is past its days: raw identifiers in the vault, raw rows in quarantine, the inbox."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pyarrow.parquet

from orchestration.operations.rules import Removal, Rules, age_in_days
from orchestration.settings import Settings
from orchestration.sources.contract import TableContract
from orchestration.sources.files import sha256_of
from orchestration.sources.manifest import Delivery

Tables = Mapping[str, TableContract]
RAW = "_raw"


def vault_removals(settings: Settings, tables: Tables, rules: Rules, now: datetime) -> Iterator[Removal]:
    """Files, or columns of files, of the vault that are older than their contract allows.

    What no contract names any more has no purpose left: it goes after the days of the quarantine.
    """
    for path in sorted(settings.vault.glob("*/*.parquet")):
        days = _days_of_columns(tables.get(path.parent.name))
        held = [
            name.removesuffix(RAW) for name in pyarrow.parquet.read_schema(path).names if name.endswith(RAW)
        ]
        age = age_in_days(path, now)
        past = tuple(name for name in held if age > days.get(name, rules.quarantine_days))
        if past:
            note = ", ".join(f"{name}: {days.get(name, rules.quarantine_days)} days" for name in past)
            yield Removal("vault", path, note, () if len(past) == len(held) else past)


def quarantine_removals(settings: Settings, tables: Tables, rules: Rules, now: datetime) -> Iterator[Removal]:
    """Quarantined rows and files: kept as the rule says, and no longer than their personal columns."""
    for path in sorted(settings.quarantine.glob("*/*")):
        days = min([rules.quarantine_days, *personal_days(tables.get(path.parent.name))])
        if path.is_file() and age_in_days(path, now) > days:
            yield Removal("quarantine", path, f"{days} days")


def inbox_removals(
    settings: Settings, deliveries: list[Delivery], rules: Rules, now: datetime
) -> Iterator[Removal]:
    """Delivered files that are landed or rejected, where a rule was given for them; never one that waits."""
    if rules.inbox_days is None:
        return
    known = {(item.source, item.file_sha256) for item in deliveries}
    for path in sorted(settings.inbox.glob("*/*")):
        is_old = path.is_file() and not path.is_symlink() and age_in_days(path, now) > rules.inbox_days
        if is_old and (path.parent.name, sha256_of(path)) in known:
            yield Removal("inbox", path, f"{rules.inbox_days} days")


def personal_days(table: TableContract | None) -> list[int]:
    """The days that a table's contract states, one per personal column."""
    columns = table.columns if table else ()
    return [column.retention_days for column in columns if column.retention_days is not None]


def _days_of_columns(table: TableContract | None) -> dict[str, int]:
    columns = table.columns if table else ()
    return {
        column.landed_name: column.retention_days or 0 for column in columns if column.personal == "direct"
    }


def kept_beyond_their_days(
    settings: Settings, deliveries: list[Delivery], tables: Tables, now: datetime
) -> Iterator[str]:
    """What is past its days and stays, in words: it is somebody else's, or figures are made of it."""
    for table, contract in sorted(tables.items()):
        days = personal_days(contract)
        if not days:
            continue
        waiting = [
            path
            for path in (settings.inbox / contract.source).glob("*")
            if path.name in {item.file_name for item in deliveries if item.table == table}
            and age_in_days(path, now) > min(days)
        ]
        if waiting:
            yield (
                f"inbox/{contract.source}: {len(waiting)} delivered files of {table} are older than the"
                f" {min(days)} days of its contract; whoever delivers should clear them (--inbox-days)"
            )
        yield from _masked_text(settings.landing / table, contract, now)


def _masked_text(folder: Path, contract: TableContract, now: datetime) -> Iterator[str]:
    for column in contract.columns:
        if column.personal == "free_text" and column.retention_days:
            old = [
                path for path in folder.glob("*.parquet") if age_in_days(path, now) > column.retention_days
            ]
            if old:
                yield (
                    f"landing/{folder.name}: {len(old)} files hold masked {column.landed_name} of more than"
                    f" {column.retention_days} days; figures are computed from it (decision 0050)"
                )
