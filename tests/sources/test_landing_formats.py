"""TSV, JSON lines, XLSX and Parquet meet the same rules as CSV, each with the traps of its own format."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from orchestration.sources import workbook_rows
from orchestration.sources.contract import SourceContract
from tests.sources.landing_room import HEADER, TICKETS, LandingRoom, row

SIMPLE = [
    {"name": "id", "type": "text", "required": True},
    {"name": "opened at", "as": "opened_at", "type": "timestamp", "format": "%d.%m.%Y %H:%M"},
    {"name": "score", "type": "integer"},
    {"name": "remark", "type": "text"},
]


def contract_for(room: LandingRoom, suffix: str, **changes: Any) -> SourceContract:
    sheet = "Tickets" if suffix == "xlsx" else None
    return room.contract(
        file=f"t.{suffix}", format=suffix, sheet=sheet, key=["id"], columns=SIMPLE, **changes
    )


def workbook(rows: list[list[Any]], sheet: str = "Tickets") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for cells in rows:
        page.append(cells)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


HEAD = ["id", "opened at", "score", "remark"]


def test_tsv_is_split_at_tabs(room: LandingRoom) -> None:
    text = (HEADER + row(1, remark="a b")).replace(",", "\t") + row(2).replace(",", "\t").replace(
        "fine", "a, b"
    )
    delivery = room.land_one(text, room.contract(file="t.tsv", format="tsv"), name="t.tsv")
    assert room.landed(delivery, "ticket_id, remark") == [("T1", "a b"), ("T2", "a, b")]


def test_json_lines_are_bound_by_name_with_their_digits(room: LandingRoom) -> None:
    lines = [
        '{"remark": "a\\nb", "id": 12345678901234567890, "opened at": "02.01.2026 03:04", "score": 5}',
        '{"id": "b", "score": null, "wish": {"colour": [1.10]}, "opened at": "02.01.2026 03:05"}',
    ]
    delivery = room.land_one("\n".join(lines) + "\n", contract_for(room, "jsonl"), name="t.jsonl")
    assert room.landed(delivery, "id, opened_at, score, remark, _extra, _row_number") == [
        ("12345678901234567890", datetime.fromisoformat("2026-01-02 03:04"), 5, "a\nb", None, 1),
        (
            "b",
            datetime.fromisoformat("2026-01-02 03:05"),
            None,
            None,
            '{"wish": "{\\"colour\\": [\\"1.10\\"]}"}',
            2,
        ),
    ]
    assert delivery.extra_columns == ("wish",)


def test_a_line_that_is_no_object_costs_that_line(room: LandingRoom) -> None:
    good = [
        json.dumps({"id": str(number), "opened at": None, "score": 1, "remark": "x"}) for number in range(30)
    ]
    bad = ["[1]", "{", '{"id": "a", "id": "b"}', '{"id": "\\ud800"}', '{"id": "a\\u0000"}', "[" * 100_000]
    content = "\n".join([*good, *bad]).encode() + b'\n\n{"id": "\xff"}\n'
    delivery = room.land_one(content, contract_for(room, "jsonl"), name="t.jsonl")
    assert delivery.first_rows == {
        "not a JSON object": [31, 32, 36],
        "a name is given twice": [33],
        "NUL or half a character": [34, 35],
        "undecodable bytes": [37],
    }
    assert (delivery.delivered_rows, delivery.landed_rows) == (37, 30)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"id": "a", "opened": null, "score": 1, "remark": "x"}\n', "'opened at' (renamed to 'opened'?)"),
        ('{"id": "a"', "cut off"),
        ("[]\n", "has no line that is a JSON object"),
        ("\n", "has no line that is a JSON object"),
        ("", "0 bytes"),
    ],
)
def test_bad_json_lines_are_rejected(room: LandingRoom, content: str, reason: str) -> None:
    assert reason in room.land_one(content, contract_for(room, "jsonl"), name="t.jsonl").reason


def test_a_workbook_lands_with_dates_numbers_and_formulas_as_delivered(room: LandingRoom) -> None:
    opened = datetime.fromisoformat("2026-01-02 03:04")
    content = workbook(
        [HEAD, ["a", opened, 5.0, "=1+1"], [], ["b", "02.01.2026 03:05", None, "x"], ["c", None, 1.5, None]]
    )
    delivery = room.land_one(content, contract_for(room, "xlsx"), name="t.xlsx")
    assert room.landed(delivery, "id, opened_at, score, remark, _row_number") == [
        ("a", opened, 5, "=1+1", 1),
        ("b", datetime.fromisoformat("2026-01-02 03:05"), None, "x", 2),
    ]
    assert delivery.first_rows == {"score: not a whole number": [3]}


@pytest.mark.parametrize(("value", "text"), [(5.0, "5"), (0.1, "0.1"), (True, "true"), (None, "")])
def test_cells_become_text_without_a_trailing_zero(value: object, text: str) -> None:
    assert workbook_rows._text(value) == text


def test_two_sheets_of_a_workbook_are_two_tables(room: LandingRoom) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([HEAD, ["a", None, 1, None]])))
    book.create_sheet("Others").append(HEAD)
    book["Others"].append(["z", None, 2, None])
    memory = io.BytesIO()
    book.save(memory)
    table = TICKETS | {"file": "t.xlsx", "format": "xlsx", "key": ["id"], "columns": SIMPLE}
    contract = room.contract_of({"a": table | {"sheet": "Tickets"}, "b": table | {"sheet": "Others"}})
    room.deliver("t.xlsx", memory.getvalue())
    first, second = room.land(contract)
    assert (room.landed(first, "id"), room.landed(second, "id")) == ([("a",)], [("z",)])


def bomb_workbook() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (80 << 20))
    return memory.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (workbook([HEAD, ["a"]])[:-60], "is not a whole XLSX workbook"),
        (b"PK nonsense", "is not a whole XLSX workbook"),
        (workbook([HEAD, ["a"]], sheet="Other"), "has no sheet 'Tickets'; it has 'Other'"),
        (workbook([HEAD]), "has a header but no rows"),
        (workbook([]), "is empty: it has no header"),
        (workbook([["id", "opened at", "score", "note"], ["a"]]), "column missing: 'remark'"),
        (bomb_workbook(), "refused as a bomb"),
    ],
    ids=["cut off", "no zip", "other sheet", "no rows", "empty", "renamed", "bomb"],
)
def test_bad_workbooks_are_rejected(room: LandingRoom, content: bytes, reason: str) -> None:
    assert reason in room.land_one(content, contract_for(room, "xlsx"), name="t.xlsx").reason


def test_a_cell_beyond_the_header_costs_the_row(room: LandingRoom) -> None:
    content = workbook([HEAD, ["a", None, 1, "x"], ["b", None, 1, "x", "more"]])
    delivery = room.land_one(content, contract_for(room, "xlsx"), name="t.xlsx")
    assert delivery.first_rows == {"too many fields": [2]}


def parquet(tmp_path: Path, query: str) -> bytes:
    path = tmp_path / "made.parquet"
    duckdb.connect().execute(f"copy ({query}) to '{path}' (format parquet)")
    return path.read_bytes()


GOOD_PARQUET = """
select
    'a' as id, timestamp '2026-01-02 03:04:00' as "opened at", 5::smallint as score,
    null as remark, 1.5 as wish
