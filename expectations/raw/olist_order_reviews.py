"""Expectations of `raw.olist_order_reviews`: reviews of orders."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_order_reviews",
    expectations=(
        has_rows(),
        expect(
            "review_score_is_1_to_5",
            "ExpectColumnValuesToBeBetween",
            column="review_score",
            min_value=1,
            max_value=5,
        ),
        expect(
            "review_score_has_a_plausible_mean",
            "ExpectColumnMeanToBeBetween",
            column="review_score",
            min_value=2,
            max_value=4.9,
        ),
        expect(
            "review_answered_at_is_not_before_review_sent_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="review_answered_at",
            column_B="review_sent_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.999,
        ),
        expect(
            "review_ids_repeat_rarely",
            "ExpectColumnProportionOfUniqueValuesToBeBetween",
            column="review_id",
            min_value=0.95,
        ),
    ),
)
