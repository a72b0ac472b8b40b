"""How long things are kept, and what each thing that may go is: the data of retention."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from orchestration.publishing.serving import BUILDS_KEPT

Kind = Literal["vault", "quarantine", "superseded landing", "inbox", "build records", "run output"]
MEANINGS: dict[Kind, str] = {
    "vault": "raw identifiers, past the days that their contract states",
    "quarantine": "raw rows and files that could not be read",
    "superseded landing": "rows that a newer file of a full feed, or a newer contract version, has replaced",
    "inbox": "delivered files that landed or were rejected",
    "build records": "check results and verdicts of builds that cannot be served any more",
    "run output": "what steps printed",
}


@dataclass(frozen=True)
class Rules:
    """Days that things are kept; the vault has those of the contracts, and nobody can lengthen them here.

    `inbox_days` is None by default: the inbox belongs to those who deliver.
    """

    quarantine_days: int = 90
    superseded_days: int = 90
    inbox_days: int | None = None
    records_days: int = 90
    output_days: int = 30
    runs_days: int = 180
    builds_kept: int = BUILDS_KEPT


@dataclass(frozen=True)
class Removal:
    """A file that may go, or with `columns` only those of it; `note` is the rule that it is past."""

    kind: Kind
    path: Path
    note: str
    columns: tuple[str, ...] = ()


def age_in_days(path: Path, now: datetime) -> float:
    """Days since a file was written; backups keep that stamp."""
    return (now.timestamp() - path.lstat().st_mtime) / 86_400
