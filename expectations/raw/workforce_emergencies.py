"""Expectations of `raw.workforce_emergencies`: emergencies and drills with their steps."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_emergencies",
    expectations=(
        has_rows(),
        expect(
            "grade_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="grade",
            value_set=["重大", "较大", "一般", "轻微"],
            mostly=0.98,
        ),
        expect(
            "response_level_is_1_to_4",
            "ExpectColumnValuesToBeBetween",
            column="response_level",
            min_value=1,
            max_value=4,
        ),
        expect(
            "graded_at_is_not_before_started_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="graded_at",
            column_B="started_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.98,
        ),
        expect(
            "is_drill_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="is_drill",
            value_set=["Y", "N"],
        ),
    ),
)
