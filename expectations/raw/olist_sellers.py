"""Expectations of `raw.olist_sellers`: sellers and their place."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_sellers",
    expectations=(
        has_rows(),
        expect(
            "seller_state_is_two_letters",
            "ExpectColumnValuesToMatchRegex",
            column="seller_state",
            regex=r"^[A-Z]{2}$",
            mostly=0.99,
        ),
        expect(
            "seller_zip_code_prefix_is_five_digits",
            "ExpectColumnValuesToMatchRegex",
            column="seller_zip_code_prefix",
            regex=r"^\d{4,5}$",
            mostly=0.99,
        ),
    ),
)
