"""Writes delivered files, byte for byte the same for the same rows: CSV in any encoding, gzip, JSON lines, XLSX."""

import gzip
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import xlsxwriter

_CREATED = datetime(2026, 1, 1)


class Delivery:
    """Files of an inbox, appended to chunk by chunk; counts the rows that were delivered."""

    def __init__(self, inbox: Path) -> None:
        """Write below `inbox`, which must hold no delivered file of the same name."""
        self.inbox = inbox
        self.rows: dict[str, dict[str, int]] = {}

    def csv(
        self, table: str, name: str, columns: dict[str, pa.Array], *, encoding: str = "utf-8-sig", delimiter: str = ",",
    ) -> None:  # fmt: skip
        """Append rows to `name` (`<source>/<file>`), with a header when it is new; `.gz` names are compressed."""
        batch = pa.table(columns)
        buffer = io.BytesIO()
        is_new = name not in self.rows
        options = pc_csv.WriteOptions(include_header=is_new, delimiter=delimiter, quoting_style="needed")
        pc_csv.write_csv(batch, buffer, options)
        data = buffer.getvalue()
        if encoding not in ("utf-8", "utf-8-sig"):
            data = data.decode().encode(encoding)
        self.raw(table, name, (b"\xef\xbb\xbf" if is_new and encoding == "utf-8-sig" else b"") + data, batch.num_rows)

    def json_lines(self, table: str, name: str, columns: dict[str, pa.Array]) -> None:
        """Append one JSON object per row; text must need no escape but those of `json_text`."""
        pieces: list[Any] = []
        for position, (key, values) in enumerate(columns.items()):
            pieces += [("{" if position == 0 else ", ") + json.dumps(key) + ": ", _json_values(values)]
        lines = pc.binary_join_element_wise(*pieces, "}\n", "")
        data = lines.buffers()[2].to_pybytes() if len(lines) else b""
        self.raw(table, name, data, len(lines))

    def raw(self, table: str, name: str, data: bytes, rows: int) -> None:
        """Append bytes as they are and count `rows` data rows."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        counts = self.rows.setdefault(name, {})
        with path.open("ab" if counts else "wb") as file:
            file.write(gzip.compress(data, 6, mtime=0) if name.endswith(".gz") else data)
        counts[table] = counts.get(table, 0) + rows

    def xlsx(self, name: str, sheets: dict[str, tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> None:
        """Write a workbook; `sheets` maps the table to its sheet, header and rows of text, numbers, dates and stamps."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties({"created": _CREATED})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            for table, (title, header, rows) in sheets.items():
                sheet = book.add_worksheet(title)
                sheet.write_row(0, 0, header)
                number = 0
                for number, row in enumerate(rows, start=1):
                    for column, value in enumerate(row):
                        if isinstance(value, datetime):
                            sheet.write_datetime(number, column, value, stamp)
                        elif isinstance(value, date):
                            sheet.write_datetime(number, column, value, day)
                        elif value is not None:
                            sheet.write(number, column, value)
                self.rows.setdefault(name, {})[table] = number


def _json_values(values: pa.Array) -> pa.Array:
    """Each value as JSON text."""
    if pa.types.is_string(values.type):
        escaped = pc.replace_substring(pc.replace_substring(values, "\\", "\\\\"), '"', '\\"')
        quoted = pc.binary_join_element_wise('"', pc.replace_substring(escaped, "\n", "\\n"), '"', "")
        return pc.fill_null(quoted, "null")
    return pc.fill_null(pc.cast(values, pa.string()), "null")
