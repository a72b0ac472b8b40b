"""Deletions that an upsert feed marks: which delivered rows count no more, and which mark removed them."""

from collections.abc import Mapping

from orchestration.sources.contract_types import TableContract
from orchestration.sources.loaded import sql_text

NOTHING_REMOVED = "select null::varchar as batch_id, null::bigint as source_row, null::varchar as removed_by"


def without_deleted(table: TableContract, delivered: str) -> str:
    """The query's rows without marks, and without what a mark of the same key removes: all that is not newer.

    By the source's clock: a row that is delivered again after its deletion counts, whatever lands first. A
    row without a stamp is older than any mark.
    """
    if table.deleted_when is None:
        return delivered
    return (
        f"select delivered.* from ({delivered}) as delivered"
        f" left join ({_last_marks(table, delivered)}) as marks on {_removes(table)}"
        " where marks.mark is null"
    )


def removed_rows(queries: Mapping[str, tuple[TableContract, str]]) -> str:
    """The rows of all feeds that a mark removes, each with the deliveries of its marks, `removed_by`."""
    parts = [
        f"select delivered._batch_id, delivered._row_number, marks._batch_id from ({delivered}) as delivered"
        f" inner join ({_marks(table, delivered)}) as marks on {_removes(table)}"
        for table, delivered in queries.values()
        if table.deleted_when is not None
    ]
    return " union all ".join([f"{NOTHING_REMOVED} where false", *parts])


def _marks(table: TableContract, delivered: str) -> str:
    assert table.deleted_when is not None
    mark = table.deleted_when
    return f"select * from ({delivered}) where {mark.column} = {sql_text(mark.equals)}"


def _last_marks(table: TableContract, delivered: str) -> str:
    keys = ", ".join(table.key)
    return (
        f"select {keys}, max({table.updated_at}) as {table.updated_at}, true as mark"
        f" from ({_marks(table, delivered)}) group by {keys}"
    )


def _removes(table: TableContract) -> str:
    same_key = " and ".join(f"delivered.{column} = marks.{column}" for column in table.key)
    clock = table.updated_at
    return f"{same_key} and (delivered.{clock} is null or delivered.{clock} <= marks.{clock})"
