"""Files as they go wrong in life, made from a month's good files: each with the reason that is due."""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BOMB_BYTES = 80 << 20


@dataclass(frozen=True)
class BadFile:
    """A file of `inbox/<source>/` that must be rejected, and words of the line that says so."""

    source: str
    name: str
    table: str
    content: bytes
    words: tuple[str, ...]


def header_edited(text: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    header, _, rows = text.partition(b"\n")
    assert edit(header) != header
    return edit(header) + b"\n" + rows


def without_column(text: bytes, name: bytes) -> bytes:
    """A comma-separated file, its fields free of commas and line ends, without one column."""
    rows = [line.split(b",") for line in text.splitlines()]
    position = next(number for number, field in enumerate(rows[0]) if field.strip(b'"') == name)
    return b"".join(b",".join(row[:position] + row[position + 1 :]) + b"\n" for row in rows)


def swapped(header: bytes, one: bytes, other: bytes) -> bytes:
    return header.replace(one, b"\0").replace(other, one).replace(b"\0", other)


def unclosed(text: bytes, row: int) -> bytes:
    """A quote opens in the given data row and never closes."""
    lines = text.splitlines(keepends=True)
    lines[row] = lines[row].rstrip(b"\r\n") + b',"never closed\n'
    return b"".join(lines)


def zip_bomb(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(member, "w") as file:
        for _ in range(BOMB_BYTES >> 20):
            file.write(bytes(1 << 20))
    return buffer.getvalue()


def bad_files(inbox: Path) -> list[BadFile]:
    """One file per way of going wrong, from the good files of October 2026."""
    tickets = (inbox / "crm" / "tickets_202610.csv").read_bytes()
    events = (inbox / "crm" / "ticket_events_202610.csv").read_bytes()
    planned = (inbox / "crm" / "planned_contacts.csv").read_bytes()
    complaints = (inbox / "complaint" / "complaints_202610.csv").read_bytes()
    stages = (inbox / "complaint" / "complaint_events_202610.csv").read_bytes()
    nothing = gzip.compress(b"", mtime=0)
    orders = (inbox / "shop" / "orders_202610.csv.gz").read_bytes()
    received, status = (name.encode("gb18030") for name in ("受理时间", "状态"))
    return [
        BadFile(
            "crm",
            "tickets_202611_renamed.csv",
            "crm_tickets",
            header_edited(tickets, lambda header: header.replace(b'"ticket_id"', b'"ticket_no"')),
            ("ticket_id",),
        ),
        BadFile(
            "crm",
            "ticket_events_202611_missing.csv",
            "crm_ticket_events",
            without_column(events, b"event"),
            ("event",),
        ),
        BadFile(
            "crm",
            "ticket_events_202612_gbk.csv",
            "crm_ticket_events",
            events.decode("utf-8-sig").encode("gb18030"),
            ("is not utf-8-sig",),
        ),
        BadFile(
            "crm",
            "planned_contacts.csv",
            "crm_planned_contacts",
            planned.splitlines()[0] + b"\n",
            ("no rows",),
        ),
        BadFile(
            "complaint",
            "complaints_202611_swapped.csv",
            "complaint_complaints",
            header_edited(complaints, lambda header: swapped(header, received, status)),
            ("受理时间", "swapped"),
        ),
        BadFile(
            "complaint",
            "complaint_events_202611_quote.csv",
            "complaint_complaint_events",
            unclosed(stages, 3),
            ("row 3", "quoted field opens"),
        ),
        BadFile(
            "complaint",
            "complaint_events_202612_cut.csv",
            "complaint_complaint_events",
            stages[:-20],
            ("cut off",),
        ),
        BadFile(
            "shop",
            "orders_202611_cut.csv.gz",
            "shop_orders",
            orders[: len(orders) // 2],
            ("not a whole gzip",),
        ),
        BadFile(
            "shop",
            "orders_202612_bomb.csv.zip",
            "shop_orders",
            zip_bomb("orders.csv"),
            ("refused as a bomb",),
        ),
        BadFile(
            "shop",
            "orders_202612_empty.csv.gz",
            "shop_orders",
            nothing,
            ("empty once unpacked",),
        ),
        BadFile("survey", "surveys_202611.jsonl", "survey_surveys", b"", ("is empty (0 bytes)",)),
    ]
