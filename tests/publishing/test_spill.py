"""What does not fit into memory goes where nobody else writes: engines that share a folder mix blocks."""

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.tables import in_memory, opened
from orchestration.settings import Settings

ROWS = 2_000_000  # 90 MB
MEMORY = "150MB"  # a third for each reader
SECONDS = 60


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(home=tmp_path, memory=MEMORY)
    made.warehouse.mkdir()
    duckdb.connect(str(made.build_file)).close()
    return made


def harmed_rows(settings: Settings, number: int, all_spilled: Barrier) -> int:
    """Rows that are not what was written, read once all processes have spilled; -1 for an engine's error."""
    with opened(settings.build_file, settings) as connection:
        try:
            made = f"select i, md5(cast(i + {number} as varchar)) as text from range({ROWS}) as numbers (i)"
            connection.execute(f"create temporary table spilled as {made}")
            all_spilled.wait(SECONDS)
            right = f"text = md5(cast(i + {number} as varchar))"
            ((wrong,),) = connection.execute(
                f"select {ROWS} - count(*) filter (where {right}) from spilled"
            ).fetchall()
        except duckdb.Error:
            wrong = -1
        all_spilled.wait(SECONDS)
        return int(wrong)


def _process(settings: Settings, number: int, all_spilled: Barrier) -> None:
    raise SystemExit(0 if harmed_rows(settings, number, all_spilled) == 0 else 1)


def test_readers_of_one_file_that_spill_at_once_read_what_they_wrote(settings: Settings) -> None:
    processes = get_context("spawn")
    all_spilled = processes.Barrier(2)
    readers = [
        processes.Process(target=_process, args=(settings, number, all_spilled)) for number in range(2)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [reader.exitcode for reader in readers] == [0, 0]
    assert list(settings.warehouse.iterdir()) == [settings.build_file]


def test_connections_of_one_process_share_a_file(settings: Settings) -> None:
    build = settings.build_file
    with opened(build, settings) as one, opened(build, settings) as other:
        assert spill_of(one) == spill_of(other)


def test_databases_in_memory_share_nothing(settings: Settings) -> None:
    with in_memory(settings) as one, in_memory(settings) as other:
        assert spill_of(one) != spill_of(other)


def spill_of(connection: duckdb.DuckDBPyConnection) -> str:
    ((folder,),) = connection.execute("select current_setting('temp_directory')").fetchall()
    return str(folder)
