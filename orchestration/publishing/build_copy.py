"""The snapshot's files: the marts copied out of the build file, then judged as a reader will find them."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.publishing.files import PublicationError
from orchestration.publishing.manifest import GATES, SNAPSHOT
from orchestration.publishing.tables import (
    Fingerprint,
    Table,
    attached,
    copy_tables,
    fingerprint,
    list_tables,
    literal,
    opened,
    write_parquet,
)
from orchestration.settings import Settings

# `quality.verdict.require(warehouse_dir, gate, build_id, connection)` raises unless the gate passed these tables.
RequireVerdict = Callable[[Path, str, str, duckdb.DuckDBPyConnection], object]
CATALOG = Path(SNAPSHOT).stem


def copy_build(build_file: Path, directory: Path) -> dict[Table, Fingerprint]:
    """Copy the marts out of the build file; returns the fingerprints of the originals."""
    with attached(build_file) as (connection, source):
        connection.execute(f"attach {literal(str(directory / SNAPSHOT))} as {CATALOG}_copy")
        tables = copy_tables(connection, source, f"{CATALOG}_copy")
        if not tables:
            raise PublicationError(f"{build_file} holds no marts; run the build first.")
        connection.execute(f"checkpoint {CATALOG}_copy")
        for table in tables:
            write_parquet(connection, f"{CATALOG}_copy", table, directory / "parquet")
        return {table: fingerprint(connection, table.sql(source)) for table in tables}


def verify_copy(
    settings: Settings,
    directory: Path,
    build_id: str,
    require: RequireVerdict,
    expected: dict[Table, Fingerprint],
) -> None:
    """Reopen the copy as a reader would: same tables, rows, hashes and verdicts, in both formats."""
    if beside := list(directory.glob("*.wal")):
        raise PublicationError(f"{beside[0].name} was left beside the snapshot.")
    with opened(directory / SNAPSHOT) as connection:
        if list_tables(connection, CATALOG) != list(expected):
            raise PublicationError("The snapshot does not hold the tables of the build.")
        for table, mark in expected.items():
            file = directory / "parquet" / table.schema / f"{table.name}.parquet"
            parquet = f"read_parquet({literal(str(file))})"
            for form, relation in (("snapshot", table.sql(CATALOG)), ("Parquet file", parquet)):
                if (found := fingerprint(connection, relation)) != mark:
                    raise PublicationError(f"The {form} of {table} has {found}, the build {mark}.")
        require_gates(settings, require, build_id, connection)


def require_gates(
    settings: Settings, require: RequireVerdict, build_id: str, connection: duckdb.DuckDBPyConnection
) -> None:
    """Ask every gate whether it passed exactly the tables behind `connection`; raises what `require` raises."""
    for gate in GATES:
        require(settings.warehouse, gate, build_id, connection)
