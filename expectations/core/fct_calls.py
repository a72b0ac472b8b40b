"""Expectations of `core.fct_calls`: waits and hand times of calls."""

from orchestration.quality.expressions import flag, missing_where_named
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_calls",
    fed_by="work.intermediate.int_calls__unioned",
    derived={
        "ticket_is_missing": missing_where_named("ticket_key"),
        "team_is_unknown": flag("team_key = 'unknown'"),
        "answered_by_nobody_known": "case when is_answered then cast(agent_key = 'unknown' as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "wait_seconds_are_plausible",
            "ExpectColumnValuesToBeBetween",
            column="wait_seconds",
            min_value=0,
            max_value=4 * 3600,
            mostly=0.99,
        ),
        expect(
            "tickets_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="ticket_is_missing",
            max_value=0.01,
        ),
        expect(
            "team_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="team_is_unknown",
            max_value=0.05,
        ),
        expect(
            "agents_who_answered_are_known",
            "ExpectColumnMeanToBeBetween",
            column="answered_by_nobody_known",
            max_value=0.05,
        ),
    ),
)
