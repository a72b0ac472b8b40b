"""Expectations of `raw.survey_servqual_items`: paired expectation and perception answers."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.survey_servqual_items",
    expectations=(
        has_rows(),
        expect(
            "item_is_one_of_the_bank",
            "ExpectColumnValuesToBeBetween",
            column="item",
            min_value=1,
            max_value=22,
        ),
        expect(
            "all_items_of_the_bank_are_asked",
            "ExpectColumnUniqueValueCountToBeBetween",
            column="item",
            min_value=22,
            max_value=22,
        ),
        expect(
            "expectation_lies_on_its_scale",
            "ExpectColumnValuesToBeBetween",
            column="expectation",
            min_value=1,
            max_value=7,
            mostly=0.99,
        ),
        expect(
            "perception_lies_on_its_scale",
            "ExpectColumnValuesToBeBetween",
            column="perception",
            min_value=1,
            max_value=7,
            mostly=0.99,
        ),
        expect(
            "perception_varies_between_answers",
            "ExpectColumnStdevToBeBetween",
            column="perception",
            min_value=0.2,
        ),
    ),
)
