"""A backup is of one moment, verified and whole; its restore on another place is the same home."""

import io
import json
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.__main__ import main
from orchestration.operations import backup, contents
from orchestration.operations.archive import BackupError
from orchestration.operations.backup import back_up, verify_archive
from orchestration.operations.layout import LAYOUT, LayoutError, ensure_layout
from orchestration.operations.restore import restore
from orchestration.publishing import audit
from orchestration.publishing.verification import verify
from orchestration.settings import Settings
from orchestration.sources.landing_checks import landing_checks
from orchestration.warehouse.lock import WarehouseLockedError, writer_lock
from tests.operations.conftest import tree
from tests.publishing.synthetic import KEY, NOW, settings_in
from tests.sources.landing_room import LandingRoom


def saved(settings: Settings, name: str = "backup.tar", **options: Any) -> Path:
    path = settings.home.parent / name
    back_up(settings, path, now=NOW, **options)
    return path


@pytest.mark.parametrize("name", ["backup.tar", "backup.tar.gz"])
def test_a_restored_home_is_the_same_home(settings: Settings, tmp_path: Path, name: str) -> None:
    path = saved(settings, name)
    assert path.stat().st_mode & 0o777 == 0o600
    before = {item: item.stat().st_mtime for item in settings.vault.rglob("*.parquet")}
    elsewhere = settings_in(tmp_path / "elsewhere")
    assert restore(elsewhere, path) == []
    assert tree(elsewhere.home) == tree(settings.home)
    assert {elsewhere.home / item.relative_to(settings.home): at for item, at in before.items()} == {
        item: pytest.approx(item.stat().st_mtime, abs=0.001) for item in elsewhere.vault.rglob("*.parquet")
    }
    assert not (elsewhere.home / "landing" / ".tmp").exists()
    assert not elsewhere.build_file.exists()
    room = LandingRoom(elsewhere.home)
    (again,) = room.land(key=KEY.encode())
    assert again.outcome == "unchanged"
    checks = landing_checks({"desk": room.contract()}, elsewhere.landing, key=KEY.encode())
    assert [check.detail for check in checks if not check.passed] == []


def test_readers_are_not_disturbed_and_do_not_disturb(settings: Settings) -> None:
    with duckdb.connect(str(settings.published / "warehouse.duckdb"), read_only=True) as reader:
        verify_archive(saved(settings))
        assert reader.execute("select count(*) from kpis.fct_kpi_values").fetchone()


def test_a_backup_refuses_while_a_run_writes_and_names_it(settings: Settings) -> None:
    with (
        writer_lock(settings.warehouse, holder="run 4711"),
        pytest.raises(WarehouseLockedError, match="4711"),
    ):
        saved(settings, wait_seconds=0)
    assert not list(settings.home.parent.glob("*backup*"))


def test_a_backup_waits_for_the_step_of_a_run(settings: Settings) -> None:
    written = settings.landing / "late.json"

    def write() -> None:
        with writer_lock(settings.warehouse, holder="run 4711"):
            started.set()
            time.sleep(0.5)
            written.write_text("{}")

    started = threading.Event()
    thread = threading.Thread(target=write)
    thread.start()
    started.wait()
    path = saved(settings, wait_seconds=30)
    thread.join()
    assert "landing/late.json" in verify_archive(path)["members"]


