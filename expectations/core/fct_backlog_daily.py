"""Expectations of `core.fct_backlog_daily`: open tickets by day."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_backlog_daily",
    fed_by="(from core.fct_tickets where is_counted and created_date < coalesce(resolved_date, closed_date))",
    expectations=(
        has_rows(),
        expect(
            "open_tickets_are_at_least_one",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="open_tickets",
            min_value=1,
        ),
        expect(
            "breached_tickets_are_not_more_than_open",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            severity="critical",
            column_A="open_tickets",
            column_B="breached_tickets",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        expect(
            "backlog_reaches_over_several_days",
            "ExpectColumnUniqueValueCountToBeBetween",
            column="backlog_date",
            min_value=2,
        ),
    ),
)
