"""Expectations of `raw.olist_order_items`: items of orders."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_order_items",
    expectations=(
        has_rows(),
        expect(
            "price_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="price",
            min_value=0,
            max_value=50_000,
        ),
        expect(
            "price_has_a_plausible_middle",
            "ExpectColumnMedianToBeBetween",
            column="price",
            min_value=10,
            max_value=1000,
        ),
        expect(
            "freight_value_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="freight_value",
            min_value=0,
            max_value=5_000,
        ),
        expect(
            "order_item_id_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="order_item_id",
            min_value=1,
            max_value=100,
        ),
    ),
)
