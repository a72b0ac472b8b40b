"""What the warehouse sees: the current files and no others, verified, typed even when empty."""

from datetime import datetime
from typing import Any

import duckdb
import pytest

from orchestration.sources.contract import SourceContract
from orchestration.sources.landing_checks import CheckResult, landing_checks
from orchestration.sources.manifest import (
    Delivery,
    current_by_table,
    latest_data_until,
    parquet_path,
    read_deliveries,
)
from orchestration.sources.raw_schema import register_raw
from orchestration.sources.rejection import LandingError
from tests.sources.landing_room import HEADER, KEY, TICKETS, LandingRoom, row, rows

AS_OF = datetime.fromisoformat("2026-02-01 00:00:00")


def registered(room: LandingRoom, contract: SourceContract) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    register_raw(
        connection,
        {"desk": contract},
        room.landing,
        build_id="b1",
        as_of=AS_OF,
        reporting_time_zone="Asia/Shanghai",
        minimum_n=5,
    )
    return connection


def ids(room: LandingRoom, contract: SourceContract) -> list[str]:
    found = (
        registered(room, contract).execute("select ticket_id from raw.desk_tickets order by all").fetchall()
    )
    return [value for (value,) in found]


def checks(room: LandingRoom, contract: SourceContract, key: bytes = KEY) -> dict[str, CheckResult]:
    return {result.check_name: result for result in landing_checks({"desk": contract}, room.landing, key=key)}


def test_an_append_feed_is_all_its_files(room: LandingRoom) -> None:
    room.deliver("tickets_1.csv", HEADER + row(1))
    room.deliver("tickets_2.csv", HEADER + row(2))
    room.land()
    assert ids(room, room.contract()) == ["T1", "T2"]


def test_a_full_feed_is_its_newest_file(room: LandingRoom) -> None:
    contract = room.contract(delivery="full")
    room.land_one(HEADER + row(1), contract)
    room.deliver("tickets.csv", HEADER + row(2))
    room.land(contract)
    assert ids(room, contract) == ["T2"]


def test_newest_is_told_by_the_date_in_the_name_not_by_arrival(room: LandingRoom) -> None:
    contract = room.contract(delivery="full", file_date="%d%m%Y")
    for name, number in (("tickets_02012026.csv", 2), ("tickets_31122025.csv", 1)):
        room.deliver(name, HEADER + row(number))
        room.land(contract)
    assert ids(room, contract) == ["T2"]
    assert not checks(room, contract)["newest_file_has_landed"].detail.startswith("tickets")
    room.deliver("tickets_new.csv", HEADER + row(3))
    rejected = [item for item in room.land(contract) if item.status == "rejected"]
    assert rejected[0].reason == "its name carries no date like %d%m%Y"


def test_a_new_contract_version_replaces_the_rows_of_the_old_one(room: LandingRoom) -> None:
    room.land_one(HEADER + row(1))
    more = [*TICKETS["columns"], {"name": "wish", "type": "integer"}]
    newer = room.contract(version=2, columns=more)
    assert ids(room, newer) == ["T1"]
    assert registered(room, newer).execute("select wish from raw.desk_tickets").fetchall() == [(None,)]
    again = room.contract(version=2)
    room.land(again)
    assert ids(room, again) == ["T1"]


def test_the_raw_schema_is_typed_and_complete_when_nothing_was_delivered(room: LandingRoom) -> None:
    connection = registered(room, room.contract())
    columns = connection.execute(
        "select column_name, column_type from (describe raw.desk_tickets)"
    ).fetchall()
    assert columns == [
        ("ticket_id", "VARCHAR"),
        ("opened_at", "TIMESTAMP"),
        ("score", "BIGINT"),
        ("phone", "VARCHAR"),
        ("remark", "VARCHAR"),
        ("_extra", "VARCHAR"),
        ("_batch_id", "VARCHAR"),
        ("_source_file", "VARCHAR"),
        ("_row_number", "BIGINT"),
    ]
    assert connection.execute("select count(*) from raw.desk_tickets").fetchall() == [(0,)]
    assert connection.execute("from raw.run_parameters").fetchall() == [("b1", AS_OF, "Asia/Shanghai", 5)]
    status = connection.execute("from raw.source_status").fetchall()
    assert status == [("desk", "desk_tickets", 0, 1, False, False, None, None)]


def test_deliveries_and_status_tell_what_is_in_use(room: LandingRoom) -> None:
    room.deliver(
        "tickets_1.csv",
        HEADER + row(1, "2026-01-01 08:00:00") + row(2, "2026-01-03 08:00:00") + row(3, score="x"),
    )
    room.deliver("tickets_2.csv", "nonsense\n1\n")
    first, second = room.land()
    connection = registered(room, room.contract())
    found = connection.execute(
        "select batch_id, status, reason, delivered_rows, landed_rows, quarantined_rows, file_name"
        " from raw.deliveries"
    ).fetchall()
    assert found == [
        (first.batch_id, "landed", "", 3, 2, 1, "tickets_1.csv"),
        (second.batch_id, "rejected", second.reason, 0, 0, 0, "tickets_2.csv"),
    ]
    status = connection.execute(
        "select current_rows, is_stale, has_landed, data_from, data_until from raw.source_status"
    )
    until = datetime.fromisoformat("2026-01-03 00:00:00")
    assert status.fetchall() == [(2, True, True, datetime.fromisoformat("2026-01-01 00:00:00"), until)]
    assert latest_data_until(read_deliveries(room.landing)) == until
    assert latest_data_until([second]) is None


