"""Expectations of `raw.survey_survey_answers`: answers by attribute."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.survey_survey_answers",
    derived={"is_outside_scale": "cast(score < scale_min or score > scale_max as integer)"},
    expectations=(
        has_rows(),
        expect(
            "item_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="item",
            value_set=[
                "response_time",
                "efficiency",
                "attitude",
                "professionalism",
                "quality",
                "product",
                "after_sales",
                "solved",
            ],
            mostly=0.99,
        ),
        expect(
            "score_lies_on_its_scale",
            "ExpectColumnMeanToBeBetween",
            column="is_outside_scale",
            max_value=0.01,
        ),
        expect(
            "score_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="score",
            min_value=0.8,
        ),
    ),
)
