"""What dead runs left is finished or removed before the next one builds on it; what lives is left alone."""

import fcntl
import os
from pathlib import Path

import pytest

from orchestration.operations.recovery import recover_home, recover_idle_home
from orchestration.settings import Settings
from orchestration.warehouse.lock import writer_lock
from tests.chaos.small_home import exit_code_of
from tests.publishing.synthetic import NOW, settings_in

LEFT = (
    "landing/.tmp/desk/rows.parquet",
    "warehouse/spill/block",
    "warehouse/build.duckdb.tmp/block",
    "warehouse/checks/b1/.core.json.12.tmp",
    "warehouse/verdicts/b1/.core.json.12.tmp",
    "secrets/.warehouse.key.12.tmp",
    ".layout.json.12.tmp",
    "warehouse/spill-1/block",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = settings_in(tmp_path)
    for name in LEFT:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("half")
    return settings


def still_there(settings: Settings) -> list[str]:
    return [name for name in LEFT if (settings.home / name).exists()]


def test_what_dead_runs_left_is_removed(settings: Settings) -> None:
    recover_home(settings, NOW)
    assert still_there(settings) == []


def test_a_file_that_a_living_process_writes_is_left_alone(settings: Settings) -> None:
    with (settings.home / LEFT[3]).open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        recover_home(settings, NOW)
    assert still_there(settings) == [LEFT[3]]


def test_nothing_is_removed_while_somebody_writes(settings: Settings) -> None:
    with writer_lock(settings.warehouse, holder="run 4711"):
        recover_idle_home(settings, NOW)
    assert still_there(settings) == list(LEFT)
    recover_idle_home(settings, NOW)
    assert still_there(settings) == []


def test_no_home_is_made_by_looking_for_leftovers(tmp_path: Path) -> None:
    recover_idle_home(settings_in(tmp_path / "nowhere"), NOW)
    assert not (tmp_path / "nowhere").exists()


def test_a_key_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path)

    def die(*_: object) -> None:
        os.kill(os.getpid(), 9)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "hardlink_to", die)
        assert exit_code_of(lambda home: home.secret_key(), settings) == -9
    assert not settings.key_file.exists()
    key = settings.secret_key()
    assert len(key) == 64
    recover_home(settings, NOW)
    assert [path.name for path in settings.key_file.parent.iterdir()] == ["warehouse.key"]
    assert settings.secret_key() == key
