"""Expectations of `raw.olist_products`: products with category and size."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_products",
    expectations=(
        has_rows(),
        expect(
            "product_category_name_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="product_category_name",
            min_value=0.9,
        ),
        expect(
            "product_weight_g_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="product_weight_g",
            min_value=0,
            max_value=200_000,
        ),
    ),
)
