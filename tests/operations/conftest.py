"""A small home that has landed, built and published something, and things that a backup must not take."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from orchestration.operations.layout import ensure_layout
from orchestration.settings import Settings
from tests.publishing.synthetic import KEY, build_and_publish, settings_in
from tests.sources.landing_room import HEADER, LandingRoom, row, rows


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a delivery (one row in quarantine), a published build, a Dagster database, the key set."""
    home = tmp_path_factory.mktemp("operations") / "home"
    room = LandingRoom(home)
    room.deliver("tickets_1.csv", HEADER + rows(3) + row(4, opened="never"))
    room.land(key=KEY.encode())
    settings = settings_in(home)
    build_and_publish(settings, "b1")
    settings.quarantine.chmod(0o700)
    history = settings.dagster_home / "history"
    history.mkdir(parents=True)
    with closing(sqlite3.connect(history / "runs.db")) as database, database:
        database.execute("create table runs (id text)")
        database.execute("insert into runs values ('first')")
    (home / "landing" / ".tmp" / "desk").mkdir(parents=True, exist_ok=True)
    (home / "landing" / ".tmp" / "desk" / "half").write_text("half")
    ensure_layout(settings)
    return home


@pytest.fixture
def settings(original: Path, tmp_path: Path) -> Settings:
    """A copy of that home, for a test to change."""
    shutil.copytree(original, tmp_path / "home", symlinks=True)
    return settings_in(tmp_path / "home")


def tree(home: Path) -> dict[str, tuple[int, bytes | str | None]]:
    """Rights and content of everything below a home, without what no backup holds and databases."""
    skipped = ("landing/.tmp", "warehouse/build.duckdb", "warehouse/writer.lock", "warehouse/spill")
    found: dict[str, tuple[int, bytes | str | None]] = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if name.startswith(skipped) or path.suffix == ".db":
            continue
        content = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        found[name] = (os.lstat(path).st_mode, content)
    return found