"""


def test_parquet_lands_with_its_own_types(room: LandingRoom, tmp_path: Path) -> None:
    content = parquet(tmp_path, GOOD_PARQUET)
    delivery = room.land_one(content, contract_for(room, "parquet"), name="t.parquet")
    assert room.landed(delivery, "id, opened_at, score, remark, _extra") == [
        ("a", datetime.fromisoformat("2026-01-02 03:04"), 5, None, '{"wish":"1.5"}')
    ]


def test_bad_parquet_is_rejected(room: LandingRoom, tmp_path: Path) -> None:
    content = parquet(tmp_path, GOOD_PARQUET)
    contract = contract_for(room, "parquet")
    assert "not a whole Parquet file" in room.land_one(content[:-20], contract, name="t.parquet").reason
    empty = parquet(tmp_path, f"{GOOD_PARQUET} limit 0")
    assert "header but no rows" in room.land_one(empty, contract, name="t.parquet").reason
    renamed = parquet(tmp_path, GOOD_PARQUET.replace("as score", "as scores"))
    assert "renamed to 'scores'" in room.land_one(renamed, contract, name="t.parquet").reason
    middle = bytes(byte ^ 255 if 4 <= place < 60 else byte for place, byte in enumerate(content))
    assert room.land_one(middle, contract, name="t.parquet").status == "rejected"
