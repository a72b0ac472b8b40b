"""SQL expressions for derived columns: shares and drifts that an expectation on one column can bound."""


def flag(condition: str) -> str:
    """1 where the condition holds, 0 where it does not or is unknown; its mean is a share."""
    return f"cast(coalesce({condition}, false) as integer)"


def unknown_where_told(column: str) -> str:
    """1 where `column` is the unknown member although its source system does name members; else 0.

    Null for a source that never tells: that is no news, a new word that nobody translates is.
    """
    told = f"count(*) filter (where {column} <> 'unknown') over (partition by source_system) > 0"
    return f"case when {told} then cast({column} = 'unknown' as integer) end"


def named_but_unknown(key: str, identifier: str) -> str:
    """1 where a row names a member, by `identifier`, that was never delivered, 0 where it was delivered."""
    return f"case when {identifier} <> 'unknown' then cast({key} = 'unknown' as integer) end"


def missing_where_named(key: str) -> str:
    """1 where a reference names a row that was never delivered, 0 where it is there, null without one."""
    return f"case when {key} is not null then cast({key} = 'unknown' as integer) end"


def hours_between(earlier: str, later: str) -> str:
    """Whole hours from one stamp or date to a later one; null when one is missing."""
    return f"date_diff('hour', {earlier}, {later})"


def smallest_recent_volume(table: str, day: str, *, days: int = 28, by: str = "'all'") -> str:
    """Rows of the last `days` days over the rows of the `days` before, the smallest over the groups `by`.

    `day` is a date or stamp. The last day of each group's own data counts as today. 1 where no group has a
    history of twice `days`.
    """
    return f"""(
        select coalesce(min(recent / before), 1)
        from (
            select
                count(*) filter (where day > last_day - {days}) as recent,
                count(*) filter (where day <= last_day - {days} and day > last_day - {2 * days}) as before
            from (
                select
                    cast({day} as date) as day, {by} as series,
                    max(cast({day} as date)) over (partition by {by}) as last_day
                from {table}
                where {day} is not null
            )
            group by series
            having min(day) <= max(last_day) - {2 * days}
        )
        where before > 0
    )"""


def largest_recent_shift(table: str, day: str, value: str, *, days: int = 28, by: str = "'all'") -> str:
    """How far the mean of `value` in the last `days` days lies from its mean before, the largest over `by`.

    In the unit of `value`; 0 where no group has values in both. The last day of each group counts as today.
    """
    return f"""(
        select coalesce(max(abs(recent - before)), 0)
        from (
            select
                avg(value) filter (where day > last_day - {days}) as recent,
                avg(value) filter (where day <= last_day - {days}) as before
            from (
                select
                    cast({day} as date) as day, {by} as series, {value} as value,
                    max(cast({day} as date)) over (partition by {by}) as last_day
                from {table}
                where {day} is not null
            )
            group by series
        )
    )"""
