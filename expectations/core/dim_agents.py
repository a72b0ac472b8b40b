"""Expectations of `core.dim_agents`: plausible people, and no more versions than people have careers."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.dim_agents",
    fed_by="work.intermediate.int_agents__unioned",
    derived={
        "current_versions": "cast(is_current as integer)",
        "team_is_unknown": "case when agent_id <> 'unknown' then cast(team_key = 'unknown' as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "left_on_is_not_before_hired_on",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="left_on",
            column_B="hired_on",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        expect(
            "versions_per_agent_are_few",
            "ExpectColumnMeanToBeBetween",
            column="current_versions",
            min_value=0.2,
        ),
        expect(
            "team_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="team_is_unknown",
            max_value=0.2,
        ),
        expect(
            "agent_name_is_short_text",
            "ExpectColumnValueLengthsToBeBetween",
            column="agent_name",
            min_value=1,
            max_value=120,
        ),
    ),
)
