"""Files: what is taken, what is rejected as a whole and why, and that a bad file costs only itself."""

import gzip
import hashlib
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.sources import byte_scan, files, landing, read_delimited
from orchestration.sources.contract import SourceContract
from orchestration.sources.inbox import InboxFile, list_inbox
from orchestration.sources.manifest import manifest_path, read_deliveries
from orchestration.sources.rejection import LandingError
from orchestration.sources.unpack import ExpansionLimits
from tests.sources.landing_room import HEADER, KEY, TICKETS, LandingRoom, row, rows

GOOD = HEADER + rows(4)


def zipped(**members: str | bytes) -> bytes:
    """A zip of the given members."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


REJECTED: list[tuple[str, str | bytes, str]] = [
    ("renamed", GOOD.replace("Opened", "Opened at"), "column missing: 'Opened' (renamed to 'Opened at'?)"),
    ("missing", "ticket_id,Opened,score,phone\nT1,2026-01-01,1,1\n", "column missing: 'remark'"),
    ("twice", GOOD.replace("remark", "remark,remark").replace("fine", "fine,x"), "delivered twice: 'remark'"),
    ("no header", rows(3), "none of the declared columns is in the first row"),
    (
        "swapped",
        GOOD.replace("Opened,score", "score,Opened"),
        "column 'Opened' is of another type or was swapped",
    ),
    (
        "retyped",
        HEADER + row(1, score="1") + row(2, score="a") + row(3, score="b"),
        "2 of 3 values are not a whole",
    ),
    ("cut off", GOOD[:-3], "cut off: its last line has no line end"),
    ("cut in a quote", HEADER + rows(2) + 'T3,2026-01-01,1,1,"never', "cut off"),
    (
        "unclosed quote",
        HEADER + rows(2) + 'T3,2026-01-01,1,1,"never\n' + row(4),
        "row 3: a quoted field opens",
    ),
    (
        "quote over rows",
        HEADER + 'T1,2026-01-01,1,1,"a\nT2,2026-01-01,1,1,"b"\n',
        "row 1: a quoted field opens",
    ),
    ("0 bytes", "", "is empty (0 bytes)"),
    ("only a mark", "\ufeff", "is empty: it has no header"),
    ("header only", HEADER, "has a header but no rows"),
    ("all rows bad", HEADER + "T1\n", "no row of it can be read"),
    ("utf-16", GOOD.encode("utf-16"), "UTF-16 byte-order mark"),
    ("utf-16 without mark", GOOD.encode("utf-16-le"), "NUL bytes; perhaps UTF-16"),
    (
        "gbk",
        (HEADER + row(1, remark="服务很好谢谢") * 9).encode("gb18030"),
        "9 of 9 rows cannot be decoded; gb18030 fits",
    ),
    ("korean", (HEADER + row(1, remark="안녕하세요 감사합니다") * 9).encode("cp949"), "cp949 fits"),
    ("gbk header", GOOD.replace("remark", "备注").encode("gb18030"), "the header is not utf-8; gb18030 fits"),
    ("many columns", ",".join(f"c{n}" for n in range(2001)) + "\n" + "," * 2000 + "\n", "has 2,001 columns"),
]


@pytest.mark.parametrize(
    ("content", "reason"), [case[1:] for case in REJECTED], ids=[case[0] for case in REJECTED]
)
def test_a_bad_file_is_rejected_with_its_reason_and_kept(
    room: LandingRoom, content: str | bytes, reason: str
) -> None:
    delivery = room.land_one(content)
    assert (delivery.status, delivery.landed_rows) == ("rejected", 0)
    assert reason in delivery.reason
    assert delivery.summary_line() == f"desk_tickets: tickets.csv rejected: {delivery.reason}"
    kept = room.home / "quarantine" / "desk_tickets" / f"{delivery.batch_id}.tickets.csv"
    assert kept.read_bytes() == (content if isinstance(content, bytes) else content.encode())
    assert not list(room.landing.glob("desk_tickets/*"))


PACKED: list[tuple[str, str, bytes, str]] = [
    ("gzip cut off", "tickets.csv.gz", gzip.compress(GOOD.encode())[:-9], "is not a whole gzip file"),
    ("no gzip", "tickets.csv.gz", GOOD.encode(), "is not a whole gzip file"),
    ("empty gzip", "tickets.csv.gz", gzip.compress(b""), "is empty once unpacked"),
    ("zip cut off", "tickets.csv.zip", zipped(a=GOOD)[:-9], "is not a whole zip file"),
    ("zip of two", "tickets.csv.zip", zipped(a=GOOD, b=GOOD), "the zip holds 2 members"),
    ("zip of none", "tickets.csv.zip", zipped(), "the zip holds 0 members"),
]


@pytest.mark.parametrize(
    ("name", "content", "reason"), [case[1:] for case in PACKED], ids=[case[0] for case in PACKED]
)
def test_a_bad_package_is_rejected(room: LandingRoom, name: str, content: bytes, reason: str) -> None:
    assert reason in room.land_one(content, name=name).reason


@pytest.mark.parametrize("name", ["tickets.csv.gz", "tickets.csv.zip"])
def test_a_packed_file_lands_like_a_plain_one(room: LandingRoom, name: str) -> None:
    content = gzip.compress(GOOD.encode()) if name.endswith("gz") else zipped(anything=GOOD)
    delivery = room.land_one(content, name=name)
    assert (delivery.status, delivery.landed_rows) == ("landed", 4)


@pytest.mark.parametrize("name", ["tickets.csv.gz", "tickets.csv.zip"])
def test_a_bomb_is_refused_before_it_is_unpacked_whole(
    room: LandingRoom, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExpansionLimits, "ratio_from", 4 << 20)
    bomb = b"\0" * (32 << 20)
    delivery = room.land_one(gzip.compress(bomb) if name.endswith("gz") else zipped(bomb=bomb), name=name)
    assert "refused as a bomb" in delivery.reason
    unpacked = int(delivery.reason.split("more than ")[1].split(" ")[0].replace(",", ""))
    assert unpacked < 8 << 20
    monkeypatch.setattr(ExpansionLimits, "total", 100)
    packed = gzip.compress(GOOD.encode()) if name.endswith("gz") else zipped(a=GOOD)
    second = room.land_one(packed, room.contract(version=2), name=name)
    assert "refused as a bomb" in second.reason


def test_a_zipped_link_is_refused(room: LandingRoom) -> None:
    memory, link = io.BytesIO(), zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "link or device" in room.land_one(memory.getvalue(), name="tickets.csv.zip").reason


def test_reordered_columns_are_bound_by_name(room: LandingRoom) -> None:
    delivery = room.land_one("remark,phone,score,Opened,ticket_id\nfine,1,5,2026-01-01,T1\n")
    assert room.landed(delivery, "ticket_id, score, remark") == [("T1", 5, "fine")]


def test_an_undeclared_column_is_kept_masked_and_reported(room: LandingRoom) -> None:
    text = HEADER.replace("score", "score,wish'") + "T1,2026-01-01,5,write me@example.org,1,fine\n"
    delivery = room.land_one(text)
    assert delivery.extra_columns == ("wish'",)
    assert "undeclared columns kept in _extra: wish'" in delivery.summary_line()
    assert room.landed(delivery, "_extra") == [('{"wish\'":"write [email]"}',)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "cp949", "latin-1"])
def test_declared_encodings_are_decoded(room: LandingRoom, encoding: str) -> None:
    remark = {"latin-1": "não é à toa", "cp949": "안녕하세요"}.get(encoding, "服务很好，谢谢")
    content = (HEADER + row(1, remark=remark) * 8).encode(encoding)
    delivery = room.land_one(content, room.contract(encoding=encoding))
    assert [text for (text,) in room.landed(delivery, "distinct remark")] == [remark]
    assert delivery.landed_rows == 8


@pytest.mark.parametrize("encoding", ["gb18030", "latin-1"])
def test_utf8_declared_as_another_encoding_is_rejected_not_read_as_noise(
    room: LandingRoom, encoding: str
) -> None:
    delivery = room.land_one(HEADER + row(1, remark="服务很好很好"), room.contract(encoding=encoding))
    assert delivery.reason.endswith("it is utf-8")


def test_bad_bytes_in_a_legacy_encoding_cost_their_row(room: LandingRoom) -> None:
    good = (HEADER + "".join(row(n, remark="好") for n in range(1, 20))).encode("gb18030")
    bad = row(20).encode().replace(b"fine", b"\xff\xff")
    delivery = room.land_one(good + bad, room.contract(encoding="gb18030"))
    assert delivery.first_rows == {"undecodable bytes": [20]}
    assert room.landed(delivery, "remark")[0] == ("好",)


def test_crlf_old_mac_and_optional_last_line_ends(room: LandingRoom) -> None:
    assert room.land_one(GOOD.replace("\n", "\r\n")).landed_rows == 4
    assert room.land_one(GOOD.replace("\n", "\r")).landed_rows == 4
    contract = room.contract(final_newline="optional", version=2)
    assert room.land_one(GOOD.strip(), contract).landed_rows == 4
    cut_in_crlf = room.land_one(GOOD.replace("\n", "\r\n")[:-1], room.contract(version=3))
    assert "cut off" in cut_in_crlf.reason


def test_the_fast_path_is_left_when_the_engine_counts_other_rows(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan that disagrees sends the file down the careful path, whose own count stands."""
    scan = byte_scan.scan_bytes
    monkeypatch.setattr(read_delimited, "scan_bytes", lambda path: replace(scan(path), records=9))
    delivery = room.land_one(GOOD)
    assert (delivery.delivered_rows, delivery.landed_rows) == (4, 4)


