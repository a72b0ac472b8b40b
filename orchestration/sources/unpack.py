"""Unpacking gzip and zip deliveries while counting, so that a bomb is refused before it fills the disk."""

import errno
import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from orchestration.sources.rejection import FileRejectedError

CHUNK = 1 << 20
DAMAGED = (
    EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OverflowError,
    struct.error,
)  # fmt: skip


class ExpansionLimits:
    """How much a packed file may become: bytes in all, and bytes per byte beyond `ratio_from`."""

    total = 8 << 30
    ratio = 200
    ratio_from = 64 << 20


def is_damage(error: OSError) -> bool:
    """Whether an error comes from the file's content: a damaged zip can lead to a place before its beginning.

    The others are the machine's: they must stop the run, not reject the file.
    """
    return error.errno in (None, errno.EINVAL)


def is_packed(name: str) -> bool:
    """Whether a file name says gzip or zip."""
    return name.lower().endswith((".gz", ".zip"))


def unpack(packed: Path, target: Path) -> None:
    """Write the single content of a .gz or .zip file to `target`.

    Raises FileRejectedError when it is damaged, encrypted, not one member, or expands too far.
    """
    try:
        with _member(packed) as source, target.open("wb") as file:
            _copy(source, file, packed.stat().st_size)
    except (OSError, *DAMAGED) as error:
        if isinstance(error, OSError) and not is_damage(error):
            raise
        kind = "zip" if packed.name.lower().endswith(".zip") else "gzip"
        raise FileRejectedError(f"is not a whole {kind} file (cut off, damaged or encrypted)") from error


@contextmanager
def _member(packed: Path) -> Iterator[IO[bytes]]:
    if packed.name.lower().endswith(".gz"):
        with gzip.open(packed) as stream:
            yield cast(IO[bytes], stream)
        return
    with zipfile.ZipFile(packed) as archive:
        members = archive.infolist()
        if len(members) != 1 or members[0].is_dir():
            raise FileRejectedError(f"the zip holds {len(members)} members; it must hold exactly one file")
        if (members[0].external_attr >> 28) not in (0, 0o10):
            raise FileRejectedError("the zip holds a link or device, not a file")
        with archive.open(members[0]) as stream:
            yield stream


def _copy(source: IO[bytes], target: IO[bytes], packed_bytes: int) -> None:
    written = 0
    while chunk := source.read(CHUNK):
        written += len(chunk)
        is_too_dense = written > ExpansionLimits.ratio_from and written > packed_bytes * ExpansionLimits.ratio
        if written > ExpansionLimits.total or is_too_dense:
            raise FileRejectedError(
                f"expands to more than {written:,} bytes from {packed_bytes:,}: refused as a bomb"
            )
        target.write(chunk)