def test_a_run_waits_for_a_backup(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def listed(*arguments: Any, **options: Any) -> Any:
        with (
            pytest.raises(WarehouseLockedError) as refusal,
            writer_lock(settings.warehouse, holder="run 1", wait_seconds=0),
        ):
            pass
        seen.append(str(refusal.value))
        return contents.entries(*arguments, **options)

    monkeypatch.setattr("orchestration.operations.backup.entries", listed)
    saved(settings)
    assert "being written by a backup" in seen[0]


def test_a_database_in_use_is_copied_as_of_one_moment(settings: Settings, tmp_path: Path) -> None:
    database = settings.dagster_home / "history" / "runs.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("pragma journal_mode = wal")
        writer.execute("insert into runs values ('second')")
        writer.execute("begin")
        writer.execute("insert into runs values ('not yet')")
        path = saved(settings)
    elsewhere = settings_in(tmp_path / "elsewhere")
    restore(elsewhere, path)
    copy = elsewhere.dagster_home / "history" / "runs.db"
    with closing(sqlite3.connect(copy)) as reader:
        assert reader.execute("select id from runs order by id").fetchall() == [("first",), ("second",)]


def test_a_delivery_that_is_still_arriving_is_left_out_and_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arriving = settings.inbox / "desk" / "tickets_2.csv"
    arriving.write_text("ticket_id,")
    copied = shutil.copyfile

    def grow(source: Path, target: Path) -> None:
        copied(source, target)
        if source == arriving:
            with arriving.open("a") as file:
                file.write("Opened")

    monkeypatch.setattr(shutil, "copyfile", grow)
    path = tmp_path / "backup.tar"
    assert back_up(settings, path, now=NOW).left_out == ["inbox/desk/tickets_2.csv"]
    assert "inbox/desk/tickets_1.csv" in verify_archive(path)["members"]


def test_what_a_dead_run_left_half_published_is_mended_first(settings: Settings, tmp_path: Path) -> None:
    (settings.published / ".tmp-dead").mkdir()
    with audit.log_path(settings.published).open("a") as log:
        log.write('{"torn')
    path = saved(settings)
    assert verify(settings.published, KEY.encode()) == []
    elsewhere = settings_in(tmp_path / "elsewhere")
    assert restore(elsewhere, path) == []
    assert not (elsewhere.published / ".tmp-dead").exists()


def damage_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.find(b"ticket_id,Opened")] ^= 1
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def cut_before_the_record(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: content.find(b"backup.json\0")])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [damage_a_byte, cut_short, cut_before_the_record, empty])
def test_a_damaged_backup_is_found_and_restores_nothing(
    settings: Settings, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = saved(settings)
    harm(path)
    with pytest.raises(BackupError, match=r"damaged|cut short"):
        verify_archive(path)
    with pytest.raises(BackupError):
        restore(settings_in(tmp_path / "elsewhere"), path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_backup_that_does_not_read_back_is_not_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = backup._write

    def on_a_bad_disk(*arguments: Any) -> Any:
        record = written(*arguments)
        damage_a_byte(arguments[1])
        return record

    monkeypatch.setattr(backup, "_write", on_a_bad_disk)
    with pytest.raises(BackupError, match="is not as it was saved"):
        saved(settings)
    assert [path.name for path in settings.home.parent.iterdir()] == ["home"]


def test_a_full_disk_leaves_no_half_backup(settings: Settings) -> None:
    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with pytest.raises(BackupError, match=r"was not written: .*File too large"):
            saved(settings)
        os._exit(7)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == 7
    assert [path.name for path in settings.home.parent.iterdir()] == ["home"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("backup.zip", "should end in .tar"),
        ("home/backup.tar", "lost with it"),
        ("nowhere/backup.tar", "make it first"),
        ("there.tar", "is there already"),
    ],
)
def test_a_place_for_a_backup_that_makes_no_sense_is_refused(
    settings: Settings, name: str, reason: str
) -> None:
    (settings.home.parent / "there.tar").touch()
    with pytest.raises(BackupError, match=reason):
        saved(settings, name)


def test_no_home_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no home"):
        back_up(settings_in(tmp_path / "none"), tmp_path / "backup.tar", now=NOW)


def home_with_key_file(settings: Settings) -> Settings:
    """The same home where the key lies in it, as in the demo."""
    settings.key_file.parent.mkdir(mode=0o700)
    settings.key_file.write_text(KEY)
    settings.key_file.chmod(0o600)
    return Settings(home=settings.home)


def test_a_backup_without_the_key_needs_it_to_be_given(settings: Settings, tmp_path: Path) -> None:
    path = saved(home_with_key_file(settings), with_key=False)
    assert KEY.encode() not in path.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    with pytest.raises(BackupError, match="does not hold its key"):
        restore(Settings(home=elsewhere), path)
    with pytest.raises(BackupError, match="is not the key of the backup"):
        restore(Settings(home=elsewhere, key_from_environment="another key of some length"), path)
    assert not elsewhere.exists()
    assert restore(settings_in(elsewhere), path) == []


def test_a_backup_with_the_key_needs_nothing_else(settings: Settings, tmp_path: Path) -> None:
    path = saved(home_with_key_file(settings))
    elsewhere = Settings(home=tmp_path / "elsewhere")
    assert restore(elsewhere, path) == []
    assert elsewhere.key_file.read_text() == KEY
    assert elsewhere.key_file.stat().st_mode & 0o777 == 0o600


def test_a_restore_needs_an_empty_home(settings: Settings) -> None:
    path = saved(settings)
    before = tree(settings.home)
    with pytest.raises(BackupError, match="is not empty"):
        restore(settings, path)
    assert tree(settings.home) == before


def test_a_restore_that_did_not_finish_is_said_by_every_later_command(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(settings)
    elsewhere = settings_in(tmp_path / "elsewhere")
    renamed = Path.rename

    def fail_once(self: Path, target: Path) -> Path:
        if target.name == "published":
            raise OSError(5, "Input/output error")
        return renamed(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(BackupError, match="was not restored"):
        restore(elsewhere, path)
    monkeypatch.undo()
    with pytest.raises(LayoutError, match="did not finish"):
        ensure_layout(elsewhere)
    with pytest.raises(BackupError, match="is not empty"):
        restore(elsewhere, path)


def forged(path: Path, info: tarfile.TarInfo, layout: int = LAYOUT) -> None:
    """An archive with one member and a record that agrees with it."""
    found: dict[str, object] = {"link": info.linkname} if info.issym() else {"folder": info.isdir()}
    record = {
        "format": 1, "layout": layout, "key_fingerprint": None, "holds_key": False,
        "members": {info.name: found},
    }  # fmt: skip
    content = json.dumps(record).encode()
    with tarfile.open(path, "w") as archive:
        archive.addfile(info)
        last = tarfile.TarInfo("backup.json")
        last.size = len(content)
        archive.addfile(last, io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "kind", "linked"),
    [
        ("../outside", tarfile.DIRTYPE, ""),
        ("/outside", tarfile.DIRTYPE, ""),
        ("published/current", tarfile.SYMTYPE, "../../outside"),
        ("published/current", tarfile.SYMTYPE, "/outside"),
        ("landing/link", tarfile.SYMTYPE, "elsewhere"),
        ("landing/pipe", tarfile.FIFOTYPE, ""),
        ("landing/hard", tarfile.LNKTYPE, "elsewhere"),
    ],
)
def test_an_archive_that_leads_out_of_the_home_is_refused(
    tmp_path: Path, name: str, kind: bytes, linked: str
) -> None:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, linked
    forged(tmp_path / "backup.tar", info)
    with pytest.raises(BackupError, match="which no backup holds"):
        restore(settings_in(tmp_path / "a" / "home"), tmp_path / "backup.tar")
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_layout_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("landing")
    info.type = tarfile.DIRTYPE
    forged(tmp_path / "backup.tar", info, layout=LAYOUT + 1)
    with pytest.raises(BackupError, match="Restore it with the newer program"):
        restore(settings_in(tmp_path / "home"), tmp_path / "backup.tar")


def test_in_a_folder_backups_are_named_after_the_time_and_old_ones_go(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("warehouse-20250101T000000Z.tar.gz", "warehouse-20250102T000000Z.tar.gz", "other.tar.gz"):
        (folder / name).touch()
    monkeypatch.setenv("WAREHOUSE_HOME", str(settings.home))
    monkeypatch.setenv("WAREHOUSE_KEY", KEY)
    assert main(["backup", str(folder), "--keep", "2"]) == 0
    assert "Removed warehouse-20250101T000000Z.tar.gz: 2 are kept." in capsys.readouterr().out
    kept = sorted(path.name for path in folder.iterdir())
    assert kept[:2] == ["other.tar.gz", "warehouse-20250102T000000Z.tar.gz"]
    assert main(["restore", str(folder / kept[2]), "--check"]) == 0
    assert main(["restore", str(folder / kept[1]), "--check"]) == 2


def test_the_commands_say_why_not(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAREHOUSE_HOME", str(settings.home))
    monkeypatch.setenv("WAREHOUSE_KEY", KEY)
    with writer_lock(settings.warehouse, holder="run 4711"):
        assert main(["backup", str(tmp_path / "backup.tar"), "--wait", "0"]) == 2
    assert "being written by run 4711" in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "backup.tar")]) == 0
    assert "It holds personal data" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "backup.tar")]) == 2
    assert "is not empty" in capsys.readouterr().err
