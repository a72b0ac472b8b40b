"""A machine that cannot go on is one message with its place at the shell, not a traceback."""

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from orchestration import run
from orchestration.settings import Settings

NO_SPACE = OSError(errno.ENOSPC, "No space left on device")
READ_ONLY = OSError(errno.EROFS, "Read-only file system", "/landing/.tmp")
FULL_RECORDS = OperationalError(
    "insert into event_logs", {}, sqlite3.OperationalError("database or disk is full")
)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NO_SPACE, "{home}: No space left on device."),
        (READ_ONLY, "/landing/.tmp: Read-only file system."),
        (FULL_RECORDS, "{home}/dagster_home: database or disk is full."),
    ],
)
def test_the_place_and_the_way_out_are_said(
    error: Exception,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(run, "_run", stop)
    assert run.run(Settings(home=tmp_path), tickets=1, months=1) == 2
    printed = capsys.readouterr().out
    assert printed.startswith(
        f"The run stopped: {said.format(home=tmp_path)} Make room there or give the right"
    )
    assert "insert into" not in printed
