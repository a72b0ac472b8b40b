"""Expectations of `raw.telephony_calls`: calls that reached a queue."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.telephony_calls",
    derived={
        "is_abandoned": flag("abandoned_at is not null"),
        "has_agent_where_answered": (
            "case when answered_at is not null then cast(agent is not null as integer) end"
        ),
        "stamps_apart_from_queue_seconds": (
            "date_diff('second', offered_at, coalesce(answered_at, abandoned_at)) - queue_seconds"
        ),
    },
    expectations=(
        has_rows(),
        expect(
            "share_of_abandoned_calls_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_abandoned",
            max_value=0.5,
        ),
        expect(
            "agent_is_there_where_a_call_was_answered",
            "ExpectColumnMeanToBeBetween",
            column="has_agent_where_answered",
            min_value=0.95,
        ),
        expect(
            "queue_seconds_agree_with_the_stamps",
            "ExpectColumnValuesToBeBetween",
            column="stamps_apart_from_queue_seconds",
            min_value=-2,
            max_value=2,
            mostly=0.98,
        ),
        expect(
            "talk_seconds_are_plausible",
            "ExpectColumnValuesToBeBetween",
            column="talk_seconds",
            min_value=0,
            max_value=4 * 3600,
            mostly=0.99,
        ),
        expect(
            "queue_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="queue",
            min_value=0.95,
        ),
    ),
)
