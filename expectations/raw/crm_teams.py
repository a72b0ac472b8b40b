"""Expectations of `raw.crm_teams`: the teams and their departments."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_teams",
    expectations=(
        has_rows(),
        expect(
            "team_name_is_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="team_name",
            min_value=1,
        ),
        expect(
            "department_id_is_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="department_id",
            min_value=1,
        ),
    ),
)
