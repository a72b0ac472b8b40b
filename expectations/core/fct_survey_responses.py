"""Expectations of `core.fct_survey_responses`: answers on their scales, and how satisfaction drifts."""

from orchestration.quality.expressions import (
    flag,
    largest_recent_shift,
    missing_where_named,
    named_but_unknown,
    unknown_where_told,
)
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_survey_responses",
    fed_by="work.intermediate.int_surveys__unioned",
    derived={
        "customer_is_missing": named_but_unknown("customer_key", "customer_id"),
        "agent_is_unknown": unknown_where_told("agent_key"),
        "ticket_is_missing": missing_where_named("ticket_key"),
        "survey_type_is_unknown": flag("survey_type = 'unknown'"),
        "is_outside_scale": flag("is_score_outside_scale"),
        "is_rejected": "case when is_received then cast(not is_valid_feedback as integer) end",
        "recent_csat_shift": largest_recent_shift(
            "core.fct_survey_responses",
            "responded_date",
            "case when is_csat_answer then csat_points end",
            by="source_system",
        ),
    },
    expectations=(
        has_rows(),
        expect(
            "csat_points_lie_on_1_to_5",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="csat_points",
            min_value=1,
            max_value=5,
        ),
        expect(
            "csat_points_vary_between_answers",
            "ExpectColumnStdevToBeBetween",
            column="csat_points",
            min_value=0.05,
        ),
        expect(
            "share_of_scores_outside_their_scale_is_small",
            "ExpectColumnMeanToBeBetween",
            column="is_outside_scale",
            max_value=0.01,
        ),
        expect(
            "share_of_rejected_answers_is_small",
            "ExpectColumnMeanToBeBetween",
            column="is_rejected",
            max_value=0.1,
        ),
        expect(
            "customers_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="customer_is_missing",
            max_value=0.02,
        ),
        expect(
            "tickets_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="ticket_is_missing",
            max_value=0.01,
        ),
        expect(
            "agent_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="agent_is_unknown",
            max_value=0.2,
        ),
        expect(
            "survey_type_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="survey_type_is_unknown",
            max_value=0.01,
        ),
        expect(
            "csat_has_not_drifted",
            "ExpectColumnMeanToBeBetween",
            column="recent_csat_shift",
            max_value=0.5,
        ),
    ),
)
