"""Expectations of `core.fct_complaints`: handling times and shares of the complaints."""

from orchestration.quality.expressions import flag, named_but_unknown, unknown_where_told
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_complaints",
    fed_by="work.intermediate.int_complaints__unioned",
    derived={
        "customer_is_missing": named_but_unknown("customer_key", "customer_id"),
        "complaint_type_is_unknown": unknown_where_told("complaint_type_key"),
        "department_is_unknown": unknown_where_told("department_key"),
        "has_stamp_issue": flag("stamp_issue is not null"),
        "is_late": "case when is_answer_due then cast(not is_answered_in_time as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "handling_seconds_are_not_negative",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="handling_seconds",
            min_value=0,
        ),
        expect(
            "handling_seconds_are_below_a_year",
            "ExpectColumnValuesToBeBetween",
            column="handling_seconds",
            max_value=366 * 86_400,
            mostly=0.99,
        ),
        expect(
            "customers_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="customer_is_missing",
            max_value=0.02,
        ),
        expect(
            "complaint_type_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="complaint_type_is_unknown",
            max_value=0.05,
        ),
        expect(
            "department_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="department_is_unknown",
            max_value=0.1,
        ),
        expect(
            "share_of_stamp_issues_is_small",
            "ExpectColumnMeanToBeBetween",
            column="has_stamp_issue",
            max_value=0.05,
        ),
        expect(
            "share_of_late_answers_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_late",
            max_value=0.5,
        ),
    ),
)
