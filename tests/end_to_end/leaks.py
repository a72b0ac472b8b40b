"""Looks for personal values everywhere below a home: in all bytes, and inside databases and Parquet."""

import json
import re
from collections.abc import Collection
from pathlib import Path

import duckdb

from orchestration.quality.hashing import quoted


def places_of(home: Path, values: Collection[str]) -> set[str]:
    """The files below the home, as paths from it, that hold one of the values in any readable form."""
    spellings = {spelling for value in values for spelling in (value, json.dumps(value)[1:-1])}
    patterns = [spelling.encode() for spelling in spellings]
    patterns += [value.encode("gb18030") for value in values if not value.isascii()]
    expression = "|".join(re.escape(value) for value in values)
    files = [path for path in sorted(home.rglob("*")) if path.is_file() and not path.is_symlink()]
    with duckdb.connect() as connection:
        return {
            str(path.relative_to(home))
            for path in files
            if _bytes_hold(path, patterns) or _tables_hold(connection, path, expression)
        }


def _bytes_hold(path: Path, patterns: Collection[bytes]) -> bool:
    content = path.read_bytes()
    return any(pattern in content for pattern in patterns)


def _tables_hold(connection: duckdb.DuckDBPyConnection, path: Path, expression: str) -> bool:
    """DuckDB and Parquet files compress their text, so it is also read as they give it."""
    if path.suffix == ".parquet":
        return _matches(connection, f"read_parquet('{path}')", expression)
    if path.suffix != ".duckdb":
        return False
    connection.execute(f"attach '{path}' as looked_at (read_only)")
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'looked_at'"
    ).fetchall()
    names = [f"looked_at.{quoted(schema)}.{quoted(table)}" for schema, table in tables]
    found = any(_matches(connection, name, expression) for name in names)
    connection.execute("detach looked_at")
    return found


def _matches(connection: duckdb.DuckDBPyConnection, table: str, expression: str) -> bool:
    described = connection.execute(f"describe select * from {table}").fetchall()
    texts = [f"coalesce({quoted(name)}, '')" for name, data_type, *_ in described if data_type == "VARCHAR"]
    if not texts:
        return False
    found = connection.execute(
        f"select 1 from {table} where regexp_matches({' || chr(10) || '.join(texts)}, $expression) limit 1",
        {"expression": expression},
    ).fetchone()
    return found is not None
