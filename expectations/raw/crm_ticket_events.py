"""Expectations of `raw.crm_ticket_events`: what happened to each ticket, event by event."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_ticket_events",
    derived={
        "is_creation": flag("event = 'CREATE'"),
        "has_agent_where_agents_act": "case when actor = 'A' then cast(agent_id is not null as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "event_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="event",
            value_set=[
                "CREATE",
                "ASSIGN",
                "REPLY",
                "CUSTOMER_REPLY",
                "NOTE",
                "PENDING",
                "RESUME",
                "RESOLVE",
                "REOPEN",
                "CLOSE",
                "ESCALATE",
                "PRIORITY",
                "OWNER",
                "ACKNOWLEDGE",
                "EXEMPT",
            ],
            mostly=0.99,
        ),
        expect(
            "actor_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="actor",
            value_set=["C", "A", "B", "S"],
            mostly=0.99,
        ),
        expect(
            "event_no_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="event_no",
            min_value=1,
            max_value=1000,
        ),
        expect(
            "events_per_ticket_are_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_creation",
            min_value=0.02,
            max_value=0.5,
        ),
        expect(
            "agent_id_is_there_where_agents_act",
            "ExpectColumnMeanToBeBetween",
            column="has_agent_where_agents_act",
            min_value=0.9,
        ),
    ),
)
