"""Expectations of `raw.crm_department_questions`: questions to other departments."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_department_questions",
    expectations=(
        has_rows(),
        expect(
            "to_department_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="to_department",
            min_value=0.98,
        ),
        expect(
            "due_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="due",
            min_value=0.95,
        ),
        expect(
            "answered_is_not_before_asked",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="answered",
            column_B="asked",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.99,
        ),
    ),
)
