"""Expectations of `raw.olist_customers`: the customer of each order."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_customers",
    expectations=(
        has_rows(),
        expect(
            "customer_unique_id_is_a_hash",
            "ExpectColumnValuesToMatchRegex",
            column="customer_unique_id",
            regex=r"^[0-9a-f]{32}$",
            mostly=0.999,
        ),
        expect(
            "persons_return_rarely",
            "ExpectColumnProportionOfUniqueValuesToBeBetween",
            column="customer_unique_id",
            min_value=0.8,
        ),
        expect(
            "customer_state_is_two_letters",
            "ExpectColumnValuesToMatchRegex",
            column="customer_state",
            regex=r"^[A-Z]{2}$",
            mostly=0.99,
        ),
    ),
)
