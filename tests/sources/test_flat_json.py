"""JSON lines come out the same, whether the engine takes the flat ones or each is read with care."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestration.sources import flat_json, read_json_lines
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.rejection import FileRejectedError
from tests.sources.landing_room import LandingRoom
from tests.sources.test_delimited_text import ENGINE, QUICK

NAMES = ["a", "b", "c/~'\"", "A"]
GOOD = json.dumps(dict.fromkeys(NAMES, "x"))
TEXTS = st.text(alphabet=st.sampled_from('ab"\\/{}[],: 1.5\n\t\0\x01\x0b\x7f\u2028é中😀'), max_size=8)
VALUES = st.one_of(
    TEXTS, st.integers(), st.booleans(), st.none(), st.floats(), st.lists(st.integers(), max_size=2)
)
PIECES = [
    *'{}[]:,"1-', '"a":', '"a"', '"b"', "0", "01", "-0", "1.10", "1e3", "18446744073709551616", "NaN", "nan",
    "Infinity", "-inf", "null", "Null", "true", "tru", " ", "\t", "\f", "\\u0041", "\\u0000", "\\n", "\\x",
    "\\", "中", "\ufeff", "//", "'", "\x85",
]  # fmt: skip
# With one of these, the engine leaves a whole file to the careful way.
RARE_PIECES, RARE_NAMES = ["\r", "\x01", "\x0b", "\0", "\ud800"], ["undeclared"]


def lines_of(pieces: list[str], names: list[str]) -> st.SearchStrategy[str]:
    """Objects as a program would write them, objects with a member that nobody would, and noise."""
    objects = st.builds(
        lambda values, ascii_only, between: json.dumps(values, ensure_ascii=ascii_only, separators=between),
        st.dictionaries(st.sampled_from(names), VALUES, max_size=5),
        st.booleans(),
        st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")]),
    )
    parts = st.lists(st.sampled_from(pieces), min_size=1, max_size=8).map("".join)
    return st.one_of(objects, parts.map('{{"a":{}}}'.format), parts)


FILES = st.builds(
    lambda lines, line_end, mark, last: (mark + line_end.join([GOOD, *lines]) + last).encode(
        "utf-8", "surrogatepass"
    ),
    st.one_of(
        st.lists(lines_of(PIECES, NAMES), max_size=8),
        st.lists(lines_of(PIECES + RARE_PIECES, NAMES + RARE_NAMES), max_size=4),
    ),
    st.sampled_from(["\n", "\n", "\r\n", "\n\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["", "\n"]),
)


def read_back(room: LandingRoom, content: bytes) -> tuple[Any, ...]:
    """What becomes of a file: (rows, names bound, rows that can be read, quarantine), or its fault."""
    path, temporary = room.deliver("any.jsonl", content), room.home / "temporary"
    temporary.mkdir(exist_ok=True)
    columns = [{"name": name, "as": f"n{place}", "type": "text"} for place, name in enumerate(NAMES)]
    contract = room.contract(key=["n0"], columns=columns, format="jsonl", file="any.jsonl").tables["tickets"]
    with RowQuarantine(temporary / "q.jsonl") as quarantine, ENGINE.for_one_file() as connection:
        try:
            loaded = read_json_lines.read_json_lines(connection, path, contract, quarantine, temporary)
        except FileRejectedError as rejection:
            return (rejection.reason,)
        values = ", ".join(f"coalesce(c{place}, '')" for place in range(len(NAMES)))
        rows = connection.execute(
            f"select {loaded.row_number}, {values}, {loaded.extra} from delivered"
        ).fetchall()
    return loaded.rows, loaded.binding, rows, quarantine.path.read_text(encoding="utf-8")


def is_in_bulk(room: LandingRoom, content: bytes, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the engine took the flat lines of a file; what comes out is the same without."""
    took: list[set[str] | None] = []
    load = flat_json.load_flat_lines

    def told(*arguments: Any) -> set[str] | None:
        took.append(load(*arguments))
        return took[-1]

    with monkeypatch.context() as patched:
        patched.setattr(read_json_lines, "load_flat_lines", told)
        found = read_back(room, content)
        patched.setattr(read_json_lines, "load_flat_lines", lambda *_: None)
        assert found == read_back(room, content)
    return [names is not None for names in took] == [True]


@settings(QUICK, max_examples=300)
@given(FILES)
@example(b'{"a":1,}\n{"a":1,"a":2}\n{"a":NaN}\n')
def test_both_ways_give_the_same(room: LandingRoom, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    is_in_bulk(room, content, monkeypatch)


FLAT = '{"a": "x \\" \\\\ \\n 中", "b": -12, "A": null, "c/~\'\\"": true}'


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "odd", ["", '{"a": 1.10, "b": "1.10"}', "{", "[1]", '{"a": "\\u4e2d"}', '{"a": [1.0]}']
)
def test_flat_lines_are_taken_in_bulk_whatever_stands_among_them(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch, odd: str, line_end: str
) -> None:
    lines = [FLAT, *([odd] if odd else []), FLAT]
    content = "".join(line + line_end for line in lines).encode()
    assert is_in_bulk(room, content, monkeypatch)
    rows = read_back(room, content)[2]
    assert [rows[0][1:5], rows[-1][1:5]] == [('x " \\ \n 中', "-12", "true", "")] * 2
    assert (rows[0][0], rows[-1][0]) == (1, len(lines))


@pytest.mark.parametrize(
    "line",
    [
        '{"a": "x", "a": "y"}',
        '{"undeclared": 1}',
        "",
        " \x0b",
        '{"a": "\r"}',
        '{"a": "\x01"}',
        "{\x01",
        '{"a": "\0"}',
        '{"a": "' + "x" * (9 << 20) + '"}',
    ],
)
def test_a_file_that_could_be_seen_differently_is_read_with_care(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    assert not is_in_bulk(room, f"{GOOD}\n{line}\n{GOOD}\n".encode(), monkeypatch)


@pytest.mark.parametrize("tail", [b'{"a": "\xff"}\n', b'{"a": "\xed\xa0\x80"}\n'])
def test_a_file_that_is_no_utf_8_is_read_with_care(
    room: LandingRoom, monkeypatch: pytest.MonkeyPatch, tail: bytes
) -> None:
    assert not is_in_bulk(room, (GOOD + "\n").encode() * 20 + tail, monkeypatch)


def test_mixed_line_ends_are_read_with_care(room: LandingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_in_bulk(room, f"{GOOD}\n{GOOD}\r\n{GOOD}\n".encode(), monkeypatch)
