"""The doctor on the machine: rights, disk, file system, fonts, time zones; each fault is seen found."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.doctor import disk, fonts, rights, time_zones
from orchestration.doctor.finding import GIB, Finding
from orchestration.settings import Settings
from tests.doctor.test_configuration import TODAY

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /srv rw,relatime shared:1 - nfs4 server:/export rw
24 23 254:1 / /srv/my\\040disk rw,relatime - xfs /dev/vdb rw
"""


def states(findings: list[Finding]) -> list[str]:
    return [finding.state for finding in findings]


def test_a_home_that_can_be_written_is_ok(settings: Settings) -> None:
    (settings.home / "landing" / "crm_tickets").mkdir(parents=True)
    assert states(rights.check_rights(settings)) == ["ok"]
    assert list(settings.home.rglob("*")) == [
        settings.home / "landing",
        settings.home / "landing/crm_tickets",
    ]


def test_a_home_that_is_not_there_yet_is_judged_by_the_folder_above(tmp_path: Path) -> None:
    assert rights.first_unwritable(tmp_path / "a" / "b") is None
    assert not (tmp_path / "a").exists()
    assert rights.first_unwritable(Path("/proc/home")) == Path("/proc")


def test_a_folder_deep_in_the_home_that_cannot_be_written_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever runs the tests may be root, whom no mode stops: the attempt itself is refused here.
    closed = settings.home / "landing" / "crm_tickets"
    closed.mkdir(parents=True)
    (settings.home / "inbox" / "crm").mkdir(parents=True)
    attempt = tempfile.TemporaryFile

    def refuse(dir: Path) -> Any:
        if dir == closed or "inbox" in dir.parts:
            raise PermissionError(13, "Permission denied")
        return attempt(dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    (finding,) = rights.check_rights(settings)
    assert (finding.state, finding.found) == ("fault", f"{closed} cannot be written")
    assert f"chown -R <user> {closed}" in finding.mend


@pytest.mark.parametrize("name", ["vault", "quarantine", "warehouse", "secrets"])
def test_folders_with_personal_data_must_be_closed(settings: Settings, name: str) -> None:
    folder = settings.home / name
    folder.mkdir(mode=0o700)
    assert states(rights.check_rights(settings)) == ["ok"]
    folder.chmod(0o750)
    (finding,) = rights.check_rights(settings)
    assert (finding.state, finding.mend) == ("fault", f"chmod 700 {folder}")


def test_a_key_that_others_can_read_is_a_fault(settings: Settings) -> None:
    settings.key_file.parent.mkdir(mode=0o700)
    settings.key_file.write_text("k" * 32)
    settings.key_file.chmod(0o644)
    (finding,) = rights.check_rights(settings)
    assert (finding.state, finding.mend) == ("fault", f"chmod 600 {settings.key_file}")


def test_a_delivered_file_that_cannot_be_read_is_a_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.inbox / "crm").mkdir(parents=True)
    (settings.inbox / "crm" / "tickets.csv").touch()
    assert states(rights.check_rights(settings)) == ["ok"]
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "tickets.csv")
    (finding,) = rights.check_rights(settings)
    assert (finding.state, finding.found) == ("fault", "1 delivered files cannot be read")


def test_the_next_run_needs_a_build_and_a_version_beside_the_served_one(settings: Settings) -> None:
    settings.warehouse.mkdir()
    settings.build_file.write_bytes(b"x" * 1000)
    version = settings.published / "versions" / "b1"
    version.mkdir(parents=True)
    (version / "warehouse.duckdb").write_bytes(b"x" * 300)
    (settings.published / "current").symlink_to("versions/b1")
    assert disk.space_needed(settings) == 2 * 1000 + 2 * 300 + GIB