def test_registering_again_replaces_the_schema(room: LandingRoom) -> None:
    connection = registered(room, room.contract())
    room.land_one(HEADER + row(1))
    values: dict[str, Any] = {"as_of": AS_OF, "reporting_time_zone": "UTC", "minimum_n": 5}
    register_raw(connection, {"desk": room.contract()}, room.landing, build_id="b2", **values)
    assert connection.execute("select build_id from raw.run_parameters").fetchall() == [("b2",)]
    assert connection.execute("select count(*) from raw.desk_tickets").fetchall() == [(1,)]


@pytest.mark.parametrize("damage", ["flip", "lose"])
def test_a_damaged_or_lost_parquet_file_stops_the_build(room: LandingRoom, damage: str) -> None:
    path = parquet_path(room.landing, room.land_one(HEADER + rows(5)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    if damage == "flip":
        path.write_bytes(content)
    with pytest.raises(LandingError, match=path.name):
        registered(room, room.contract())


def test_all_checks_pass_on_a_good_landing_and_on_none(room: LandingRoom) -> None:
    assert all(result.passed for result in checks(room, room.contract()).values())
    room.land_one(HEADER + rows(3))
    found = checks(room, room.contract())
    assert all(result.passed for result in found.values())
    assert {name: result.severity for name, result in found.items()} == {
        "delivered_is_landed_plus_quarantined": "critical",
        "current_rows_reach_minimum": "critical",
        "newest_file_has_landed": "warning",
        "pseudonym_key_is_unchanged": "critical",
    }


def test_too_few_rows_fail(room: LandingRoom) -> None:
    contract = room.contract(minimum_rows=3)
    room.land_one(HEADER + rows(2), contract)
    result = checks(room, contract)["current_rows_reach_minimum"]
    assert (result.passed, result.detail) == (False, "2 current rows, at least 3 expected")


def test_a_rejected_newest_file_warns_until_a_good_one_comes(room: LandingRoom) -> None:
    room.deliver("tickets_1.csv", HEADER + rows(2))
    room.deliver("tickets_2.csv", "nonsense\n1\n")
    room.land()
    result = checks(room, room.contract())["newest_file_has_landed"]
    assert not result.passed
    assert "tickets_2.csv was rejected" in result.detail
    assert ids(room, room.contract()) == ["T1", "T2"]
    room.deliver("tickets_3.csv", HEADER + row(3))
    room.land()
    assert checks(room, room.contract())["newest_file_has_landed"].passed


def test_another_key_fails(room: LandingRoom) -> None:
    room.land_one(HEADER + rows(2))
    result = checks(room, room.contract(), key=b"another key, also long enough")["pseudonym_key_is_unchanged"]
    assert not result.passed


def test_rows_that_got_lost_fail(room: LandingRoom) -> None:
    delivery = room.land_one(HEADER + rows(3) + row(4, score="x"))
    path = parquet_path(room.landing, delivery)
    copy = path.with_name("copy")
    duckdb.connect().execute(f"copy (from '{path}' limit 2) to '{copy}' (format parquet)")
    copy.replace(path)
    result = checks(room, room.contract())["delivered_is_landed_plus_quarantined"]
    assert (result.passed, "4 delivered, 2 landed, 1 quarantined" in result.detail) == (False, True)
    path.write_text("no parquet")
    assert not checks(room, room.contract())["delivered_is_landed_plus_quarantined"].passed


def test_landing_again_in_another_directory_gives_the_same_batches(room: LandingRoom, tmp_path: Any) -> None:
    def land_in(home: Any) -> dict[str, list[Delivery]]:
        other = LandingRoom(home)
        other.deliver("tickets_1.csv", HEADER + rows(50))
        other.deliver("tickets_2.csv", HEADER + row(51))
        other.land()
        return current_by_table({"desk": other.contract()}, read_deliveries(other.landing))

    assert land_in(tmp_path / "a") == land_in(tmp_path / "b")


def test_a_mark_deletes_its_key_whatever_lands_first_until_a_newer_row_comes(room: LandingRoom) -> None:
    columns = [*TICKETS["columns"], {"name": "op", "type": "text"}, {"name": "touched", "type": "timestamp"}]
    contract = room.contract(
        delivery="upsert", deleted_when={"column": "op", "equals": "D"}, updated_at="touched", columns=columns
    )
    stamps = {"early": "2026-01-01 09:00:00", "noon": "2026-01-02 12:00:00", "late": "2026-01-03 09:00:00"}

    def line(number: int, mark: str, stamp: str) -> str:
        return f"{row(number).strip()},{mark},{stamps.get(stamp, '')}\n"

    header = HEADER.strip() + ",op,touched\n"
    gone = line(1, "U", "early") + line(2, "U", "late") + line(3, "", "noon") + line(4, "U", "")
    room.deliver(
        "tickets_1.csv", header + line(1, "D", "noon") + line(2, "D", "noon") + line(4, "D", "early")
    )
    room.deliver("tickets_2.csv", header + gone + line(3, "D", "noon") + line(5, "U", "early"))
    room.land(contract)
    assert ids(room, contract) == ["T2", "T5"], "of a moment's row and mark, and of no stamp, the mark wins"
    removed = "select source_row from raw.removed_rows order by all"
    connection = registered(room, contract)
    assert connection.execute(removed).fetchall() == [(1,), (1,), (2,), (3,), (3,), (4,), (5,)]
    assert connection.execute("select count(distinct removed_by) from raw.removed_rows").fetchall() == [(2,)]


def test_without_marks_nothing_is_removed(room: LandingRoom) -> None:
    room.land_one(HEADER + row(1))
    assert registered(room, room.contract()).execute("select * from raw.removed_rows").fetchall() == []
