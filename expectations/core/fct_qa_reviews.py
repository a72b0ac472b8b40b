"""Expectations of `core.fct_qa_reviews`: scores and coverage of quality reviews."""

from orchestration.quality.expressions import flag, largest_recent_shift, missing_where_named
from orchestration.quality.suite import Suite, expect, has_rows

SCORE = "weighted_score / rated_weight"

SUITE = Suite(
    table="core.fct_qa_reviews",
    fed_by="work.intermediate.int_qa_reviews__unioned",
    derived={
        "qa_score": SCORE,
        "ticket_is_missing": missing_where_named("ticket_key"),
        "agent_is_unknown": flag("agent_key = 'unknown'"),
        "is_failed": flag("has_critical_error"),
        "recent_score_shift": largest_recent_shift(
            "core.fct_qa_reviews", "reviewed_date", SCORE, by="source_system"
        ),
    },
    expectations=(
        has_rows(),
        expect(
            "qa_score_lies_on_0_to_100",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="qa_score",
            min_value=0,
            max_value=100,
        ),
        expect(
            "qa_score_varies_between_reviews",
            "ExpectColumnStdevToBeBetween",
            column="qa_score",
            min_value=0.5,
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
            max_value=0.05,
        ),
        expect(
            "share_of_critical_errors_is_small",
            "ExpectColumnMeanToBeBetween",
            column="is_failed",
            max_value=0.15,
        ),
        expect(
            "qa_score_has_not_drifted",
            "ExpectColumnMeanToBeBetween",
            column="recent_score_shift",
            max_value=10,
        ),
    ),
)
