"""Renders columns of many rows as text, in the engine: ids, labels and stamps as Arrow arrays."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.plan import NEVER, SHANGHAI, Bools, Ints


def ids(prefix: str, numbers: Ints, width: int, absent: Bools | None = None) -> pa.Array:
    """`prefix` and the number in `width` digits, as T00000123; null where absent."""
    head = np.frombuffer(prefix.encode(), dtype=np.uint8)
    digits = np.asarray(numbers, dtype=np.int64)[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10 + 48
    text = np.hstack([np.broadcast_to(head, (len(numbers), len(head))), digits.astype(np.uint8)])
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * (len(head) + width)
    array = pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(text.tobytes()))
    return array if absent is None else pc.if_else(pa.array(absent), None, array)


def labels(words: Sequence[str], codes: Ints) -> pa.Array:
    """The word of each code; null for codes below 0 and for empty words."""
    pool = pa.array([word or None for word in words], pa.string())
    return pool.take(pa.array(codes, mask=np.asarray(codes) < 0))


def yes_no(flags: Bools, absent: Bools | None = None, words: tuple[str, str] = ("N", "Y")) -> pa.Array:
    """Y or N, null where absent."""
    return labels(words, np.where(False if absent is None else absent, -1, flags.astype(np.int64)))


def blank(values: pa.Array, absent: Bools) -> pa.Array:
    """The values, null where absent."""
    return pc.if_else(pa.array(absent), None, values)


def integers(values: Ints, absent: Bools | None = None) -> pa.Array:
    """Integers, null where absent."""
    return pa.array(values, pa.int64(), mask=absent)


def local(stamps: Ints) -> pa.Array:
    """Naive Shanghai stamps, yyyy-mm-dd hh:mm:ss when written; null for NEVER."""
    absent = stamps >= NEVER
    return pa.array(np.where(absent, 0, stamps + SHANGHAI), pa.timestamp("s"), mask=absent)


def local_slashed(stamps: Ints) -> pa.Array:
    """Naive Shanghai stamps as yyyy/mm/dd hh:mm:ss; null for NEVER."""
    return pc.strftime(local(stamps), "%Y/%m/%d %H:%M:%S")


def zulu(stamps: Ints) -> pa.Array:
    """UTC stamps as yyyy-mm-ddThh:mm:ssZ; null for NEVER."""
    absent = stamps >= NEVER
    return pc.strftime(
        pa.array(np.where(absent, 0, stamps), pa.timestamp("s"), mask=absent), "%Y-%m-%dT%H:%M:%SZ"
    )


def local_days(stamps: Ints) -> pa.Array:
    """Shanghai calendar days; null for NEVER."""
    return local(stamps).cast(pa.date32(), safe=False)
