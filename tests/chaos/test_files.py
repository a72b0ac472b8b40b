"""Files cut off, flipped, huge or hostile are rejected or cost their rows: never short, never silent."""

import gzip
import hashlib
import io
import json
import random
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.sources.contract import SourceContract
from orchestration.sources.manifest import Delivery
from tests.sources.landing_room import HEADER, LandingRoom, row, rows
from tests.sources.test_landing_formats import HEAD, contract_for, workbook

GOOD = (HEADER + rows(5)).encode()
NAMED = {"opened at": "02.01.2026 03:04", "score": 1, "remark": "fine"}
JSON_LINES = b"".join(json.dumps({"id": f"T{n}"} | NAMED).encode() + b"\n" for n in range(5))


def parquet(folder: Path) -> bytes:
    path = folder / "t.parquet"
    columns = "'T' || range as id, timestamp '2026-01-02' as \"opened at\", range as score, 'fine' as remark"
    duckdb.execute(f"copy (select {columns} from range(5)) to '{path}' (format parquet)")
    return path.read_bytes()


def lands(room: LandingRoom, name: str, content: bytes, contract: SourceContract) -> Delivery:
    """Land one file alone, in an inbox that nothing else lies in."""
    path = room.deliver(name, content)
    (delivery,) = [item for item in room.land(contract) if item.file_name == name]
    path.unlink()
    return delivery


def sums_up(delivery: Delivery) -> bool:
    """Whether every delivered row is accounted for, and a rejected file has its reason."""
    if delivery.status == "rejected":
        return bool(delivery.reason) and delivery.landed_rows == 0
    return delivery.delivered_rows == delivery.landed_rows + delivery.quarantined_rows


def test_a_csv_cut_at_any_length_is_rejected_or_ends_with_a_whole_row(room: LandingRoom) -> None:
    contract, content = room.contract(), (HEADER + rows(2)).encode()
    for length in range(len(content)):
        delivery = lands(room, "tickets.csv", content[:length], contract)
        lines = content[:length].count(b"\n")
        assert sums_up(delivery)
        if content[:length].endswith(b"\n") and lines > 1:
            assert (delivery.status, delivery.landed_rows) == ("landed", lines - 1)
        else:
            assert delivery.status == "rejected", length


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_with_its_checksum_a_file_cut_at_any_length_is_rejected(room: LandingRoom, suffix: str) -> None:
    content, contract = (
        (GOOD, room.contract()) if suffix == "csv" else (JSON_LINES, contract_for(room, "jsonl"))
    )
    name = "tickets.csv" if suffix == "csv" else "t.jsonl"
    room.deliver(f"{name}.sha256", hashlib.sha256(content).hexdigest())
    for length in {*range(0, len(content), 5), len(content) - 1}:
        delivery = lands(room, name, content[:length], contract)
        assert delivery.status == "rejected", length
    assert lands(room, name, content, contract).landed_rows == 5


def packed(kind: str, room: LandingRoom) -> tuple[str, bytes, SourceContract]:
    """A packed or binary file of five good rows, with its name and contract."""
    if kind == "gz":
        return "tickets.csv.gz", gzip.compress(GOOD, mtime=0), room.contract()
    if kind == "zip":
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("tickets.csv", GOOD)
        return "tickets.csv.zip", memory.getvalue(), room.contract()
    if kind == "xlsx":
        cells = [[f"T{n}", "02.01.2026 03:04", n, "fine"] for n in range(5)]
        return "t.xlsx", workbook([HEAD, *cells]), contract_for(room, "xlsx")
    return "t.parquet", parquet(room.home), contract_for(room, "parquet")


