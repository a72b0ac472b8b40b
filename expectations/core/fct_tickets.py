"""Expectations of `core.fct_tickets`: durations, shares and drift of the tickets that most KPIs count."""

from orchestration.quality.expressions import (
    flag,
    largest_recent_shift,
    named_but_unknown,
    smallest_recent_volume,
    unknown_where_told,
)
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_tickets",
    fed_by="work.intermediate.int_tickets__unioned",
    derived={
        "customer_is_missing": named_but_unknown("customer_key", "customer_id"),
        "agent_is_unknown": unknown_where_told("agent_key"),
        "channel_is_unknown": unknown_where_told("channel_key"),
        "request_type_is_unknown": unknown_where_told("request_type_key"),
        "has_stamp_issue": flag("stamp_issue is not null"),
        "is_excluded": flag("not is_counted"),
        "recent_volume": smallest_recent_volume("core.fct_tickets", "created_date", by="source_system"),
        "recent_resolution_shift": largest_recent_shift(
            "core.fct_tickets", "created_date", flag("is_resolved"), days=56, by="source_system"
        ),
    },
    expectations=(
        has_rows(),
        expect(
            "resolution_seconds_are_not_negative",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="resolution_seconds",
            min_value=0,
        ),
        expect(
            "resolution_net_seconds_are_not_more_than_gross",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            severity="critical",
            column_A="resolution_seconds",
            column_B="resolution_net_seconds",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        expect(
            "first_response_seconds_are_below_a_year",
            "ExpectColumnValuesToBeBetween",
            column="first_response_seconds",
            min_value=0,
            max_value=366 * 86_400,
            mostly=0.999,
        ),
        expect(
            "resolution_seconds_are_below_two_years",
            "ExpectColumnValuesToBeBetween",
            column="resolution_seconds",
            max_value=2 * 366 * 86_400,
            mostly=0.999,
        ),
        expect(
            "reopen_count_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="reopen_count",
            min_value=0,
            max_value=50,
            mostly=0.999,
        ),
        expect(
            "customers_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="customer_is_missing",
            max_value=0.02,
        ),
        expect(
            "agent_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="agent_is_unknown",
            max_value=0.2,
        ),
        expect(
            "channel_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="channel_is_unknown",
            max_value=0.02,
        ),
        expect(
            "request_type_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="request_type_is_unknown",
            max_value=0.05,
        ),
        expect(
            "share_of_stamp_issues_is_small",
            "ExpectColumnMeanToBeBetween",
            column="has_stamp_issue",
            max_value=0.05,
        ),
        expect(
            "share_of_excluded_tickets_is_small",
            "ExpectColumnMeanToBeBetween",
            column="is_excluded",
            max_value=0.15,
        ),
        expect(
            "recent_volume_has_not_collapsed",
            "ExpectColumnMeanToBeBetween",
            column="recent_volume",
            min_value=0.3,
        ),
        expect(
            "share_of_resolved_has_not_drifted",
            "ExpectColumnMeanToBeBetween",
            column="recent_resolution_shift",
            max_value=0.3,
        ),
    ),
)
