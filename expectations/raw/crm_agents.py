"""Expectations of `raw.crm_agents`: the agents with their moves and promotions."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_agents",
    expectations=(
        has_rows(),
        expect(
            "agent_id_is_an_agent_number",
            "ExpectColumnValuesToMatchRegex",
            column="agent_id",
            regex=r"^A\d{3,}$",
            mostly=0.99,
        ),
        expect(
            "role_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="role",
            value_set=["坐席", "组长"],
            mostly=0.98,
        ),
        expect(
            "team_id_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="team_id",
            min_value=0.95,
        ),
        expect(
            "left_on_is_not_before_hired_on",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="left_on",
            column_B="hired_on",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        expect(
            "team_id_spreads_agents_over_teams",
            "ExpectColumnUniqueValueCountToBeBetween",
            column="team_id",
            min_value=2,
        ),
    ),
)
