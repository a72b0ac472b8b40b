"""Any text that a CSV writer can write comes back the same, whichever way it is read."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.sources import byte_scan, read_delimited
from orchestration.sources.byte_scan import scan_bytes
from orchestration.sources.contract import TableContract
from orchestration.sources.engine import Engine
from orchestration.sources.header import bind_header
from orchestration.sources.loaded import Loaded
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError
from tests.sources.landing_room import LandingRoom

FIELDS = st.text(alphabet=st.sampled_from('ab,"\n\r\t ;é中'), max_size=6)
ROWS = st.lists(st.tuples(FIELDS, FIELDS, FIELDS), min_size=1, max_size=12)
QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


ENGINE = Engine(Path(tempfile.mkdtemp()), b"k" * 16)


def unambiguous(rows: list[tuple[str, ...]], line_end: str, quoting: int) -> list[tuple[str, ...]]:
    """Without the CR that Python's writer would leave unquoted: nobody could tell it from a line end."""
    if line_end == "\n" and quoting == csv.QUOTE_MINIMAL:
        return [tuple(field.replace("\r", "") for field in row) for row in rows]
    return rows


def written(rows: list[tuple[str, ...]], line_end: str, quoting: int) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(("a", "b", "c"))
    writer.writerows(rows)
    return text.getvalue()


def three_texts(room: LandingRoom, encoding: str) -> TableContract:
    columns = [{"name": name, "type": "text"} for name in "abc"]
    return room.contract(key=["a"], columns=columns, encoding=encoding).tables["tickets"]


def read_back(room: LandingRoom, content: bytes, encoding: str) -> tuple[Loaded, list[tuple[str, ...]], int]:
    path, temporary = room.deliver("any.csv", content), room.home / "temporary"
    temporary.mkdir(exist_ok=True)
    contract = three_texts(room, encoding)
    with RowQuarantine(temporary / "q.jsonl") as quarantine, ENGINE.for_one_file() as connection:
        loaded = read_delimited.read_delimited(connection, path, contract, quarantine, temporary)
        rows = connection.execute(
            "select coalesce(c0, ''), coalesce(c1, ''), coalesce(c2, '') from delivered"
        ).fetchall()
        return loaded, rows, quarantine.count


@QUICK
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_a_csv_writer_wrote_is_read_back(
    room: LandingRoom, encoding: str, rows: list[tuple[str, ...]], line_end: str, quoting: int
) -> None:
    rows = unambiguous(rows, line_end, quoting)
    content = written(rows, line_end, quoting).encode(encoding)
    try:
        loaded, found, refused = read_back(room, content, encoding)
    except FileRejectedError as rejection:
        assert rejection.reason.endswith("it is utf-8")
        return
    assert (loaded.rows, refused) == (len(rows), 0)
    assert found == rows


@QUICK
@given(st.binary(max_size=200).map(lambda data: b"a,b,c\n" + data.replace(b"\xff\xfe", b"") + b"\n"))
def test_any_bytes_are_either_rejected_or_accounted_for(room: LandingRoom, content: bytes) -> None:
    try:
        loaded, found, refused = read_back(room, content, "utf-8")
    except FileRejectedError:
        return
    assert loaded.rows == len(found) + refused


@QUICK
@given(
    st.lists(st.sampled_from(["x", '"', '""', ",", "\n", "\r\n", "\r", "é", '"a\nb"']), max_size=40),
    st.integers(min_value=1, max_value=9),
)
def test_the_scan_counts_the_same_in_chunks_of_any_size(
    room: LandingRoom, parts: list[str], chunk: int
) -> None:
    path = room.deliver("scan.csv", "".join(parts))
    whole = scan_bytes(path)
    original = byte_scan.CHUNK
    try:
        byte_scan.CHUNK = chunk
        assert scan_bytes(path) == whole
    finally:
        byte_scan.CHUNK = original


@pytest.mark.parametrize(
    ("content", "records"),
    [
        (b"", 0),
        (b"a\n", 1),
        (b"a", 1),
        (b"a\n\n\r\nb\n", 2),
        (b'"a\nb"\nc\n', 2),
        (b'"a""\n"\nc\n', 2),
        (b"\r\n", 0),
        (b" \n", 1),
    ],
)
def test_records_are_counted_outside_quotes(tmp_path: Path, content: bytes, records: int) -> None:
    path = tmp_path / "scan.csv"
    path.write_bytes(content)
    assert scan_bytes(path).records == records


@pytest.mark.parametrize("content", [b"a\rb\n", b"a\0\n", b'a"\n', b"\xff\n", b"x" * 1_000_001 + b"\n"])
def test_what_readers_could_see_differently_is_not_plain(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.csv"
    path.write_bytes(content)
    assert not scan_bytes(path).is_plain
    path.write_bytes(b'a,"b\r\nc"\r\n')
    assert scan_bytes(path).is_plain


def test_suggestions_name_the_likely_rename_only(room: LandingRoom) -> None:
    contract = room.contract().tables["tickets"]
    with pytest.raises(FileRejectedError) as error:
        bind_header(contract, ["Ticket ID", "Opened", "phone", "remark", "colour"])
    assert error.value.reason == (
        "header differs from the contract: column missing: 'ticket_id' (renamed to 'Ticket ID'?), 'score'"
    )
