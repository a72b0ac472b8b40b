"""Adds rows that real deliveries also hold: unreadable ones of named kinds, duplicates, older states."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from orchestration.demo.writers import Delivery

# Kinds, in the words in which the landing gives its reasons (there after the column's name, where it is one column's).
UNPARSEABLE, IMPLAUSIBLE = "not a timestamp", "outside the plausible range"
MISSING, LONG, SHORT = "required value is missing", "too many fields", "too few fields"
UNDECODABLE, BROKEN_JSON = "undecodable bytes", "not a JSON object"


@dataclass
class Dirt:
    """What was planted, by table: rows to be quarantined per kind, exact duplicates, corrections."""

    quarantined: dict[str, dict[str, int]] = field(default_factory=dict)
    duplicates: dict[str, int] = field(default_factory=dict)
    corrections: dict[str, int] = field(default_factory=dict)

    def plant(self, delivery: Delivery, table: str, name: str, kind: str, rows: list[bytes]) -> None:
        """Append lines to a delivered file and note what must become of them."""
        delivery.raw(table, name, b"".join(rows), len(rows))
        if kind == "duplicate":
            self.duplicates[table] = self.duplicates.get(table, 0) + len(rows)
        elif kind == "correction":
            self.corrections[table] = self.corrections.get(table, 0) + len(rows)
        else:
            kinds = self.quarantined.setdefault(table, {})
            kinds[kind] = kinds.get(kind, 0) + len(rows)


def add_dirt(delivery: Delivery, month: str) -> Dirt:
    """Append to the files of one month (`yyyymm`) and to the full files; nothing of it changes the final state."""
    dirt = Dirt()
    _dirty_tickets(dirt, delivery, f"crm/tickets_{month}.csv", f"crm/ticket_events_{month}.csv")
    _dirty_master_data(dirt, delivery)
    _dirty_complaints(dirt, delivery, f"complaint/complaints_{month}.csv")
    _dirty_surveys(dirt, delivery, f"survey/surveys_{month}.jsonl", f"bot/bot_sessions_{month}.jsonl")
    _dirty_orders(dirt, delivery, f"shop/orders_{month}.csv.gz")
    return dirt


Row = dict[str, str]


def _dirty_tickets(dirt: Dirt, delivery: Delivery, tickets: str, events: str) -> None:
    rows = _read(delivery, tickets, 400)

    def plant(kind: str, *changed: Row) -> None:
        dirt.plant(delivery, "crm_tickets", tickets, kind, [_line(row) for row in changed])

    stamps = ["2026-13-45 25:61:00", "yesterday", "01.02.2026 10h"]
    plant(
        UNPARSEABLE,
        *({**rows[i], "ticket_id": f"T9000000{i}", "created": stamp} for i, stamp in enumerate(stamps)),
    )
    years = ["1900-01-01 00:00:00", "2999-12-31 23:59:59"]
    plant(
        IMPLAUSIBLE,
        *({**rows[i], "ticket_id": f"T9000001{i}", "created": stamp} for i, stamp in enumerate(years)),
    )
    plant(MISSING, {**rows[0], "ticket_id": ""})
    plant("duplicate", *rows[3:8])
    # The state before the work: a warehouse that keeps the row that came last, not the newest, loses a resolution.
    worked = [
        row for row in rows if row["resolved"] and row["updated_at"] > row["created"] and not row["exclusion"]
    ][-4:]
    plant("correction", *({**row, **_as_new(row)} for row in worked))
    event_rows = _read(delivery, events, 10)
    bad = [("2999-01-01 00:00:00", IMPLAUSIBLE), ("1900-01-01 00:00:00", IMPLAUSIBLE), ("??", UNPARSEABLE)]
    for number, (stamp, kind) in enumerate(bad):
        line = _line({**event_rows[0], "event_no": str(900 + number), "at": stamp})
        dirt.plant(delivery, "crm_ticket_events", events, kind, [line])
    dirt.plant(delivery, "crm_ticket_events", events, "duplicate", [_line(row) for row in event_rows[1:9]])


def _as_new(row: Row) -> Row:
    """What a header showed just after creation."""
    cleared = dict.fromkeys(("first_reply", "resolved", "closed", "confirmed", "sla_met"), "")
    counts = dict.fromkeys(("reopen_count", "reassignment_count", "agent_replies"), "0")
    return {**cleared, **counts, "status": "处理中", "updated_at": row["created"]}


def _dirty_master_data(dirt: Dirt, delivery: Delivery) -> None:
    rows = _read(delivery, "crm/customers.csv", 2)
    lines = [_line({**row, "customer_id": ""}) for row in rows]
    dirt.plant(delivery, "crm_customers", "crm/customers.csv", MISSING, lines)
    dirt.plant(
        delivery, "crm_products", "crm/products.csv", LONG, ["P98,Ragged 多一列,device,extra\n".encode()]
    )
    dirt.plant(delivery, "crm_products", "crm/products.csv", SHORT, ["P99,Ragged 少一列\n".encode()])


def _dirty_complaints(dirt: Dirt, delivery: Delivery, name: str) -> None:
    rows = _read(delivery, name, 2, "gb18030")

    def plant(kind: str, mark: str, row: Row) -> None:
        line = _line(row, "gb18030").replace(mark.encode(), b"\xff\xff")
        dirt.plant(delivery, "complaint_complaints", name, kind, [line])

    plant(UNDECODABLE, "@@", {**rows[0], "投诉编号": "TS90000001", "投诉内容": "坏字节 @@"})
    plant(UNDECODABLE, "@@", {**rows[-1], "投诉编号": "TS90000002", "投诉人": "@@"})
    plant(UNPARSEABLE, "@@", {**rows[-1], "投诉编号": "TS90000003", "受理时间": "2026年二月30日"})


def _dirty_surveys(dirt: Dirt, delivery: Delivery, name: str, bot: str) -> None:
    lines = _lines(delivery, name, 200)

    def plant(kind: str, *rows: bytes) -> None:
        dirt.plant(delivery, "survey_surveys", name, kind, list(rows))

    def changed(line: bytes, **values: Any) -> bytes:
        return json.dumps({**json.loads(line), **values}, ensure_ascii=False).encode() + b"\n"

    plant(BROKEN_JSON, lines[0][: len(lines[0]) // 2] + b"\n", b'{"survey_id": "SX90000001", "score": }\n')
    plant(MISSING, changed(lines[1], survey_id=None))
    plant(IMPLAUSIBLE, changed(lines[2], survey_id="SX90000002", sent_at="1900-01-01T00:00:00Z"))
    plant("duplicate", *lines[4:7])
    answered = [line for line in lines if json.loads(line)["responded_at"]][-3:]
    blank = {
        "responded_at": None,
        "score": None,
        "comment": None,
        "comment_language": None,
        "flag": None,
        "items_answered": 0,
    }
    plant(
        "correction", *(changed(line, **blank, updated_at=json.loads(line)["sent_at"]) for line in answered)
    )
    dirt.plant(delivery, "bot_bot_sessions", bot, BROKEN_JSON, [b"{'session_id': 'B900000001'}\n"])


def _dirty_orders(dirt: Dirt, delivery: Delivery, name: str) -> None:
    rows = _read(delivery, name, 100, "utf-8", ";")

    def plant(kind: str, *changed: Row) -> None:
        dirt.plant(delivery, "shop_orders", name, kind, [_line(row, "utf-8", ";") for row in changed])

    plant(IMPLAUSIBLE, {**rows[0], "order_id": "O90000001", "ordered_at": "1900-01-01T00:00:00Z"})
    plant(UNPARSEABLE, {**rows[0], "order_id": "O90000002", "ordered_at": "2026-02-30T00:00:00Z"})
    plant("duplicate", *rows[1:3])
    done = [row for row in rows if row["status"] == "DONE"][-2:]
    plant(
        "correction",
        *(
            {**row, "status": "CANCELLED", "delivered_at": "", "updated_at": row["ordered_at"]}
            for row in done
        ),
    )


def _lines(delivery: Delivery, name: str, count: int) -> list[bytes]:
    opened: Callable[..., Any] = gzip.open if name.endswith(".gz") else open
    with opened(delivery.inbox / name, "rb") as file:
        return list(islice(file, count))


def _read(
    delivery: Delivery, name: str, count: int, encoding: str = "utf-8-sig", delimiter: str = ","
) -> list[Row]:
    """The first data rows of a delivered CSV file, at most `count`."""
    text = b"".join(_lines(delivery, name, count * 2 + 1)).decode(encoding)
    return list(islice(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter), count))


def _line(row: Row, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerow(row.values())
    return buffer.getvalue().encode(encoding)
