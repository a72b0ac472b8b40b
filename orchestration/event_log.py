"""Dagster's SQLite event log with its connections kept: a run writes some 2,000 events, one by one.

Dagster makes a new engine for every event, which compiles the same statements again and, on closing the last
connection, copies SQLite's write-ahead log back with a sync to disk (docs/decisions/0048).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine

from orchestration.settings import load_settings

KEPT = 8  # databases: the index of all runs, and the runs that were read or written last
BUSY_SECONDS = 5


class KeptSqliteEventLog(SqliteEventLogStorage):
    """The same files, read and written the same way, through engines that live as long as the process."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, tuple[int, Engine]] = {}
        self._known_tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> Any:
        """No settings: the log lies where Dagster's own default lies, in the warehouse's home."""
        return {}

    @classmethod
    def from_config_value(
        cls,
        inst_data: Any,
        config_value: Any,  # noqa: ARG003 - Dagster calls it so, and there is nothing to configure
    ) -> "KeptSqliteEventLog":
        """The event log of WAREHOUSE_HOME, as `dagster.yaml` names it."""
        return cls(str(load_settings().dagster_home / "history" / "runs"), inst_data)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table: asked for every check, and a table that is there stays."""
        if table_name not in self._known_tables and super().has_table(table_name):
            self._known_tables.add(table_name)
        return table_name in self._known_tables

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine_of(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine_of(self, shard: str) -> Engine:
        path = Path(self.path_for_shard(shard))
        inode = path.stat().st_ino if path.exists() else 0
        known, engine = self._engines.pop(shard, (None, None))
        if engine is None or known != inode:
            if engine is not None:  # wiped, and perhaps made anew by another process
                engine.dispose()
            engine = _engine(self.conn_string_for_shard(shard))
            self._initdb(engine)
            inode = path.stat().st_ino
        self._engines[shard] = (inode, engine)
        if len(self._engines) > KEPT:
            _, oldest = self._engines.pop(next(iter(self._engines)))
            oldest.dispose()
        return engine

    def dispose(self) -> None:
        """Close every connection."""
        while self._engines:
            self._engines.popitem()[1][1].dispose()
        super().dispose()


def _engine(address: str) -> Engine:
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, pool_size=1)

    @event.listens_for(engine, "connect")
    def set_durability(connection: Any, _record: Any) -> None:
        # A power cut may lose the last events; it damages neither this file nor a table of the warehouse.
        connection.execute("pragma synchronous = normal")

    return engine
