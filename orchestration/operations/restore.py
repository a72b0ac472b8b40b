"""Restore a backup into an empty home, on this machine or another: verified first, in place last."""

import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import IO, Any

from orchestration.operations.archive import RECORD, BackupError, members
from orchestration.operations.backup import verify_archive
from orchestration.operations.layout import FILE, LAYOUT, RESTORING, ensure_layout
from orchestration.publishing.verification import Problem, verify
from orchestration.settings import Settings
from orchestration.sources.personal import key_fingerprint


def restore(settings: Settings, path: Path) -> list[Problem]:
    """Fill the home from a backup; returns what of the published files does not verify, as a rule nothing.

    The home must not be there or be empty. Until all is in place the home says that it is being restored, and
    no run takes it. Raises BackupError when the backup is damaged, newer, or needs a key that is not given.
    """
    home = settings.home
    record = verify_archive(path)
    _require_room(home, record, path)
    _require_key(settings, record)
    temporary = home / RESTORING
    try:
        temporary.mkdir(parents=True)
        _unpack(path, temporary)
        names = sorted((item.name for item in temporary.iterdir()), key=lambda name: (name == FILE, name))
        for name in names:
            (temporary / name).rename(home / name)
        _flush(home)
        temporary.rmdir()
    except OSError as error:
        raise BackupError(f"{path} was not restored: {error}. Empty {home} and try again.") from error
    ensure_layout(settings)
    return verify(settings.published, settings.secret_key()) if settings.published.exists() else []


def _require_room(home: Path, record: dict[str, Any], path: Path) -> None:
    if home.exists() and any(home.iterdir()):
        raise BackupError(f"{home} is not empty; give an empty WAREHOUSE_HOME, or move this one away.")
    if record["layout"] is None or record["layout"] > LAYOUT:
        raise BackupError(
            f"{path} holds a home of layout {record['layout']}; this program knows layouts up to {LAYOUT}."
            " Restore it with the newer program."
        )


def _require_key(settings: Settings, record: dict[str, Any]) -> None:
    """Another key would split customers in two and break the audit log: better told before than after."""
    expected = record["key_fingerprint"]
    given = settings.key_from_environment
    if expected is None or (given is None and record["holds_key"]):
        return
    if given is None:
        raise BackupError(
            f"The backup does not hold its key (fingerprint {expected}): give it as WAREHOUSE_KEY."
        )
    if key_fingerprint(settings.secret_key()) != expected:
        raise BackupError(
            f"WAREHOUSE_KEY is not the key of the backup (fingerprint {expected}): give that one."
        )


def _unpack(path: Path, target: Path) -> None:
    """Write every member below `target`; links last, so that nothing is written through one."""
    links: list[tuple[Path, str]] = []
    folders: list[tuple[Path, int]] = []
    with members(path) as listed:
        for info, content in listed:
            place = target / _safe(info, path)
            if content is not None and info.name != RECORD:
                _write_file(place, info, content)
            elif info.isdir():
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                folders.append((place, info.mode & 0o777))
            elif info.issym():
                links.append((place, info.linkname))
    for place, linked in links:
        place.symlink_to(linked)
    for place, mode in reversed(folders):
        place.chmod(mode)


def _safe(info: tarfile.TarInfo, path: Path) -> PurePosixPath:
    """The member's place below the home. Raises BackupError for one that leads out of it."""
    name, linked = PurePosixPath(info.name), PurePosixPath(info.linkname)
    leaves = name.is_absolute() or ".." in name.parts
    if info.issym():
        # Publication makes links to builds beside them, never upwards.
        leaves = leaves or name.parts[0] != "published" or linked.is_absolute() or ".." in linked.parts
    if leaves or not (info.isreg() or info.isdir() or info.issym()):
        raise BackupError(f"{path} holds {info.name!r}, which no backup holds; do not trust the file.")
    return name


def _write_file(place: Path, info: tarfile.TarInfo, content: IO[bytes]) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(content, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    place.chmod(info.mode & 0o777)
    os.utime(place, (info.mtime, info.mtime))


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
