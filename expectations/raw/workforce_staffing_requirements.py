"""Expectations of `raw.workforce_staffing_requirements`: the minutes that the forecast asks for."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_staffing_requirements",
    expectations=(
        has_rows(),
        expect(
            "required_minutes_are_plausible",
            "ExpectColumnValuesToBeBetween",
            column="required_minutes",
            min_value=0,
            max_value=1_000_000,
            mostly=0.999,
        ),
        expect(
            "team_id_is_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="team_id",
            min_value=0.98,
        ),
    ),
)
