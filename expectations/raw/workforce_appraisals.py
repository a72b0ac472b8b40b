"""Expectations of `raw.workforce_appraisals`: appraisals of agents that are due."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_appraisals",
    derived={
        "has_rating_once_done": "case when done_on is not null then cast(rating is not null as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "rating_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="rating",
            value_set=["优", "良", "中", "差"],
            mostly=0.98,
        ),
        expect(
            "done_appraisals_have_a_rating",
            "ExpectColumnMeanToBeBetween",
            column="has_rating_once_done",
            min_value=0.9,
        ),
    ),
)
