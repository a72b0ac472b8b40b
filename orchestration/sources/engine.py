"""The engine of one landing run: DuckDB in memory, bounded, spilling into a private folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import duckdb

from orchestration.sources.files import private_folder
from orchestration.sources.personal import install_key
from orchestration.sources.rejection import LandingError

MEMORY_LIMIT = "1GB"


class Engine:
    """Opened for the first file that needs it and shared by all files of a run; closed with the run."""

    def __init__(self, temporary: Path, key: bytes) -> None:
        self._temporary = temporary
        self._key = key
        self._connection: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    @contextmanager
    def for_one_file(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection, without the tables of the file before. Raises LandingError for an engine error.

        The engine's own message may hold delivered values: only the class of the error goes on.
        """
        try:
            connection = self._connection or self._open()
            for table in ("delivered", "csv_rejects", "csv_scans"):
                connection.execute(f"drop table if exists {table}")
            yield connection
        except duckdb.Error as error:
            kind = type(error).__name__
            raise LandingError(
                f"Landing stopped: {self._temporary}: the engine gave up with {kind}; make room there, or"
                " give the run more memory, then run again: what has landed stays"
            ) from None

    def _open(self) -> duckdb.DuckDBPyConnection:
        private_folder(self._temporary)  # the engine makes one folder, not its parents
        self._connection = duckdb.connect(
            config={
                "memory_limit": MEMORY_LIMIT,
                "temp_directory": str(self._temporary / "spill"),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                # A file written anew under an old name would be read from the cache.
                "enable_external_file_cache": "false",
            }
        )
        self._connection.execute("set TimeZone = 'UTC'")
        install_key(self._connection, self._key)
        return self._connection


@contextmanager
def free_engine(engines: SimpleQueue[Engine]) -> Iterator[Engine]:
    """An engine that no other file uses now; waits for one."""
    engine = engines.get()
    try:
        yield engine
    finally:
        engines.put(engine)
