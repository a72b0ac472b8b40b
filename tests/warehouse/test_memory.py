"""The engine keeps no more in memory than it was told: dbt's, and a third each of those that read a build."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orchestration.publishing.tables import in_memory, opened
from orchestration.settings import Settings
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.dbt_build import invoke
from tests.dbt_project.builds import landed

ASKED = "select current_setting('memory_limit') as memory"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(landed(tmp_path).settings, memory="700MB")


def test_dbt_builds_within_it(settings: Settings, tmp_path: Path) -> None:
    shown: Any = invoke(settings, ["show", "--inline", ASKED], tmp_path / "dbt")
    assert [tuple(row) for row in shown.results[0].agate_table.rows] == [("667.5 MiB",)]


def test_who_reads_a_build_gets_a_third(settings: Settings) -> None:
    with opened_build(settings) as connection:
        assert connection.execute(ASKED).fetchall() == [("222.2 MiB",)]
    with opened(settings.build_file, settings) as connection:
        assert connection.execute(ASKED).fetchall() == [("222.2 MiB",)]
    with in_memory(settings) as connection:
        assert connection.execute(ASKED).fetchall() == [("222.2 MiB",)]


def test_who_writes_a_build_gets_all_of_it(settings: Settings) -> None:
    with opened_build(settings, read_only=False) as connection:
        assert connection.execute(ASKED).fetchall() == [("667.5 MiB",)]


def test_dbt_spills_where_nobody_else_does(settings: Settings, tmp_path: Path) -> None:
    asked = "select current_setting('temp_directory') as folder"
    shown: Any = invoke(settings, ["show", "--inline", asked], tmp_path / "dbt")
    ((folder,),) = [tuple(row) for row in shown.results[0].agate_table.rows]
    assert Path(folder).parent == settings.warehouse
    with opened_build(settings) as connection:
        assert connection.execute(asked).fetchall() != [(folder,)]
