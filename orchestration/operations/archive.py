"""The file of a backup: a tar archive whose last member says what it holds, each file with its SHA-256."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

FORMAT = 1
RECORD = "backup.json"
BLOCK = 1 << 20


class BackupError(RuntimeError):
    """A backup or a restore was not done; the message says why and what to do."""


class HashingReader:
    """Reads a file for the archive and hashes what it gives away."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._file.read(size)
        self._digest.update(block)
        self.bytes += len(block)
        return block

    @property
    def found(self) -> dict[str, Any]:
        """What the record says of the file."""
        return {"sha256": self._digest.hexdigest(), "bytes": self.bytes}


def add_file(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    """Add a file under a name, with its rights and time but without its owner; returns its record."""
    with path.open("rb") as file:
        info = archive.gettarinfo(arcname=name, fileobj=file)
        reader = HashingReader(file)
        archive.addfile(without_owner(info), cast("IO[bytes]", reader))  # reading is all that tar does
    return reader.found


def add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    """Add a text, readable only by the owner."""
    content = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


def without_owner(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Owners are those of one machine: whoever restores owns the files."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


@contextmanager
def members(path: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]]:
    """The members of an archive with their contents, one after the other.

    Raises BackupError when it is no archive or is damaged.
    """

    def each(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]:
        for info in archive:
            yield info, archive.extractfile(info) if info.isreg() else None

    try:
        with tarfile.open(path, "r|*") as archive:
            yield each(archive)
    except FileNotFoundError as error:
        raise BackupError(f"There is no {path}.") from error
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise BackupError(f"{path} could not be read or unpacked: {error}.") from error
        raise BackupError(f"{path} is damaged or no backup ({error}); take another one.") from error


def parse_record(content: bytes, path: Path) -> dict[str, Any]:
    """The record of an archive. Raises BackupError when this program cannot read it."""
    try:
        record = json.loads(content)
        known = record["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} holds no readable record; take another backup.") from error
    if known != FORMAT:
        raise BackupError(f"{path} has format {known}; restore it with the program that made it.")
    return dict(record)


def difference(recorded: dict[str, Any], found: dict[str, Any]) -> str | None:
    """The first member that is not as the record says, in words; None when all are."""
    for name in sorted(recorded.keys() | found.keys()):
        if name not in found:
            return f"{name} is missing"
        if name not in recorded:
            return f"{name} is not in its record"
        if found[name] != recorded[name]:
            return f"{name} is not as it was saved"
    return None