def test_the_same_file_is_a_no_op_under_any_name_and_lands_anew_for_a_new_contract(room: LandingRoom) -> None:
    first = room.land_one(GOOD)
    before = sorted((path, path.stat().st_mtime_ns) for path in room.landing.rglob("*") if path.is_file())
    room.deliver("tickets_again.csv", GOOD)
    assert [item.outcome for item in room.land()] == ["unchanged", "unchanged"]
    assert before == sorted(
        (path, path.stat().st_mtime_ns) for path in room.landing.rglob("*") if path.is_file()
    )
    assert room.land(room.contract(version=2))[0].batch_id != first.batch_id


def test_a_lost_parquet_file_is_landed_again_with_the_same_bytes(room: LandingRoom) -> None:
    delivery = room.land_one(GOOD)
    path = files_of(room, delivery.batch_id)
    content = path.read_bytes()
    path.unlink()
    (again,) = room.land()
    assert (again.outcome, again.parquet_sha256) == ("landed", delivery.parquet_sha256)
    assert path.read_bytes() == content


def files_of(room: LandingRoom, batch_id: str) -> Path:
    return room.landing / "desk_tickets" / f"{batch_id}.parquet"


def test_a_crash_between_rows_and_manifest_leaves_nothing_that_counts(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    room.deliver("tickets.csv", GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(landing, "write_delivery", crash)
        with pytest.raises(KeyboardInterrupt):
            room.land()
    assert len(list(room.landing.glob("desk_tickets/*.parquet"))) == 1
    assert read_deliveries(room.landing) == []
    (delivery,) = room.land()
    assert delivery.outcome == "landed"
    assert len(list(room.landing.glob("desk_tickets/*.parquet"))) == 1
    assert not list((room.landing / ".tmp").iterdir())


def test_what_a_killed_run_left_is_removed_before_anything_is_read(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = room.landing / ".tmp" / "desk" / "0123" / "rows.parquet"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    was_there: list[bool] = []

    def watched(contract: SourceContract, folder: Path) -> list[InboxFile]:
        was_there.append(left.exists())
        return list_inbox(contract, folder)

    monkeypatch.setattr(landing, "list_inbox", watched)
    room.land_one(GOOD)
    assert was_there == [False]


def test_a_damaged_manifest_is_named(room: LandingRoom) -> None:
    delivery = room.land_one(GOOD)
    path = manifest_path(room.landing, "desk_tickets", delivery.batch_id)
    path.write_text(path.read_text()[:50])
    with pytest.raises(LandingError, match=delivery.batch_id):
        room.land()


def test_a_bad_file_costs_that_file_only(room: LandingRoom) -> None:
    room.deliver("tickets_1.csv", GOOD)
    room.deliver("tickets_2.csv", "nonsense\n1\n")
    room.deliver("tickets_3.csv", HEADER + rows(2))
    assert [item.outcome for item in room.land()] == ["landed", "rejected", "landed"]
    again = room.land()
    assert [item.outcome for item in again] == ["unchanged", "rejected", "unchanged"]
    assert [item.sequence for item in again] == [1, 2, 3]


def test_what_is_no_regular_file_is_never_opened(room: LandingRoom) -> None:
    secret = room.home / "secret.csv"
    secret.write_text(GOOD)
    inbox = room.deliver("tickets_9.csv", GOOD).parent
    (inbox / "tickets_link.csv").symlink_to(secret)
    os.mkfifo(inbox / "tickets_pipe.csv")
    (inbox / "tickets_folder.csv").mkdir()
    seen = {item.file_name: item for item in room.land()}
    for name in ("tickets_link.csv", "tickets_pipe.csv", "tickets_folder.csv"):
        assert (seen[name].status, "was not opened" in seen[name].reason) == ("ignored", True)
    assert seen["tickets_9.csv"].status == "landed"
    with pytest.raises(OSError, match="symbolic"):
        files.sha256_of(inbox / "tickets_link.csv")


def test_unfinished_strange_and_unknown_names_are_ignored_with_a_line(room: LandingRoom) -> None:
    for name in ("tickets.csv.part", ".tickets.csv", "tickets.tmp", "tickets\n.csv", "orders.csv"):
        room.deliver(name, GOOD)
    seen = {item.file_name: item.reason for item in room.land()}
    assert "unfinished" in seen["tickets.csv.part"]
    assert "unfinished" in seen[".tickets.csv"]
    assert "unfinished" in seen["tickets.tmp"]
    assert "control characters" in seen["tickets\\n.csv"]
    assert "matches no feed of desk" in seen["orders.csv"]
    assert all("\n" not in item.summary_line() for item in room.land())


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_run(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = room.deliver("tickets.csv", GOOD)
    read = landing._read_and_write

    def grow(*arguments: object) -> object:
        result = read(*arguments)  # type: ignore[arg-type]
        with path.open("a") as file:
            file.write(row(5))
        return result

    with monkeypatch.context() as patch:
        patch.setattr(landing, "_read_and_write", grow)
        (delivery,) = room.land()
    assert (delivery.status, "changed while" in delivery.reason) == ("ignored", True)
    assert read_deliveries(room.landing) == []
    assert room.land()[0].landed_rows == 5


def test_a_checksum_beside_the_file_is_verified(room: LandingRoom) -> None:
    path = room.deliver("tickets.csv", GOOD)
    room.deliver("tickets.csv.sha256", f"{'0' * 64}  tickets.csv\n")
    (delivery,) = room.land()
    assert "does not match tickets.csv.sha256" in delivery.reason
    right = hashlib.sha256(path.read_bytes()).hexdigest()
    room.deliver("tickets.csv.sha256", f"{right.upper()}  tickets.csv\n")
    assert room.land(room.contract(version=2))[0].status == "landed"


def test_a_file_that_may_not_be_read_costs_that_file(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    room.deliver("tickets.csv", GOOD)
    monkeypatch.setattr(landing, "sha256_of", refuse)
    assert room.land()[0].reason.startswith("cannot be read (Permission denied)")


def test_no_inbox_is_no_error(room: LandingRoom) -> None:
    assert room.land() == []


def test_a_pattern_that_two_feeds_share_is_reported(room: LandingRoom) -> None:
    contract = room.contract_of({"a": TICKETS | {"file": "t*.csv"}, "b": TICKETS | {"file": "*s.csv"}})
    assert "matches several feeds (a, b)" in room.land_one(GOOD, contract).reason


def test_a_full_disk_is_an_error_and_not_a_bad_file(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "landing")

    room.deliver("tickets.csv", GOOD)
    monkeypatch.setattr(landing, "put_in_place", full)
    with pytest.raises(LandingError, match=r"Landing stopped: .*landing: No space left .*; make room"):
        room.land()
    assert read_deliveries(room.landing) == []


def test_one_file_is_hashed_once(room: LandingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    original = files.sha256_of

    def watched(path: Path) -> str:
        hashed.append(path.name)
        return original(path)

    monkeypatch.setattr(landing, "sha256_of", watched)
    room.land_one(GOOD)
    assert hashed == ["tickets.csv", "rows.parquet"]
    room.land(key=KEY)
    assert hashed[2:] == ["tickets.csv"]
