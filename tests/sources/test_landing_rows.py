"""Rows: what lands, what goes to quarantine and why, and that every delivered row is in one of the two."""

import csv
import json
import os
import stat
from datetime import datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from orchestration.sources.engine import Engine
from orchestration.sources.header import bind_header
from orchestration.sources.land_rows import RowLanding
from orchestration.sources.loaded import Loaded
from tests.sources.landing_room import HEADER, KEY, TICKETS, LandingRoom, row, rows


def typed(kind: str, **more: Any) -> list[dict[str, Any]]:
    """Two columns: a key and one of the given type."""
    return [{"name": "id", "type": "text"}, {"name": "value", "type": kind, **more}]


def stamp(text: str) -> datetime:
    """A naive stamp, as it lands."""
    return datetime.fromisoformat(text)


def land_values(room: LandingRoom, values: list[str], kind: str, **more: Any) -> tuple[list[Any], list[int]]:
    """(landed values, row numbers in quarantine) of one typed column."""
    room.versions += 1
    contract = room.contract(key=["id"], columns=typed(kind, **more), version=room.versions)
    lines = "".join(f'{number},"{value}"\n' for number, value in enumerate(values, start=1))
    delivery = room.land_one("id,value\n" + lines, contract)
    assert delivery.status == "landed", delivery.reason
    assert delivery.delivered_rows == len(values) == delivery.landed_rows + delivery.quarantined_rows
    return [value for (value,) in room.landed(delivery, "value")], sorted(
        chain.from_iterable(delivery.first_rows.values())
    )


def test_rows_land_typed_in_the_order_of_the_file_with_their_lineage(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + rows(3))
    assert (delivery.status, delivery.delivered_rows, delivery.landed_rows) == ("landed", 3, 3)
    assert not delivery.needs_attention
    columns = "ticket_id, opened_at, score, _extra, _batch_id, _source_file, _row_number"
    assert room.landed(delivery, columns) == [
        (f"T{n}", stamp("2026-01-02 03:04:05"), 5, None, delivery.batch_id, "tickets.csv", n)
        for n in (1, 2, 3)
    ]


def test_parquet_is_written_by_one_thread_so_that_it_keeps_the_order_of_the_file(room: LandingRoom) -> None:
    contract = room.contract().tables["tickets"]
    binding = bind_header(contract, HEADER.strip().split(","))
    loaded = Loaded([column.name for column in contract.columns], binding, 0, "rowid + 1", "null")
    with Engine(room.home, KEY) as engine, engine.for_one_file() as connection:
        path = room.home / "threads.parquet"
        RowLanding(connection, contract, loaded)._copy("select current_setting('threads') as threads", path)
        assert connection.execute(f"from '{path}'").fetchone() == (1,)


def test_a_bad_row_costs_that_row_and_its_reason_names_no_value(room: LandingRoom) -> None:
    bad = (
        row(2, opened="yesterday")
        + row(3, opened="1899-12-31")
        + ",2026-01-01,5,1,x\n"
        + row(5, score="many")
    )
    delivery = room.land_one(HEADER + row(1) + bad + rows(9))
    assert (delivery.delivered_rows, delivery.landed_rows, delivery.quarantined_rows) == (14, 10, 4)
    assert delivery.first_rows == {
        "opened_at: not a timestamp": [2],
        "opened_at: outside the plausible range": [3],
        "ticket_id: required value is missing": [4],
        "score: not a whole number": [5],
    }
    assert "row 2" in delivery.summary_line()
    assert "yesterday" not in delivery.summary_line()
    first = json.loads(room.quarantined(delivery).splitlines()[0])
    assert first == {
        "row_number": 2,
        "reason": "opened_at: not a timestamp",
        "raw": row(2, "yesterday").strip(),
    }


@pytest.mark.parametrize(
    ("kind", "values", "landed", "refused"),
    [
        ("integer", ["1", "-2", " 3 ", "", "1.5", "1e3", "0x1F"], [1, -2, 3, None], [5, 6, 7]),
        ("decimal", ["1.5", ".25", "1e-3", "-7", "1,5", "ten"], ["1.5", "0.25", "0.001", "-7"], [5, 6]),
        ("boolean", ["true", "No", "Y", "0", "?", "maybe"], [True, False, True, False], [5, 6]),
    ],
)
def test_numbers_and_words_are_read_exactly(
    room: LandingRoom, kind: str, values: list[str], landed: list[Any], refused: list[int]
) -> None:
    found, numbers = land_values(room, values, kind)
    assert numbers == refused
    expected = [Decimal(value) for value in landed] if kind == "decimal" else landed
    assert found == expected


