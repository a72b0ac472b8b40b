"""A home says its layout: new ones begin with it, older ones are migrated, newer ones are refused."""

import json
from pathlib import Path

import pytest

from orchestration.defs.resources import Warehouse
from orchestration.operations import layout
from orchestration.operations.layout import LAYOUT, LayoutError, ensure_layout, layout_of
from orchestration.publishing.__main__ import main as publishing
from orchestration.run import nothing_was_delivered, prepare_only
from orchestration.settings import Settings
from orchestration.warehouse.lock import WarehouseLockedError, writer_lock
from tests.operations.conftest import tree


def written(home: Path) -> object:
    return json.loads((home / "layout.json").read_text())["layout"]


def made_before_layouts(settings: Settings) -> None:
    (settings.home / "layout.json").unlink()
    settings.vault.chmod(0o755)


def test_a_new_home_begins_with_the_layout_of_the_program(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert layout_of(home) is None
    ensure_layout(Settings(home=home))
    assert written(home) == LAYOUT


def test_delivered_files_alone_are_no_older_home(tmp_path: Path) -> None:
    (tmp_path / "inbox" / "crm").mkdir(parents=True)
    assert layout_of(tmp_path) is None


def test_a_home_from_before_layouts_is_migrated(settings: Settings) -> None:
    made_before_layouts(settings)
    assert layout_of(settings.home) == 1
    ensure_layout(settings)
    assert written(settings.home) == LAYOUT
    assert settings.vault.stat().st_mode & 0o777 == 0o700
    before = tree(settings.home)
    ensure_layout(settings)
    assert tree(settings.home) == before


def test_a_migration_that_was_cut_short_is_done_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_before_layouts(settings)

    def die(_home: Path, _layout: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(layout, "write_layout", die)
        with pytest.raises(KeyboardInterrupt):
            ensure_layout(settings)
    assert layout_of(settings.home) == 1
    ensure_layout(settings)
    assert written(settings.home) == LAYOUT


def test_every_layout_before_this_one_has_a_migration() -> None:
    assert sorted(layout.MIGRATIONS) == list(range(1, LAYOUT))


def test_a_migration_waits_for_the_writer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made_before_layouts(settings)
    monkeypatch.setattr(
        layout, "writer_lock", lambda place, holder: writer_lock(place, holder=holder, wait_seconds=0)
    )
    with (
        writer_lock(settings.warehouse, holder="run 4711"),
        pytest.raises(WarehouseLockedError, match="4711"),
    ):
        ensure_layout(settings)
    assert layout_of(settings.home) == 1


def test_a_home_of_a_newer_program_is_refused_and_left_as_it_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.home / "layout.json").write_text(json.dumps({"layout": LAYOUT + 1}))
    before = tree(settings.home)
    with pytest.raises(LayoutError, match="Use the newer program"):
        ensure_layout(settings)
    assert prepare_only(settings) == 2
    assert "Use the newer program" in capsys.readouterr().out
    monkeypatch.setenv("WAREHOUSE_HOME", str(settings.home))
    with pytest.raises(LayoutError, match="Use the newer program"):
        Warehouse().settings()
    assert tree(settings.home) == before


@pytest.mark.parametrize("text", ["", "{}", '{"layout": "2"}', '{"layout": 0}', "[2]"])
def test_a_layout_file_that_says_nothing_is_refused(settings: Settings, text: str) -> None:
    (settings.home / "layout.json").write_text(text)
    with pytest.raises(LayoutError, match=r"restore the home from a backup"):
        ensure_layout(settings)


def test_an_inbox_that_was_cleared_after_landing_gets_no_demo_company(settings: Settings) -> None:
    for path in settings.inbox.glob("*/*"):
        path.unlink()
    assert not nothing_was_delivered(settings)
    assert nothing_was_delivered(Settings(home=settings.home / "another"))


def test_going_back_in_a_home_of_a_newer_program_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    layout.write_layout(settings.home, LAYOUT + 1)
    monkeypatch.setenv("WAREHOUSE_HOME", str(settings.home))
    assert publishing(["rollback", "b1"]) == 2
    assert f"layout {LAYOUT + 1}" in capsys.readouterr().err
