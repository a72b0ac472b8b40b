"""Expectations of `raw.crm_customers`: the customer master with its changes."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_customers",
    expectations=(
        has_rows(),
        expect(
            "customer_id_is_a_customer_number",
            "ExpectColumnValuesToMatchRegex",
            column="customer_id",
            regex=r"^C\d{4,}$",
            mostly=0.99,
        ),
        expect(
            "phone_is_a_pseudonym",
            "ExpectColumnValuesToMatchRegex",
            column="phone",
            regex=r"^[0-9a-f]{32}$",
        ),
        expect(
            "email_is_a_pseudonym",
            "ExpectColumnValuesToMatchRegex",
            column="email",
            regex=r"^[0-9a-f]{32}$",
        ),
        expect(
            "size_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="size",
            value_set=["L", "M", "S"],
            mostly=0.98,
        ),
        expect(
            "tier_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="tier",
            value_set=["A", "B", "C"],
            mostly=0.98,
        ),
        expect(
            "industry_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="industry",
            min_value=0.8,
        ),
        expect(
            "contract_until_is_not_before_contract_from",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="contract_until",
            column_B="contract_from",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.99,
        ),
    ),
)
