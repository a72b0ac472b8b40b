"""Back a home up into one file: as of one moment, verified after writing, whole or not there."""

import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.operations.archive import (
    BLOCK,
    FORMAT,
    RECORD,
    BackupError,
    HashingReader,
    add_file,
    add_text,
    difference,
    members,
    parse_record,
    without_owner,
)
from orchestration.operations.contents import LIVE, Entry, entries, still_copy
from orchestration.operations.layout import ensure_layout, layout_of
from orchestration.publishing import audit
from orchestration.publishing.files import publishing_alone, sha256_file, sync
from orchestration.publishing.serving import recover
from orchestration.settings import Settings
from orchestration.sources.personal import key_fingerprint
from orchestration.warehouse.lock import writer_lock

ENDINGS = {".tar": "w", ".tar.gz": "w:gz"}


@dataclass(frozen=True)
class Backup:
    """A backup that was written and verified; `left_out` are files that somebody was writing."""

    path: Path
    sha256: str
    files: int
    bytes: int
    holds_key: bool
    left_out: list[str]


def back_up(
    settings: Settings, path: Path, *, now: datetime, with_key: bool = True, wait_seconds: float = 600
) -> Backup:
    """Write a backup of the home to `path` (`.tar`, or `.tar.gz`), which must not be there yet.

    Holds the writer lock: a run waits for it, and it waits for a run's step, at most `wait_seconds`.
    Readers are not disturbed. Raises WarehouseLockedError, LayoutError, and BackupError.
    """
    mode = _mode(settings, path)
    if not settings.home.is_dir():
        raise BackupError(f"There is no home at {settings.home}; nothing to back up.")
    ensure_layout(settings)
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with _still_home(settings, now, wait_seconds):
            record = _write(settings, part, mode, now, with_key)
        verify_archive(part)
        digest = sha256_file(part)
        part.rename(path)
        sync(path.parent)
    except OSError as error:
        raise BackupError(f"The backup {path} was not written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    files = [entry for entry in record["members"].values() if "sha256" in entry]
    size = path.stat().st_size
    return Backup(path, digest, len(files), size, record["holds_key"], record["left_out"])


def _mode(settings: Settings, path: Path) -> str:
    mode = next((mode for ending, mode in ENDINGS.items() if path.name.endswith(ending)), None)
    if mode is None:
        raise BackupError(f"{path.name} should end in .tar, or .tar.gz to be compressed.")
    if path.exists():
        raise BackupError(f"{path} is there already; give another name.")
    if path.resolve().is_relative_to(settings.home):
        raise BackupError("A backup inside the home is lost with it; give a place elsewhere.")
    if not path.resolve().parent.is_dir():
        raise BackupError(f"There is no folder {path.resolve().parent}; make it first.")
    return mode


@contextmanager
def _still_home(settings: Settings, now: datetime, wait_seconds: float) -> Iterator[None]:
    """Nobody writes landing, warehouse or published; what a dead run left half-published is mended."""
    with writer_lock(settings.warehouse, holder="a backup", wait_seconds=wait_seconds):
        if not settings.published.exists():
            yield
            return
        with publishing_alone(settings.published):
            recover(settings, now)
            try:
                yield
            except OSError as error:  # told as what it is, not as a failed publication
                raise BackupError(f"The backup was not written: {error}.") from error


def _write(settings: Settings, part: Path, mode: str, now: datetime, with_key: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    left_out: list[str] = []
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    options: dict[str, Any] = {"mode": mode} | ({"compresslevel": 1} if mode == "w:gz" else {})
    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=part.parent) as temporary,
        os.fdopen(descriptor, "wb") as file,
    ):
        with tarfile.open(fileobj=file, **options) as archive:
            for entry in entries(settings, with_key=with_key):
                saved = _add(archive, entry, Path(temporary) / "copy")
                if saved is None:
                    left_out.append(entry.name)
                else:
                    found[entry.name] = saved
            record = _record(settings, found, left_out, now)
            add_text(archive, RECORD, json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False))
        file.flush()
        os.fsync(file.fileno())
    return record


def _add(archive: tarfile.TarFile, entry: Entry, copy: Path) -> dict[str, Any] | None:
    """Add an entry; returns what the record says of it, None for a file that somebody is writing."""
    if entry.link is not None or entry.is_folder:
        archive.addfile(without_owner(archive.gettarinfo(entry.path, entry.name)))
        return {"folder": True} if entry.link is None else {"link": entry.link}
    if entry.name.partition("/")[0] not in LIVE:
        return add_file(archive, entry.name, entry.path)
    if not still_copy(entry, copy):
        return None
    status = entry.path.stat()
    copy.chmod(status.st_mode)
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    return add_file(archive, entry.name, copy)


def _record(settings: Settings, found: dict[str, Any], left_out: list[str], now: datetime) -> dict[str, Any]:
    lines = audit.read(settings.published)
    holds_key = settings.key_file.relative_to(settings.home).as_posix() in found
    knows_key = settings.key_from_environment is not None or settings.key_file.exists()
    return {
        "format": FORMAT,
        "layout": layout_of(settings.home),
        "made_at": now.isoformat(timespec="seconds"),
        "audit_head": lines[-1].head if lines else None,
        "key_fingerprint": key_fingerprint(settings.secret_key()) if knows_key else None,
        "holds_key": holds_key,
        "left_out": left_out,
        "members": found,
    }


def verify_archive(path: Path) -> dict[str, Any]:
    """Read a backup from end to end and compare it with its record, which is returned.

    Raises BackupError naming the first file that is not as it was saved.
    """
    found: dict[str, Any] = {}
    record: dict[str, Any] | None = None
    with members(path) as listed:
        for info, content in listed:
            if content is not None and info.name == RECORD:
                record = parse_record(content.read(), path)
            elif content is not None:
                reader = HashingReader(content)
                while reader.read(BLOCK):
                    pass
                found[info.name] = reader.found
            else:
                found[info.name] = {"link": info.linkname} if info.issym() else {"folder": info.isdir()}
    if record is None:
        raise BackupError(f"{path} was cut short: it has no record; take another backup.")
    if wrong := difference(record["members"], found):
        raise BackupError(f"{path} is damaged: {wrong}; take another backup.")
    return record
