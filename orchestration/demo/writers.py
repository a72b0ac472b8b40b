"""Writes delivered files, the same bytes for the same rows: CSV in any encoding, gzip, JSON lines, XLSX."""

import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from orchestration.demo.workbook import Sheet, write_workbook

_BOM = b"\xef\xbb\xbf"


class Delivery:
    """Files of an inbox, appended to chunk by chunk; `rows` counts what was delivered, by file and table."""

    def __init__(self, inbox: Path) -> None:
        """Write below `inbox`; a file of an earlier delivery with the same name is replaced."""
        self.inbox = inbox
        self.rows: dict[str, dict[str, int]] = {}

    def csv(
        self,
        table: str,
        name: str,
        columns: dict[str, pa.Array],
        *,
        encoding: str = "utf-8-sig",
        delimiter: str = ",",
    ) -> None:
        """Append rows to `name` (`<source>/<file>`), with a header when it is new; `.gz` is compressed."""
        batch = pa.table(columns)
        buffer = io.BytesIO()
        is_new = name not in self.rows
        options = pa_csv.WriteOptions(include_header=is_new, delimiter=delimiter, quoting_style="needed")
        pa_csv.write_csv(batch, buffer, options)
        data = buffer.getvalue()
        if encoding == "utf-8-sig":
            data = _BOM + data if is_new else data
        elif encoding != "utf-8":
            data = data.decode().encode(encoding)
        self.raw(table, name, data, batch.num_rows)

    def json_lines(self, table: str, name: str, columns: dict[str, pa.Array]) -> None:
        """Append one JSON object per row."""
        pieces: list[Any] = []
        for key, values in columns.items():
            pieces += [(", " if pieces else "{") + json.dumps(key) + ": ", _json_values(values)]
        lines = pc.binary_join_element_wise(*pieces, "}\n", "")
        # The lines lie one behind the other in the array's buffer: that is the file.
        self.raw(table, name, lines.buffers()[2].to_pybytes() if len(lines) else b"", len(lines))

    def raw(self, table: str, name: str, data: bytes, rows: int) -> None:
        """Append bytes as they are and count `rows` data rows."""
        path = self._path(name)
        mode = "ab" if name in self.rows else "wb"
        counts = self.rows.setdefault(name, {})
        with path.open(mode) as file:
            file.write(gzip.compress(data, 6, mtime=0) if name.endswith(".gz") else data)
        counts[table] = counts.get(table, 0) + rows

    def workbook(self, name: str, sheets: Iterable[Sheet]) -> None:
        """Write a workbook."""
        self.rows[name] = write_workbook(self._path(name), sheets)

    def _path(self, name: str) -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _json_values(values: pa.Array) -> pa.Array:
    """Each value as JSON text; of control characters only the line feed occurs in the demo's texts."""
    if pa.types.is_string(values.type):
        for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
            values = pc.replace_substring(values, character, escaped)
        return pc.fill_null(pc.binary_join_element_wise('"', values, '"', ""), "null")
    return pc.fill_null(pc.cast(values, pa.string()), "null")
