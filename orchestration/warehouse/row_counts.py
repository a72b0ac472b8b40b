"""How many rows each table of a build has, for the asset pages."""

from orchestration.settings import Settings
from orchestration.warehouse.build_files import opened_build

Relation = tuple[str, str]  # schema and name


def row_counts(settings: Settings, relations: list[Relation]) -> dict[Relation, int]:
    """Rows of each (schema, name) that exists in the build."""
    counts = {}
    with opened_build(settings) as connection:
        existing = connection.execute(
            "select table_catalog, table_schema, table_name from information_schema.tables"
        ).fetchall()
        files = {(schema, name): catalog for catalog, schema, name in existing}
        for schema, name in relations:
            if catalog := files.get((schema, name)):
                row = connection.execute(f'select count(*) from "{catalog}"."{schema}"."{name}"').fetchone()
                counts[schema, name] = row[0] if row else 0
    return counts
