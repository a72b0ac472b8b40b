"""How many rows each table of a build has, for the asset pages."""

from pathlib import Path

import duckdb

Relation = tuple[str, str]  # schema and name


def row_counts(build_file: Path, relations: list[Relation]) -> dict[Relation, int]:
    """Rows of each (schema, name) that exists in the build file."""
    counts = {}
    with duckdb.connect(str(build_file), read_only=True) as connection:
        existing = set(
            connection.execute("select table_schema, table_name from information_schema.tables").fetchall()
        )
        for schema, name in relations:
            if (schema, name) in existing:
                row = connection.execute(f'select count(*) from "{schema}"."{name}"').fetchone()
                counts[schema, name] = row[0] if row else 0
    return counts
