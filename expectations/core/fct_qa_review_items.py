"""Expectations of `core.fct_qa_review_items`: scores by criterion."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_qa_review_items",
    fed_by="work.intermediate.int_qa_review_items__unioned",
    derived={"review_is_unknown": flag("review_key = 'unknown'")},
    expectations=(
        has_rows(),
        expect(
            "score_lies_on_0_to_100",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="score",
            min_value=0,
            max_value=100,
        ),
        expect(
            "weight_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="weight",
            min_value=0,
            max_value=100,
        ),
        expect(
            "reviews_of_items_are_known",
            "ExpectColumnMeanToBeBetween",
            column="review_is_unknown",
            max_value=0.01,
        ),
    ),
)
