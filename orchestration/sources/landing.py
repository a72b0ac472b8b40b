"""Landing: every file of a source's inbox becomes immutable Parquet, or is rejected with a reason."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from orchestration.crash_points import crash_point
from orchestration.sources.contract import SourceContract, TableContract
from orchestration.sources.engine import Engine, free_engine
from orchestration.sources.files import empty_folder, private_folder, put_in_place, sha256_of, telling_place
from orchestration.sources.inbox import (
    InboxFile,
    date_or_empty,
    file_date,
    fingerprint,
    list_inbox,
    refuse_other_checksum,
)
from orchestration.sources.land_rows import RowLanding
from orchestration.sources.manifest import (
    Delivery,
    batch_id_of,
    ignored,
    manifest_path,
    parquet_path,
    read_deliveries,
    read_delivery,
    write_delivery,
)
from orchestration.sources.personal import key_fingerprint
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.readers import load
from orchestration.sources.rejection import FileRejectedError, printable
from orchestration.sources.unpack import is_packed, unpack

# The engine works while the other file's text is read, or waits for the disk.
FILES_AT_ONCE = 2


@dataclass(frozen=True)
class _Room:
    """Where one source's landing reads and writes; `temporary` lies in the landing's own file system.

    `engines` holds those that no file uses now, `landing_now` what is under way by batch.
    """

    landing: Path
    quarantine: Path
    vault: Path
    temporary: Path
    engines: SimpleQueue[Engine]
    key: bytes
    sequences: Counter[str]
    pool: ThreadPoolExecutor
    landing_now: dict[str, "Future[Delivery]"]


def land_source(
    contract: SourceContract, *, inbox: Path, landing: Path, quarantine: Path, vault: Path, key: bytes
) -> list[Delivery]:
    """Land all files of `inbox/<source>/`, numbered in name order; returns what became of each.

    A known file (same SHA-256, table and contract version) is not read again. A bad file is a rejected
    delivery, never an exception. Raises LandingError, naming the place, when the machine cannot go on.
    """
    with telling_place(landing), ExitStack() as stack:
        for folder in (landing, quarantine, vault):
            private_folder(folder)
        temporary = empty_folder(landing / ".tmp" / contract.source)
        crash_point("landing: begun")
        earlier = read_deliveries(landing, [table.raw_name for table in contract.tables.values()])
        sequences = Counter(
            {item.table: item.sequence for item in sorted(earlier, key=lambda item: item.sequence)}
        )
        engines: SimpleQueue[Engine] = SimpleQueue()
        for lane in range(FILES_AT_ONCE):
            engines.put(stack.enter_context(Engine(temporary / f"lane_{lane}", key)))
        pool = stack.enter_context(ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="landing"))
        room = _Room(landing, quarantine, vault, temporary, engines, key, sequences, pool, {})
        files = list_inbox(contract, inbox / contract.source)
        answers = [answer for file in files for answer in _land_file(contract.source, file, room)]
        seen = [answer() for answer in answers]
        crash_point("landing: all files landed")
        stack.close()
        shutil.rmtree(temporary)
    return seen


def _land_file(source: str, file: InboxFile, room: _Room) -> Iterator[Callable[[], Delivery]]:
    """What becomes of each table of a file, to be asked once all files are under way."""
    if file.refusal:
        refused = ignored(source, file.path, file.refusal)
        yield lambda: refused
        return
    try:
        before, file_sha256 = fingerprint(file.path), sha256_of(file.path)
    except OSError as error:
        unreadable = ignored(
            source, file.path, f"cannot be read ({error.strerror}); it is tried again by the next run"
        )
        yield lambda: unreadable
        return
    for table in file.tables:
        if batch_id_of(file_sha256, table) in room.landing_now:
            yield partial(_land_copy, table, file.path, file_sha256, before, room)
        elif known := _known(table, file_sha256, room.landing):
            yield partial(replace, known)
        else:
            delivery = _new_delivery(table, file.path, file_sha256, before[2], room)
            task = room.pool.submit(_land_table, table, file.path, delivery, room, before)
            room.landing_now[delivery.batch_id] = task
            yield task.result


def _land_copy(
    table: TableContract, path: Path, file_sha256: str, before: tuple[int, int, int, int], room: _Room
) -> Delivery:
    """A file that is also there under another name: known, once that one has landed."""
    room.landing_now[batch_id_of(file_sha256, table)].result()
    known = _known(table, file_sha256, room.landing)
    if known:
        return known
    delivery = _new_delivery(table, path, file_sha256, before[2], room)
    return _land_table(table, path, delivery, room, before)


def _known(table: TableContract, file_sha256: str, landing: Path) -> Delivery | None:
    """The earlier delivery of the same file under the same contract version, if its rows are still there."""
    path = manifest_path(landing, table.raw_name, batch_id_of(file_sha256, table))
    if not path.exists():
        return None
    delivery = replace(read_delivery(path), is_new=False)
    is_whole = delivery.status == "rejected" or parquet_path(landing, delivery).exists()
    return delivery if is_whole else None


def _sequence(table: TableContract, batch_id: str, room: _Room) -> int:
    """The place of a delivery among those of its table; a file that is landed again keeps its place."""
    earlier = manifest_path(room.landing, table.raw_name, batch_id)
    if earlier.exists():
        return read_delivery(earlier).sequence
    room.sequences[table.raw_name] += 1
    return room.sequences[table.raw_name]


def _new_delivery(table: TableContract, path: Path, file_sha256: str, size: int, room: _Room) -> Delivery:
    batch_id = batch_id_of(file_sha256, table)
    return Delivery(
        source=table.source,
        table=table.raw_name,
        file_name=path.name,
        status="rejected",
        batch_id=batch_id,
        file_sha256=file_sha256,
        file_bytes=size,
        format=table.format,
        encoding=table.encoding,
        contract_version=table.version,
        sequence=_sequence(table, batch_id, room),
        key_fingerprint=key_fingerprint(room.key) if table.has_direct_identifiers else "",
    )


def _land_table(
    table: TableContract, path: Path, delivery: Delivery, room: _Room, before: tuple[int, int, int, int]
) -> Delivery:
    temporary = empty_folder(room.temporary / delivery.batch_id)
    try:
        landed = _read_and_write(table, path, delivery, room, temporary)
    except FileRejectedError as rejection:
        landed = replace(delivery, reason=rejection.reason, file_date=date_or_empty(table, path.name))
    if not path.exists() or fingerprint(path) != before:
        return ignored(table.source, path, "changed while it was read; it is taken by the next run")
    if landed.status == "rejected":
        crash_point("landing: before a rejected file is kept")
        shutil.copyfile(path, temporary / "rejected", follow_symlinks=False)
        folder = room.quarantine / table.raw_name
        put_in_place(temporary / "rejected", folder / f"{delivery.batch_id}.{path.name}")
    else:
        _publish_rows(landed, room, temporary)
    crash_point("landing: before the manifest")
    write_delivery(landed, room.landing, temporary)
    crash_point("landing: after the manifest")
    shutil.rmtree(temporary)
    return landed


def _publish_rows(delivery: Delivery, room: _Room, temporary: Path) -> None:
    """Quarantine and vault first, then the rows; all before the manifest, which alone makes them count."""
    crash_point("landing: before quarantine, vault and rows")
    if delivery.quarantined_rows:
        target = room.quarantine / delivery.table / f"{delivery.batch_id}.jsonl"
        put_in_place(temporary / "quarantine.jsonl", target)
    if delivery.key_fingerprint:
        target = room.vault / delivery.table / f"{delivery.batch_id}.parquet"
        put_in_place(temporary / "vault.parquet", target)
    crash_point("landing: before the rows")
    put_in_place(temporary / "rows.parquet", parquet_path(room.landing, delivery))


def _read_and_write(
    table: TableContract, path: Path, delivery: Delivery, room: _Room, temporary: Path
) -> Delivery:
    refuse_other_checksum(path, delivery.file_sha256)
    dated = replace(delivery, file_date=file_date(table, path.name))
    if not delivery.file_bytes:
        raise FileRejectedError("is empty (0 bytes)")
    plain = path
    if is_packed(path.name):
        plain = temporary / "unpacked"
        unpack(path, plain)
        if not plain.stat().st_size:
            raise FileRejectedError("is empty once unpacked (0 bytes)")
    with (
        RowQuarantine(temporary / "quarantine.jsonl") as quarantine,
        free_engine(room.engines) as engine,
        engine.for_one_file() as connection,
    ):
        loaded = load(connection, plain, table, quarantine, temporary)
        rows = RowLanding(connection, table, loaded)
        rows.quarantine_unreadable(quarantine)
        parquet = temporary / "rows.parquet"
        counts = rows.write(parquet, delivery.batch_id, path.name)
        crash_point("landing: rows written, nothing in place")
        rows.write_vault(parquet, temporary / "vault.parquet")
    return replace(
        dated,
        status="landed",
        delivered_rows=loaded.rows,
        landed_rows=counts.rows,
        quarantined_rows=quarantine.count,
        duplicate_keys=counts.duplicate_keys,
        reasons=dict(quarantine.reasons),
        first_rows=quarantine.first_rows,
        extra_columns=tuple(printable(name) for _, name in loaded.binding.extra),
        data_from=counts.data_from,
        data_until=counts.data_until,
        parquet_sha256=sha256_of(parquet),
        parquet_bytes=parquet.stat().st_size,
    )
