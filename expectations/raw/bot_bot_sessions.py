"""Expectations of `raw.bot_bot_sessions`: sessions with the chat bot."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.bot_bot_sessions",
    derived={
        "is_handed_over": flag("handed_over"),
        "has_ticket_where_handed_over": "case when handed_over then cast(ticket is not null as integer) end",
        "session_minutes": "date_diff('minute', started_at, ended_at)",
    },
    expectations=(
        has_rows(),
        expect(
            "share_of_hand_overs_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_handed_over",
            min_value=0.01,
            max_value=0.95,
        ),
        expect(
            "ticket_is_there_where_handed_over",
            "ExpectColumnMeanToBeBetween",
            column="has_ticket_where_handed_over",
            min_value=0.95,
        ),
        expect(
            "session_minutes_are_plausible",
            "ExpectColumnValuesToBeBetween",
            column="session_minutes",
            min_value=0,
            max_value=24 * 60,
            mostly=0.99,
        ),
        expect(
            "last_message_holds_no_mobile_number",
            "ExpectColumnValuesToNotMatchRegex",
            column="last_message",
            regex=r"(?:^|\D)1[3-9]\d{9}(?:\D|$)",
        ),
    ),
)
