"""Expectations of `raw.workforce_staffing_shifts`: who was on duty on which day."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_staffing_shifts",
    expectations=(
        has_rows(),
        expect(
            "staffed_minutes_fit_in_a_day",
            "ExpectColumnValuesToBeBetween",
            column="staffed_minutes",
            min_value=0,
            max_value=24 * 60,
            mostly=0.999,
        ),
        expect(
            "staffed_minutes_have_a_plausible_middle",
            "ExpectColumnMedianToBeBetween",
            column="staffed_minutes",
            min_value=120,
            max_value=720,
        ),
        expect(
            "agent_id_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="agent_id",
            min_value=0.98,
        ),
    ),
)
