"""The two DuckDB files of a build: `build` holds the marts, `work` the layers below them."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.publishing.tables import literal, quoted
from orchestration.settings import Settings


@contextmanager
def opened_build(settings: Settings, *, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both files in one connection, under the names that dbt writes into its SQL."""
    access = "(read_only)" if read_only else ""
    memory = settings.reading_memory if read_only else settings.memory
    with duckdb.connect(str(settings.build_file), read_only=read_only) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = {literal(memory)}")
        work = settings.work_file
        connection.execute(f"attach {literal(str(work))} as {quoted(work.stem)} {access}")
        yield connection
