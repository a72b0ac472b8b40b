"""What lies in a source's inbox: which files belong to which feed, which are refused or unfinished."""

import fnmatch
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from orchestration.sources.contract import SourceContract, TableContract
from orchestration.sources.rejection import FileRejectedError

UNFINISHED = (".part", ".tmp", ".partial", ".crdownload", ".filepart")
SIDECAR = ".sha256"
DIGITS = {"%Y": r"\d{4}", "%m": r"\d{2}", "%d": r"\d{2}", "%H": r"\d{2}", "%M": r"\d{2}", "%S": r"\d{2}"}


@dataclass(frozen=True)
class InboxFile:
    """One file of the inbox and the feeds that take it; `refusal` says why it is not even opened."""

    path: Path
    tables: tuple[TableContract, ...] = ()
    refusal: str = ""


def list_inbox(contract: SourceContract, folder: Path) -> list[InboxFile]:
    """The files of inbox/<source>/ in name order, without checksum files; none without the folder."""
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir())
    return [
        _judge(contract, folder / name)
        for name in names
        if not (name.endswith(SIDECAR) and name.removesuffix(SIDECAR) in names)
    ]


def _judge(contract: SourceContract, path: Path) -> InboxFile:
    if not path.name.isprintable():
        return InboxFile(path, refusal="its name holds control characters")
    if path.name.startswith((".", "~$")) or path.name.lower().endswith(UNFINISHED):
        return InboxFile(path, refusal="looks unfinished; it is taken when it has its final name")
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return InboxFile(path, refusal="is a link, folder or device, not a file; it was not opened")
    tables = tuple(table for table in contract.tables.values() if takes(table, path.name))
    if not tables:
        patterns = ", ".join(table.file for table in contract.tables.values())
        return InboxFile(path, refusal=f"matches no feed of {contract.source} ({patterns})")
    if len(tables) > 1 and len({table.sheet for table in tables} - {None}) < len(tables):
        names = ", ".join(table.table for table in tables)
        return InboxFile(path, refusal=f"matches several feeds ({names}); make their patterns differ")
    return InboxFile(path, tables)


def takes(table: TableContract, name: str) -> bool:
    """Whether a file name matches the feed's pattern, as it is or without .gz or .zip."""
    plain = re.sub(r"\.(gz|zip)$", "", name, flags=re.IGNORECASE)
    return fnmatch.fnmatchcase(name, table.file) or fnmatch.fnmatchcase(plain, table.file)


def fingerprint(path: Path) -> tuple[int, int, int, int]:
    """What changes when a file is still being written: device, inode, size, modification time in ns."""
    status = os.lstat(path)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def refuse_other_checksum(path: Path, file_sha256: str) -> None:
    """Raise FileRejectedError when `<file>.sha256` lies beside a file and says something else."""
    sidecar = path.with_name(path.name + SIDECAR)
    if not sidecar.is_symlink() and sidecar.is_file():
        stated = sidecar.read_text(encoding="ascii", errors="replace").split()
        if not stated or stated[0].lower() != file_sha256:
            raise FileRejectedError(f"does not match {sidecar.name}: it is incomplete or damaged")


def file_date(table: TableContract, name: str) -> str:
    """The date in a file's name as sortable text; empty where the contract names none.

    Raises FileRejectedError when the contract says that names carry a date and this one does not.
    """
    if table.file_date is None:
        return ""
    directives = re.findall(r"%.", table.file_date)
    parts = [f"({DIGITS[part]})" if part in DIGITS else re.escape(part) for part in _split(table.file_date)]
    found = re.findall(r"(?<!\d)" + "".join(parts) + r"(?!\d)", name)
    if not found:
        raise FileRejectedError(f"its name carries no date like {table.file_date}")
    digits = found[-1] if isinstance(found[-1], tuple) else (found[-1],)
    values = dict(zip(directives, digits, strict=True))
    return "".join(values.get(directive, "") for directive in DIGITS)


def date_or_empty(table: TableContract, name: str) -> str:
    """The same of a file that is rejected anyway; empty where its name carries none."""
    try:
        return file_date(table, name)
    except FileRejectedError:
        return ""


def _split(file_date_format: str) -> list[str]:
    return re.findall(r"%.|[^%]", file_date_format)
