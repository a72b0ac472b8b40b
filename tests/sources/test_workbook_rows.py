"""Both readers of workbooks give the same text; what the fast one would guess is read with care."""

import io
import random
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineError

from orchestration.sources import workbook_rows
from orchestration.sources.rejection import FileRejectedError
from orchestration.sources.workbook_rows import sheet_rows

START = datetime(2025, 12, 30)  # noqa: DTZ001 - a workbook's stamps have no zone
SHEET = "xl/worksheets/sheet1.xml"


def some_value(made: random.Random) -> Any:
    moment = START + timedelta(seconds=made.randrange(10**8))
    choices: list[Any] = [
        made.randint(-(10**14), 10**14), made.random() * 10 ** made.randint(-8, 12), 5.0, 0.1, True, False,
        None, "", "é 中文 \U0001f600", " spaces ", "a\nb\tc", "=not a formula?", moment, moment.date(),
        moment.time(), timedelta(hours=made.randrange(99), minutes=30), moment.replace(microsecond=123_000),
    ]  # fmt: skip
    return made.choice(choices)


def by_openpyxl(rows: list[list[Any]]) -> bytes:
    book, memory = openpyxl.Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in rows:
        page.append([value.replace("=", "") if isinstance(value, str) else value for value in row])
    book.save(memory)
    return memory.getvalue()


def by_xlsxwriter(rows: list[list[Any]]) -> bytes:
    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd hh:mm:ss.000"}
    with xlsxwriter.Workbook(memory, options) as book:
        page = book.add_worksheet("Sheet")
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    page.write(line, place, value)
    return memory.getvalue()


def changed(content: bytes, member: str, pattern: bytes, text: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(
                name, re.sub(pattern, text, body, count=1, flags=re.DOTALL) if name == member else body
            )
    return memory.getvalue()


def stored(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("seed", range(20))
def test_both_readers_give_the_same_text(tmp_path: Path, write: Any, seed: int) -> None:
    made = random.Random(seed)
    path = stored(tmp_path, write([[some_value(made) for _ in range(9)] for _ in range(40)]))
    assert not workbook_rows._needs_care(path)
    fast = list(map(workbook_rows._cells, workbook_rows._fast_rows(path, "Sheet")))
    careful = list(map(workbook_rows._cells, workbook_rows._careful_rows(path, "Sheet")))
    assert [row for row in fast if row] == [row for row in careful if row]
    assert len(list(sheet_rows(path, "Sheet"))) == len([row for row in careful if row])


def test_stamps_dates_times_and_numbers_as_text(tmp_path: Path) -> None:
    row = [datetime(2026, 1, 2, 3, 4), date(2026, 1, 2), time(3, 4), 5.0, 1.5, 10**14, True]  # noqa: DTZ001 - as cells hold them
    expected = ["2026-01-02 03:04:00", "2026-01-02 00:00:00", "03:04:00", "5", "1.5", "1" + "0" * 14, "true"]
    assert list(sheet_rows(stored(tmp_path, by_openpyxl([row])), "Sheet")) == [expected]


def test_an_escaped_character_is_that_character(tmp_path: Path) -> None:
    assert list(sheet_rows(stored(tmp_path, by_xlsxwriter([["a\r\nb", "_x000D_"]])), "Sheet")) == [
        ["a\r\nb", "_x000D_"]
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b"<c r='A1'><f>1+1</f><v>3</v></c>", "=1+1"),
        (b"<c r='A1' t=\"e\"><v>#N/A</v></c>", "#N/A"),
        (b"<c r='A1'><v>12345678901234567890</v></c>", "12345678901234567890"),
    ],
)
def test_what_the_fast_reader_would_guess_is_read_with_care(tmp_path: Path, cell: bytes, text: str) -> None:
    path = stored(tmp_path, changed(by_xlsxwriter([[1]]), SHEET, rb"<c r=.*?</c>", cell))
    assert workbook_rows._needs_care(path)
    assert list(sheet_rows(path, "Sheet")) == [[text]]


def test_a_formula_is_found_across_two_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stored(tmp_path, changed(by_xlsxwriter([[1]]), SHEET, rb"<v>", b"<f>1+1</f><v>"))
    for size in range(100, 140):
        monkeypatch.setattr(workbook_rows, "CHUNK", size)
        assert workbook_rows._needs_care(path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_sheet_that_is_cut_off_inside_a_whole_package_is_damaged(tmp_path: Path, share: float) -> None:
    content = by_xlsxwriter([[number, f"text {number}"] for number in range(50)])
    whole = zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    cut = whole[: int(len(whole) * share)].replace(b"\\", b"")
    path = stored(tmp_path, changed(content, SHEET, rb".*", cut))
    with pytest.raises(CalamineError):
        list(sheet_rows(path, "Sheet"))


def test_a_missing_sheet_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(FileRejectedError, match="has no sheet 'Other'; it has 'Sheet'"):
        list(sheet_rows(stored(tmp_path, by_openpyxl([[1]])), "Other"))
