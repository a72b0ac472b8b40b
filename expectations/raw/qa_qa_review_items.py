"""Expectations of `raw.qa_qa_review_items`: scores by criterion."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.qa_qa_review_items",
    derived={"weight_of_review": "sum(weight) over (partition by review_id)"},
    expectations=(
        has_rows(),
        expect(
            "score_lies_on_its_scale",
            "ExpectColumnValuesToBeBetween",
            column="score",
            min_value=0,
            max_value=100,
            mostly=0.99,
        ),
        expect(
            "score_varies_between_reviews",
            "ExpectColumnStdevToBeBetween",
            column="score",
            min_value=1,
        ),
        expect(
            "weights_of_a_review_sum_to_100",
            "ExpectColumnValuesToBeBetween",
            column="weight_of_review",
            min_value=99.99,
            max_value=100.01,
            mostly=0.95,
        ),
        expect(
            "critical_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="critical",
            value_set=["Y", "N"],
            mostly=0.99,
        ),
        expect(
            "critical_failed_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="critical_failed",
            value_set=["Y", "N"],
            mostly=0.99,
        ),
    ),
)
