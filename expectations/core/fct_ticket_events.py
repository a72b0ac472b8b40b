"""Expectations of `core.fct_ticket_events`: the events that clocks and counts are derived from."""

from orchestration.quality.expressions import flag, unknown_where_told
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_ticket_events",
    fed_by="work.intermediate.int_ticket_events__unioned",
    derived={
        "ticket_is_unknown": flag("ticket_key = 'unknown'"),
        "event_type_is_unknown": flag("event_type = 'unknown'"),
        "actor_type_is_unknown": unknown_where_told("actor_type"),
        "is_creation": flag("event_type = 'created'"),
    },
    expectations=(
        has_rows(),
        expect(
            "event_number_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="event_number",
            min_value=1,
            max_value=5_000,
        ),
        expect(
            "tickets_of_events_are_known",
            "ExpectColumnMeanToBeBetween",
            column="ticket_is_unknown",
            max_value=0.01,
        ),
        expect(
            "event_type_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="event_type_is_unknown",
            max_value=0.02,
        ),
        expect(
            "actor_type_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="actor_type_is_unknown",
            max_value=0.02,
        ),
        expect(
            "events_per_ticket_are_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_creation",
            min_value=0.02,
            max_value=0.6,
        ),
    ),
)
