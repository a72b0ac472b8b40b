"""Expectations of `raw.workforce_trainings`: trainings and tests of agents."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_trainings",
    derived={
        "has_result_where_tested": "case when kind <> '课程' then cast(passed is not null as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="kind",
            value_set=["课程", "理论考试", "实操考试"],
            mostly=0.98,
        ),
        expect(
            "minutes_are_plausible",
            "ExpectColumnValuesToBeBetween",
            column="minutes",
            min_value=5,
            max_value=7 * 24 * 60,
            mostly=0.99,
        ),
        expect(
            "tests_have_a_result",
            "ExpectColumnMeanToBeBetween",
            column="has_result_where_tested",
            min_value=0.9,
        ),
    ),
)
