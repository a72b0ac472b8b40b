"""The two DuckDB files of a build: `build` holds the marts, `work` the layers below them."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.publishing.tables import literal, opened, quoted
from orchestration.settings import Settings


@contextmanager
def opened_build(settings: Settings, *, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both files in one connection, under the names that dbt writes into its SQL."""
    access = "(read_only)" if read_only else ""
    with opened(settings.build_file, settings, read_only=read_only) as connection:
        work = settings.work_file
        connection.execute(f"attach {literal(str(work))} as {quoted(work.stem)} {access}")
        yield connection
