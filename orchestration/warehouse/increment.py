"""Continue the last complete build, or begin an empty one: what is kept, and what has changed since.

docs/decisions/0053-incremental-builds.md.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.settings import Settings
from orchestration.sources.contract import SourceContract
from orchestration.sources.manifest import Delivery, all_tables
from orchestration.warehouse.build_files import opened_build

# What the models of `intermediate/increments` compare with what is built now.
REMEMBERED = (
    "int_agents__versions",
    "int_calendars__assigned",
    "int_customers__versions",
    "int_process__reporting",
    "int_products__deduplicated",
    "int_qa_reviews__deduplicated",
    "int_sources__reach",
    "int_teams__deduplicated",
    "int_tickets__inspected_sources",
    "int_tickets__reported",
)


@dataclass(frozen=True)
class Wish:
    """What a run asks of its build: everything anew, or the tickets of some local days."""

    full_refresh: bool = False
    touched_from: date | None = None
    touched_until: date | None = None

    @staticmethod
    def of_days(first: str | None, last: str | None, *, full_refresh: bool = False) -> "Wish":
        """The wish of a command line. Raises ValueError for a day that is none, or a range with one end."""
        if (first is None) != (last is None):
            raise ValueError("A backfill has a first and a last day: give both --from and --until.")
        days = [None if day is None else date.fromisoformat(day) for day in (first, last)]
        return Wish(full_refresh, *days)


@dataclass(frozen=True)
class BuiltBatch:
    """A delivery that a build was made of: its table and the SHA-256 of its Parquet file."""

    table: str
    sha256: str


@dataclass(frozen=True)
class Changes:
    """The deliveries by which the landing differs from that of the last complete build."""

    new: frozenset[str]
    gone: frozenset[str]


def foundation(settings: Settings, code: str) -> str:
    """SHA-256 over what must be as it was for a build to be continued: code, contracts, settings, engine."""
    digest = hashlib.sha256()
    for part in (code, settings.reporting_time_zone, str(settings.minimum_n), duckdb.__version__):
        digest.update(f"{part}\0".encode())
    for folder in (settings.contracts_dir, settings.dbt_project_dir / "seeds"):
        for path in sorted(folder.iterdir()):
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def changes_since(
    settings: Settings,
    found_on: str,
    contracts: Mapping[str, SourceContract],
    current: Mapping[str, list[Delivery]],
) -> Changes | None:
    """What has changed since the complete build of the home; None when there is none to be continued.

    A delivery that goes must be one of a feed that is delivered in full, whose rows the models know by
    what stands; of another feed it would be a surprise, and what stood because of it is not known.
    """
    built = _complete_build(settings, found_on)
    if built is None:
        return None
    present = {item.batch_id: item.parquet_sha256 for items in current.values() for item in items}
    delivered_in_full = {table.raw_name for table in all_tables(contracts) if table.delivery == "full"}
    gone = {batch for batch in built if batch not in present}
    landed_anew = any(built[batch].sha256 != present[batch] for batch in built.keys() & present.keys())
    if landed_anew or not {built[batch].table for batch in gone} <= delivered_in_full:
        return None
    return Changes(frozenset(present.keys() - built.keys()), frozenset(gone))


def _complete_build(settings: Settings, found_on: str) -> dict[str, BuiltBatch] | None:
    """By batch id what the complete build of the home was made of, if it stands on the same foundation."""
    if not (settings.build_file.exists() and settings.work_file.exists()):
        return None
    try:
        with opened_build(settings) as connection:
            told = connection.execute(
                "select built.foundation from work.built.build as built"
                " inner join raw.run_parameters as parameters on built.build_id = parameters.build_id"
            ).fetchall()
            if told != [(found_on,)]:
                return None
            rows = connection.execute(
                "select batch_id, table_name, sha256 from work.built.batches"
            ).fetchall()
    except duckdb.Error:
        # Not a complete build, not a file of this engine, or harmed: a new one is always right.
        return None
    return {batch: BuiltBatch(table, sha256) for batch, table, sha256 in rows}


def remember(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy what the increment compares with; from here on the files hold no complete build."""
    connection.execute("drop schema work.built cascade")
    connection.execute("drop schema if exists work.previous cascade")
    connection.execute("create schema work.previous")
    for model in REMEMBERED:
        connection.execute(f"create table work.previous.{model} as select * from work.intermediate.{model}")


def register_increment(
    connection: duckdb.DuckDBPyConnection,
    current: Mapping[str, list[Delivery]],
    changes: Changes | None,
    wish: Wish,
) -> None:
    """The tables `raw.increment`, `raw.batch_changes` and `raw.current_batches` of the build that begins."""
    connection.execute(
        "create table raw.increment as select ?::boolean as is_incremental,"
        " ?::date as touched_from, ?::date as touched_until",
        [changes is not None, wish.touched_from, wish.touched_until],
    )
    listed = [] if changes is None else [("new", changes.new), ("gone", changes.gone)]
    rows = [[batch, change] for change, batches in listed for batch in sorted(batches)]
    _fill(connection, "raw.batch_changes (batch_id varchar, change varchar)", rows)
    batches = [
        [item.batch_id, table, item.parquet_sha256] for table, items in current.items() for item in items
    ]
    _fill(connection, "raw.current_batches (batch_id varchar, table_name varchar, sha256 varchar)", batches)


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[str]]) -> None:
    """Create a table, `<name> (<columns>)`, and fill it in one statement: one per row is a commit each."""
    connection.execute(f"create table {table}")
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        unnested = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"insert into {table.partition(' ')[0]} select {unnested}", columns)


def begin_models(settings: Settings, stage: str) -> None:
    """Note that the models of a stage begin. Begun a second time, they are made in full.

    A stage that died has replaced some of what the increment compares with.
    """
    with duckdb.connect(str(settings.build_file)) as connection:
        connection.execute("create table if not exists raw.begun_stages (stage varchar)")
        if connection.execute("select 1 from raw.begun_stages where stage = ?", [stage]).fetchall():
            connection.execute("update raw.increment set is_incremental = false")
        connection.execute("insert into raw.begun_stages values (?)", [stage])


def complete(settings: Settings, found_on: str) -> None:
    """Note that all models of the build are built: the next one may continue it."""
    with opened_build(settings, read_only=False) as connection:
        connection.execute("begin")
        connection.execute("drop schema if exists work.built cascade")
        connection.execute("create schema work.built")
        connection.execute(
            "create table work.built.build as"
            " select ?::varchar as foundation, build_id from raw.run_parameters",
            [found_on],
        )
        connection.execute("create table work.built.batches as select * from raw.current_batches")
        connection.execute("commit")
