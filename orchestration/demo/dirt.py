"""Adds rows that real deliveries also hold: unreadable ones of named kinds, duplicates, older states."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from orchestration.demo.writers import Delivery

# Kinds, in the words of the landing's reasons (there after the column's name, where it is one column's).
UNPARSEABLE, IMPLAUSIBLE = "not a timestamp", "outside the plausible range"
MISSING, LONG, SHORT = "required value is missing", "too many fields", "too few fields"
UNDECODABLE, BROKEN_JSON = "undecodable bytes", "not a JSON object"
ANCIENT, REMOTE = "1900-01-01", "2999-12-31"
Row = dict[str, str]


@dataclass
class Dirt:
    """What was planted, by table: rows to be quarantined per kind, exact duplicates, older states."""

    quarantined: dict[str, dict[str, int]] = field(default_factory=dict)
    duplicates: dict[str, int] = field(default_factory=dict)
    corrections: dict[str, int] = field(default_factory=dict)

    def quarantine(self, table: str, kind: str, rows: int) -> None:
        """Note rows that must be quarantined."""
        kinds = self.quarantined.setdefault(table, {})
        kinds[kind] = kinds.get(kind, 0) + rows


@dataclass
class _File:
    """A delivered text file that gets more rows."""

    dirt: Dirt
    delivery: Delivery
    table: str
    name: str
    encoding: str = "utf-8"
    delimiter: str = ","

    def lines(self, count: int) -> list[bytes]:
        """The first lines, at most `count`."""
        opened: Callable[..., Any] = gzip.open if self.name.endswith(".gz") else open
        with opened(self.delivery.inbox / self.name, "rb") as file:
            return list(islice(file, count))

    def rows(self, count: int) -> list[Row]:
        """The first data rows of a CSV file, at most `count`; a row may have two lines."""
        text = b"".join(self.lines(count * 2 + 1)).decode(self.encoding).removeprefix("\ufeff")
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=self.delimiter)
        return list(islice(reader, count))

    def line(self, row: Row) -> bytes:
        """The row as a line of the file."""
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=self.delimiter, lineterminator="\n").writerow(row.values())
        return buffer.getvalue().encode(self.encoding)

    def add_bad(self, kind: str, lines: Sequence[bytes]) -> None:
        """Append lines that must be quarantined."""
        self._append(lines)
        self.dirt.quarantine(self.table, kind, len(lines))

    def add_duplicates(self, lines: Sequence[bytes]) -> None:
        """Append lines that were delivered before."""
        self._append(lines)
        self.dirt.duplicates[self.table] = len(lines)

    def add_older_states(self, lines: Sequence[bytes]) -> None:
        """Append older states: keeping what comes last instead of the newest would lose the real ones."""
        self._append(lines)
        self.dirt.corrections[self.table] = len(lines)

    def _append(self, lines: Sequence[bytes]) -> None:
        self.delivery.raw(self.table, self.name, b"".join(lines), len(lines))


def add_dirt(delivery: Delivery, month: str) -> Dirt:
    """Append to the files of one month (`yyyymm`) and to full files; the final state stays as it is."""
    dirt = Dirt()
    _tickets(_File(dirt, delivery, "crm_tickets", f"crm/tickets_{month}.csv"))
    _events(_File(dirt, delivery, "crm_ticket_events", f"crm/ticket_events_{month}.csv"))
    customers = _File(dirt, delivery, "crm_customers", "crm/customers.csv")
    customers.add_bad(MISSING, [customers.line({**row, "customer_id": ""}) for row in customers.rows(2)])
    products = _File(dirt, delivery, "crm_products", "crm/products.csv")
    products.add_bad(LONG, [b"P98,Ragged,device,one too many\n"])
    products.add_bad(SHORT, [b"P99,Ragged\n"])
    name = f"complaint/complaints_{month}.csv"
    _complaints(_File(dirt, delivery, "complaint_complaints", name, encoding="gb18030"))
    _surveys(_File(dirt, delivery, "survey_surveys", f"survey/surveys_{month}.jsonl"))
    sessions = _File(dirt, delivery, "bot_bot_sessions", f"bot/bot_sessions_{month}.jsonl")
    sessions.add_bad(BROKEN_JSON, [b"{'session_id': 'B900000001'}\n"])
    _orders(_File(dirt, delivery, "shop_orders", f"shop/orders_{month}.csv.gz", delimiter=";"))
    return dirt


def _tickets(file: _File) -> None:
    rows = file.rows(400)

    def broken(number: int, stamp: str) -> bytes:
        return file.line({**rows[0], "ticket_id": f"T9000000{number}", "created": stamp})

    file.add_bad(UNPARSEABLE, [broken(1, "2026-13-45 25:61:00"), broken(2, "yesterday"), broken(3, "10h")])
    file.add_bad(IMPLAUSIBLE, [broken(4, f"{ANCIENT} 00:00:00"), broken(5, f"{REMOTE} 23:59:59")])
    file.add_bad(MISSING, [file.line({**rows[0], "ticket_id": ""})])
    file.add_duplicates([file.line(row) for row in rows[3:8]])
    worked = [row for row in rows[8:] if row["created"] < row["resolved"] and not row["exclusion"]][-4:]
    file.add_older_states([file.line({**row, **_as_new(row)}) for row in worked])


def _as_new(row: Row) -> Row:
    """What a header showed just after creation."""
    cleared = dict.fromkeys(("first_reply", "resolved", "closed", "confirmed", "sla_met"), "")
    counts = dict.fromkeys(("reopen_count", "reassignment_count", "agent_replies"), "0")
    return {**cleared, **counts, "status": "处理中", "updated_at": row["created"]}


def _events(file: _File) -> None:
    rows = file.rows(10)
    stamps = [f"{ANCIENT} 00:00:00", f"{REMOTE} 23:59:59", "??"]
    bad = [file.line({**rows[0], "event_no": str(900 + i), "at": stamp}) for i, stamp in enumerate(stamps)]
    file.add_bad(IMPLAUSIBLE, bad[:2])
    file.add_bad(UNPARSEABLE, bad[2:])
    file.add_duplicates([file.line(row) for row in rows[1:9]])


def _complaints(file: _File) -> None:
    row = file.rows(1)[0]
    mark = "@@"
    texts = [("TS90000001", "投诉内容"), ("TS90000002", "投诉人")]
    lines = [file.line({**row, "投诉编号": number, column: mark}) for number, column in texts]
    file.add_bad(UNDECODABLE, [line.replace(mark.encode(), b"\xff\xff") for line in lines])
    row |= {"投诉编号": "TS90000003", "受理时间": "2026年二月30日"}
    file.add_bad(UNPARSEABLE, [file.line(row)])


def _surveys(file: _File) -> None:
    lines = file.lines(200)

    def changed(line: bytes, **values: Any) -> bytes:
        return json.dumps({**json.loads(line), **values}, ensure_ascii=False).encode() + b"\n"

    file.add_bad(BROKEN_JSON, [lines[0][:80] + b"\n", b'{"survey_id": "SX90000001", "score": }\n'])
    file.add_bad(MISSING, [changed(lines[1], survey_id=None)])
    file.add_bad(IMPLAUSIBLE, [changed(lines[2], survey_id="SX90000002", sent_at=f"{ANCIENT}T00:00:00Z")])
    file.add_duplicates(lines[4:7])
    answered = [line for line in lines[7:] if json.loads(line)["responded_at"]][-3:]
    blank = dict.fromkeys(
        (
            *("responded_at", "score", "comment", "comment_language", "flag", "respondent_email"),
            *("reply_due_at", "replied_at"),
        )
    )
    older = [
        changed(line, **blank, items_answered=0, updated_at=json.loads(line)["sent_at"]) for line in answered
    ]
    file.add_older_states(older)


def _orders(file: _File) -> None:
    rows = file.rows(100)
    ancient = {"order_id": "O90000001", "ordered_at": f"{ANCIENT}T00:00:00Z"}
    file.add_bad(IMPLAUSIBLE, [file.line({**rows[0], **ancient})])
    broken = {"order_id": "O90000002", "ordered_at": "2026-02-30T00:00:00Z"}
    file.add_bad(UNPARSEABLE, [file.line({**rows[0], **broken})])
    file.add_duplicates([file.line(row) for row in rows[1:3]])
    done = [row for row in rows[3:] if row["status"] == "DONE"][-2:]
    cancelled = {"status": "CANCELLED", "delivered_at": ""}
    file.add_older_states([file.line({**row, **cancelled, "updated_at": row["ordered_at"]}) for row in done])
