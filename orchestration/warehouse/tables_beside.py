"""Rows and hashes of a build's tables, taken in a process beside the run while dbt tests the same tables."""

from collections.abc import Collection, Mapping
from concurrent.futures import Future

from orchestration.publishing.tables import opened
from orchestration.quality.gate import judged_as_is
from orchestration.quality.hashing import MissingTableError
from orchestration.quality.verdict import GateName, JudgedTable
from orchestration.settings import Settings
from orchestration.warehouse.processes import ProcessDiedError, begin, wait_for
from orchestration.warehouse.row_counts import Relation, row_counts

Hashed = dict[str, JudgedTable]

_begun: dict[GateName, tuple[str, "Future[Hashed]"]] = {}


def begin_row_counts(settings: Settings, relations: list[Relation]) -> "Future[dict[Relation, int]]":
    """Begin counting the rows of tables and views."""
    return begin("aside", row_counts, settings, relations)


def begin_hashes(settings: Settings, gate: GateName, build_id: str, tables: Collection[str]) -> None:
    """Begin hashing what a gate will judge; `hashes_beside` gives the hashes."""
    _begun[gate] = build_id, begin("aside", _hashes_in, settings, tables)


def hashes_beside(gate: GateName, build_id: str) -> Mapping[str, JudgedTable]:
    """The tables of a build as they were hashed beside this run; none when nobody did.

    The gate hashes anew what it does not find here, or finds with another `quick_mark` (decision 0047).
    """
    begun_for, hashing = _begun.get(gate, (None, None))
    if hashing is None or begun_for != build_id:
        return {}
    try:
        return wait_for(hashing)
    except ProcessDiedError:
        return {}


def _hashes_in(settings: Settings, tables: Collection[str]) -> Hashed:
    hashed = {}
    with opened(settings.build_file, settings) as connection:
        for table in tables:
            try:
                hashed[table] = judged_as_is(connection, table)
            except MissingTableError:
                continue  # the gate says so
    return hashed
