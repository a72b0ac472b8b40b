"""The engine of a landing: bounded, and a file that does not fit into memory lands all the same."""

from pathlib import Path

import pytest

from orchestration.sources import engine

ROWS = 2_000_000  # 90 MB


def test_what_does_not_fit_into_memory_is_spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MEMORY_LIMIT", "50MB")
    folder = tmp_path / "desk" / "lane_0"  # not there yet, as when a landing begins
    with engine.Engine(folder, b"k" * 16) as lane, lane.for_one_file() as connection:
        made = f"select md5(cast(i as varchar)) as text from range({ROWS}) as numbers (i)"
        connection.execute(f"create table delivered as {made}")
        assert any(folder.rglob("*.tmp"))
        assert connection.execute("select count(distinct text) from delivered").fetchall() == [(ROWS,)]