def test_missing_tokens_are_null_in_typed_columns_and_kept_in_text(room: LandingRoom) -> None:
    columns = [{"name": "id", "type": "text"}, {"name": "value", "type": "integer", "missing": ["?", "n/a"]}]
    delivery = room.land_one("id,value\n?,1\nb,?\nc,n/a\n", room.contract(key=["id"], columns=columns))
    assert room.landed(delivery, "id, value") == [("?", 1), ("b", None), ("c", None)]


def test_a_stamp_with_an_offset_is_read_where_the_column_is_utc_and_refused_where_it_is_naive(
    room: LandingRoom,
) -> None:
    values = [
        "2026-01-02T03:04:05+08:00",
        "2026-01-02T03:04:05Z",
        "2026-01-02 03:04",
        "2026-01-02",
        "2026-01-03",
    ]
    landed, refused = land_values(room, values, "timestamp", zone="UTC")
    assert (landed[0], refused) == (stamp("2026-01-01 19:04:05"), [])
    assert landed[1] == stamp("2026-01-02 03:04:05")
    assert land_values(room, values, "timestamp")[1] == [1, 2]


def test_stamps_follow_the_declared_formats_and_nothing_else(room: LandingRoom) -> None:
    values = ["29/2/2016 01:16", "1/3/2016 1:05", "2016-02-29 01:16", "31/2/2016 01:16", "2/3/2016 10:00"]
    landed, refused = land_values(room, values, "timestamp", format="%d/%m/%Y %H:%M")
    assert landed == [
        stamp("2016-02-29 01:16:00"),
        stamp("2016-03-01 01:05:00"),
        stamp("2016-03-02 10:00:00"),
    ]
    assert refused == [3, 4]


def test_a_date_with_a_time_is_no_date(room: LandingRoom) -> None:
    landed, refused = land_values(
        room, ["2026-01-02", "2026-01-02 10:00", "2026-02-30", "", "2026-01-05"], "date"
    )
    assert [str(value) for value in landed] == ["2026-01-02", "None", "2026-01-05"]
    assert refused == [2, 3]


def test_the_plausible_range_ends_before_its_last_day(room: LandingRoom) -> None:
    values = ["1999-12-31 23:59:59", "2000-01-01", "2099-12-31 23:59:59", "2100-01-01", "infinity"]
    landed, refused = land_values(room, [*values, "2001-01-01", "2001-01-01", "2001-01-01"], "timestamp")
    assert len(landed) == 5
    assert refused == [1, 4, 5]


def test_reach_is_utc_and_a_date_reaches_to_its_end(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + row(1, "2026-01-01 00:00:00") + row(2, "2026-01-02 12:00:00"))
    assert (delivery.data_from, delivery.data_until) == (
        stamp("2025-12-31 16:00:00"),
        stamp("2026-01-02 04:00:00"),
    )
    contract = room.contract(key=["id"], columns=typed("date", data_until=True), version=2, zone="UTC")
    dated = room.land_one("id,value\na,2026-01-02\n", contract)
    assert dated.data_until == stamp("2026-01-03 00:00:00")


def test_fields_too_few_or_too_many_cost_the_row(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + rows(8) + "T9,2026-01-01\n" + row(10).strip() + ",more\n" + row(11))
    assert delivery.first_rows == {"too few fields": [9], "too many fields": [10]}
    assert (delivery.delivered_rows, delivery.landed_rows) == (11, 9)
    assert room.landed(delivery, "ticket_id, _row_number")[-1] == ("T11", 11)


def test_missing_trailing_fields_are_null_where_the_contract_allows_it(room: LandingRoom) -> None:
    text = HEADER + rows(2) + "T3,2026-01-01,4,1\n" + "T4,2026-01-01,4\n"
    delivery = room.land_one(text, room.contract(missing_trailing_columns=1))
    assert delivery.first_rows == {"too few fields": [4]}
    assert room.landed(delivery, "ticket_id, remark")[-1] == ("T3", None)


