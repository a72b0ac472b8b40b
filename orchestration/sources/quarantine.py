"""Rows that cannot be read: kept with row number, reason and raw text, counted, and never printed."""

import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

FIRST_ROWS_SHOWN = 5


class RowQuarantine:
    """Collects the quarantined rows of one delivery in a temporary file of JSON lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reasons: Counter[str] = Counter()
        self.first_rows: dict[str, list[int]] = {}
        self._file = path.open("w", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def count(self) -> int:
        """Rows so far."""
        return self.reasons.total()

    def add(self, row_number: int, reason: str, raw: str) -> None:
        """Keep one row; `row_number` 1 is the first data row."""
        self.reasons[reason] += 1
        rows = self.first_rows.setdefault(reason, [])
        if len(rows) < FIRST_ROWS_SHOWN:
            rows.append(row_number)
        line = json.dumps({"row_number": row_number, "reason": reason, "raw": raw}, ensure_ascii=False)
        self._file.write(line.encode("utf-8", "backslashreplace").decode() + "\n")

    def close(self) -> None:
        """Write the last rows to disk."""
        self._file.close()
