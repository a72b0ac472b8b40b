"""Expectations of `core.fct_bot_sessions`: sessions with the chat bot and their hand-overs."""

from orchestration.quality.expressions import flag, missing_where_named
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_bot_sessions",
    fed_by="work.intermediate.int_bot_sessions__unioned",
    derived={
        "ticket_is_missing": missing_where_named("ticket_key"),
        "is_handed_over_to_a_human": flag("is_handed_over"),
    },
    expectations=(
        has_rows(),
        expect(
            "tickets_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="ticket_is_missing",
            max_value=0.01,
        ),
        expect(
            "share_of_hand_overs_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_handed_over_to_a_human",
            min_value=0.01,
            max_value=0.95,
        ),
    ),
)