def test_quotes_newlines_and_text_of_all_kinds_survive(room: LandingRoom) -> None:
    remarks = [
        'say "hi"',
        "two\nlines",
        "comma, here",
        "emoji 🙂",
        "中文",
        "=1+1",
        "a\r\nb",
        "'; drop table x; --",
    ]
    path = room.deliver("tickets.csv", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.strip().split(","))
        writer.writerows([f"T{number}", "2026-01-01", 1, "1", text] for number, text in enumerate(remarks))
    (delivery,) = room.land()
    assert [text for (text,) in room.landed(delivery, "remark")] == remarks


def test_a_quote_inside_an_unquoted_field_is_a_character(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + row(1, remark='5" pipe') + row(2, remark='an 8" one'))
    assert [text for (text,) in room.landed(delivery, "remark")] == ['5" pipe', 'an 8" one']


def test_blank_lines_are_no_rows(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + "\n" + row(1) + "\n\r\n" + row(2) + "\n")
    assert (delivery.delivered_rows, delivery.landed_rows, delivery.quarantined_rows) == (2, 2, 0)


def test_broken_quoting_and_nul_cost_the_row(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + rows(5) + row(6, remark='"a"b') + row(7, remark="a\0b") + row(8))
    assert delivery.first_rows == {"broken quoting or line end": [6], "NUL byte": [7]}
    assert delivery.landed_rows == 6


def test_a_lone_carriage_return_is_text_in_quotes_and_costs_the_row_outside(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + row(1, remark='"a\rb"') + row(2, remark="a\rb") + row(3))
    assert delivery.first_rows == {"broken quoting or line end": [2]}
    assert room.landed(delivery, "remark")[0] == ("a\rb",)


def test_a_record_that_is_too_long_costs_the_row(room: LandingRoom) -> None:
    delivery = room.land_one(
        HEADER + row(1) + row(2, remark="x" * 2_000_001) + row(3, remark="🙂" * 1_900_000)
    )
    assert delivery.first_rows == {"record longer than 2,000,000 characters": [2]}
    assert room.landed(delivery, "length(remark)") == [(4,), (1_900_000,)]


def test_undecodable_bytes_cost_the_row_and_are_kept_readably(room: LandingRoom) -> None:
    good = "".join(row(number) for number in range(1, 20)).encode()
    bad = row(20, remark="坏").encode("gb18030")
    delivery = room.land_one(HEADER.encode() + good + bad + row(21, remark="好").encode())
    assert delivery.first_rows == {"undecodable bytes": [20]}
    assert (delivery.landed_rows, room.landed(delivery, "remark")[-1]) == (20, ("好",))
    assert "\\xbb\\xb5" in json.loads(room.quarantined(delivery))["raw"]


def test_duplicate_keys_land_and_are_counted(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + row(1) + row(1) + row(1, score="4") + row(2))
    assert (delivery.landed_rows, delivery.duplicate_keys) == (4, 2)
    assert "duplicate keys: 2" in delivery.summary_line()


def test_quarantine_vault_and_landing_are_private(room: LandingRoom) -> None:
    room.land_one(HEADER + rows(5) + row(6, score="x"))
    for folder, _, names in os.walk(room.home):
        if any(part in folder for part in ("/quarantine", "/vault", "/landing/desk_tickets")):
            assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700, folder
            assert all(stat.S_IMODE(Path(folder, name).stat().st_mode) == 0o600 for name in names), folder


def test_an_upsert_feed_keeps_its_marks_and_its_repeated_keys(room: LandingRoom) -> None:
    columns = [*TICKETS["columns"], {"name": "op", "type": "text"}]
    mark = {"column": "op", "equals": "D"}
    contract = room.contract(delivery="upsert", deleted_when=mark, updated_at="opened_at", columns=columns)
    text = HEADER.strip() + ",op\n" + row(1).strip() + ",U\n" + row(1).strip() + ",D\n"
    delivery = room.land_one(text, contract)
    assert room.landed(delivery, "ticket_id, op") == [("T1", "U"), ("T1", "D")]
