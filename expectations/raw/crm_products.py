"""Expectations of `raw.crm_products`: the products and services that customers ask about."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_products",
    expectations=(
        has_rows(),
        expect(
            "product_name_is_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="product_name",
            min_value=1,
        ),
        expect(
            "product_name_is_short_text",
            "ExpectColumnValueLengthsToBeBetween",
            column="product_name",
            min_value=1,
            max_value=200,
        ),
    ),
)