@pytest.mark.parametrize("kind", ["gz", "zip", "xlsx", "parquet"])
def test_a_packed_or_binary_file_cut_at_any_length_is_rejected(room: LandingRoom, kind: str) -> None:
    name, content, contract = packed(kind, room)
    steps = {*range(0, len(content), max(1, len(content) // 60)), len(content) - 1}
    for length in sorted(steps):
        delivery = lands(room, name, content[:length], contract)
        assert delivery.status == "rejected", length
        assert delivery.reason
    assert lands(room, name, content, contract).landed_rows == 5


@pytest.mark.parametrize("kind", ["gz", "zip", "xlsx", "parquet"])
def test_flipped_bits_in_a_packed_or_binary_file_never_stop_the_others(room: LandingRoom, kind: str) -> None:
    name, content, contract = packed(kind, room)
    whole = room.landed(lands(room, name, content, contract), "* exclude (_batch_id)")
    draws = random.Random(4)
    for _ in range(60):
        flipped = bytearray(content)
        for _ in range(draws.choice((1, 1, 2, 5))):
            flipped[draws.randrange(len(content))] ^= 1 << draws.randrange(8)
        delivery = lands(room, name, bytes(flipped), contract)
        assert sums_up(delivery)
        # gzip and zip carry a checksum; what it does not cover says nothing of the rows.
        if delivery.status == "landed" and kind in ("gz", "zip"):
            assert room.landed(delivery, "* exclude (_batch_id)") == whole


DAMAGE: list[tuple[str, int, bytes, str]] = [
    # Found by flipping bits: a place before the file's beginning, a name that is no text.
    ("zip", -6, b"\xff\xff\xff\x7f", "is not a whole zip file"),
    ("xlsx", -6, b"\xff\xff\xff\x7f", "is not a whole XLSX workbook"),
]


@pytest.mark.parametrize(("kind", "place", "damage", "reason"), DAMAGE)
def test_a_directory_that_leads_out_of_the_file_costs_that_file_only(
    room: LandingRoom, kind: str, place: int, damage: bytes, reason: str
) -> None:
    name, content, contract = packed(kind, room)
    damaged = content[:place] + damage + content[place + len(damage) or len(content) :]
    assert lands(room, name, damaged, contract).reason.startswith(reason)


def test_a_column_name_that_is_no_text_costs_that_file_only(room: LandingRoom) -> None:
    name, content, contract = packed("parquet", room)
    damaged = content.replace(b"opened at", b"opened\xe5at")
    assert lands(room, name, damaged, contract).reason == "is not a whole Parquet file (cut off or damaged)"


def test_a_flipped_bit_is_found_by_the_checksum_beside_the_file_and_else_costs_no_other_row(
    room: LandingRoom,
) -> None:
    contract, draws = room.contract(), random.Random(5)
    flips = []
    for _ in range(60):
        flipped = bytearray(GOOD)
        flipped[draws.randrange(len(GOOD))] ^= 1 << draws.randrange(8)
        flips.append(bytes(flipped))
    for content in flips:
        delivery = lands(room, "tickets.csv", content, contract)
        assert sums_up(delivery)
        if delivery.status == "landed":
            assert delivery.delivered_rows >= 4, "at most a line end was lost"
    room.deliver("tickets.csv.sha256", hashlib.sha256(GOOD).hexdigest())
    newer = room.contract(version=2)
    assert {lands(room, "tickets.csv", content, newer).status for content in flips} == {"rejected"}


def test_a_field_of_30_megabytes_costs_its_row(room: LandingRoom) -> None:
    content = HEADER + rows(2) + row(3, remark='"' + "x" * (30 << 20) + '"') + row(4)
    delivery = room.land_one(content)
    assert (delivery.delivered_rows, delivery.landed_rows) == (4, 3)
    assert delivery.first_rows == {"record longer than 2,000,000 characters": [3]}


def test_100_000_columns_are_rejected(room: LandingRoom) -> None:
    header = ",".join(["ticket_id", *(f"c{n}" for n in range(99_999))])
    delivery = room.land_one(header + "\n" + "," * 99_999 + "\n")
    assert delivery.reason == "has 100,000 columns, more than 2,000"


def test_a_json_object_of_100_000_names_is_rejected(room: LandingRoom) -> None:
    line = json.dumps({"id": "T1"} | NAMED | {f"c{n}": n for n in range(99_996)})
    delivery = room.land_one(line + "\n", contract_for(room, "jsonl"), name="t.jsonl")
    assert "more than 2,000" in delivery.reason


def test_rows_of_another_encoding_among_good_ones_cost_themselves(room: LandingRoom) -> None:
    good = "".join(row(n, remark="很好 👍🏽") for n in range(1, 31)).encode()
    bad = row(31, remark="服务很好").encode("gb18030") + row(32, remark="é").encode("latin-1")
    delivery = room.land_one(HEADER.encode() + good + bad + row(33).encode())
    assert delivery.first_rows == {"undecodable bytes": [31, 32]}
    assert room.landed(delivery, "remark")[0] == ("很好 👍🏽",)
    assert delivery.landed_rows == 31


def test_stamps_of_1900_and_of_the_future_cost_their_rows(room: LandingRoom) -> None:
    stamps = ("1900-01-01 00:00:00", "2099-01-01 00:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59")
    contract = room.contract(plausible={"from": date(2000, 1, 1), "until": date(2030, 1, 1)})
    bad = "".join(row(n, opened=stamp) for n, stamp in enumerate(stamps, start=2))
    delivery = room.land_one(HEADER + row(1) + bad, contract)
    assert delivery.first_rows == {"opened_at: outside the plausible range": [2, 3, 4, 5]}
    assert delivery.landed_rows == 1


def test_a_leap_day_is_a_day_of_leap_years_only(room: LandingRoom) -> None:
    days = ("2024-02-29", "2023-02-29", "2000-02-29", "2100-02-29", "2023-02-28")
    content = HEADER + "".join(row(n, opened=f"{day} 12:00:00") for n, day in enumerate(days, start=1))
    delivery = room.land_one(content + row(6))
    assert delivery.first_rows == {"opened_at: not a timestamp": [2, 4]}
    assert delivery.landed_rows == 4


def test_the_three_kinds_of_empty_are_told_apart(room: LandingRoom) -> None:
    reasons = {name: room.land_one(text).reason for name, text in {"bytes": "", "header": HEADER}.items()}
    assert reasons == {"bytes": "is empty (0 bytes)", "header": "has a header but no rows"}
    for path in (room.home / "inbox" / "desk").iterdir():
        path.unlink()
    assert room.land() == [], "no file at all is not a file that is empty"


HOSTILE = ("'; drop table x; --", '"; select 1; --', "{{ 7 * 7 }}", "<script>alert(1)</script>", "=1+1")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_values_are_text(room: LandingRoom, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    content = HEADER.replace("score", f"score,{quoted}") + f"{quoted},2026-01-01,5,{quoted},1,{quoted}\n"
    delivery = room.land_one(content)
    assert room.landed(delivery, "ticket_id, remark") == [(text, text)]
    ((extra,),) = room.landed(delivery, "_extra")
    assert json.loads(extra) == {text: text}
    assert "\n" not in delivery.summary_line()


@pytest.mark.parametrize("name", ["tickets'; drop table x.csv", "tickets$(reboot).csv", "tickets`id`.csv"])
def test_hostile_file_names_are_names(room: LandingRoom, name: str) -> None:
    delivery = room.land_one(GOOD, name=name)
    assert (delivery.file_name, delivery.landed_rows) == (name, 5)
    assert room.landed(delivery, "distinct _source_file") == [(name,)]


@pytest.mark.parametrize("member", ["../../escaped.csv", "/tmp/escaped.csv", "..\\escaped.csv"])  # noqa: S108 - a hostile name
def test_a_path_inside_a_zip_leads_nowhere(room: LandingRoom, member: str) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(member, GOOD)
    before = set(room.home.parent.rglob("*escaped*"))
    assert room.land_one(memory.getvalue(), name="tickets.csv.zip").landed_rows == 5
    assert set(room.home.parent.rglob("*escaped*")) == before