@pytest.mark.parametrize(
    ("free", "files", "state"),
    [(GIB, 10**6, "ok"), (GIB - 1, 10**6, "warning"), (GIB // 2 - 1, 10**6, "fault"), (GIB, 99, "fault")],
)
def test_disk_space_is_judged_by_what_the_next_run_needs(free: int, files: int, state: str) -> None:
    finding = disk.judge_space(free, files, GIB // 2)
    assert finding.state == state
    assert bool(finding.mend) == (state != "ok")


def test_the_file_system_of_a_path_is_that_of_the_innermost_mount() -> None:
    assert disk.file_system_of(Path("/var/lib/warehouse"), MOUNTS) == "ext4"
    assert disk.file_system_of(Path("/srv/warehouse"), MOUNTS) == "nfs4"
    assert disk.file_system_of(Path("/srv/my disk/warehouse"), MOUNTS) == "xfs"
    assert disk.file_system_of(Path("/srv"), "") == ""


def test_a_network_file_system_is_warned_of(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states(disk.check_file_system(settings)) == ["ok"]
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 0:21 / / rw - nfs4 server:/export rw\n")
    monkeypatch.setattr(disk, "MOUNTS", mounts)
    (finding,) = disk.check_file_system(settings)
    assert (finding.state, finding.found.split()[0]) == ("warning", "nfs4")


def test_locks_that_do_not_exclude_are_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    (finding,) = disk.check_file_system(settings)
    assert finding.state == "fault"
    assert "a second holder gets a lock" in finding.found


def test_a_rename_that_writes_into_the_old_file_is_a_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(self: Path, target: Path) -> None:
        if self.is_symlink():
            return
        target.write_bytes(self.read_bytes())

    monkeypatch.setattr(Path, "replace", copy)
    (finding,) = disk.check_file_system(settings)
    assert "a rename disturbs an open reader" in finding.found
    assert "a link is not replaced in one step" in finding.found
    assert [path.name for path in settings.home.iterdir()] == []


def test_missing_fonts_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "families", lambda _program, language: ["Sans"] if language == "en" else [])
    monkeypatch.setattr(shutil, "which", lambda _: "fc-list")
    (finding,) = fonts.check_fonts()
    assert (finding.state, finding.mend) == ("warning", "apt-get install fonts-noto-cjk")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert states(fonts.check_fonts()) == ["warning"]


def test_font_families_are_those_of_the_system(tmp_path: Path) -> None:
    listing = tmp_path / "fc-list"
    listing.write_text('#!/bin/sh\n[ "$1" = ":lang=zh-cn" ] && echo "Noto Sans CJK SC"\nexit 0\n')
    listing.chmod(0o755)
    assert fonts.families(str(listing), "zh-cn") == ["Noto Sans CJK SC"]
    assert fonts.families(str(listing), "en") == []


def test_this_machine_and_duckdb_agree_about_the_zones(settings: Settings) -> None:
    zones = time_zones.zones_in_use(settings)
    assert {"UTC", "Asia/Shanghai", "Europe/Berlin"} <= set(zones)
    assert states(time_zones.check_time_zones(settings, TODAY)) == ["ok"]


def test_an_unknown_zone_is_a_fault() -> None:
    assert [item.found for item in time_zones.check_zone("Mars/Olympus", TODAY)] == [
        "Python does not know Mars/Olympus"
    ]


def test_a_zone_that_duckdb_does_not_know_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise duckdb.NotImplementedException("icu")

    monkeypatch.setattr(time_zones, "local_in_duckdb", refuse)
    assert "its ICU extension is missing" in time_zones.check_zone("Europe/Berlin", TODAY)[0].found


def test_half_a_year_of_another_rule_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = time_zones.local_in_duckdb
    monkeypatch.setattr(time_zones, "local_in_duckdb", lambda _zone, stamps: right("Etc/GMT-1", stamps))
    (finding,) = time_zones.check_zone("Europe/Berlin", TODAY)
    # Winter time is the same; they part in the first summer that is looked at.
    assert finding.found.endswith("differ on 2023-03-26 12:00 UTC")


def test_the_whole_of_next_year_is_looked_at() -> None:
    stamps = time_zones.half_days(TODAY)
    assert [f"{stamp:%Y-%m-%d %H}" for stamp in (stamps[0], stamps[-1])] == ["2023-01-01 00", "2027-12-31 12"]


def test_the_doctor_is_a_command_that_needs_no_home(tmp_path: Path) -> None:
    environment = {**os.environ, "WAREHOUSE_HOME": str(tmp_path / "none"), "WAREHOUSE_HOEM": "x"}
    done = subprocess.run(
        [sys.executable, "-m", "orchestration", "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WAREHOUSE_HOEM is no setting" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Looked at ")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "none").exists()
