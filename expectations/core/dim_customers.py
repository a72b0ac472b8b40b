"""Expectations of `core.dim_customers`: plausible contracts, and no more versions than customers change."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.dim_customers",
    fed_by="work.intermediate.int_customers__unioned",
    derived={
        "current_versions": "cast(is_current as integer)",
        "has_size": "case when count(company_size) over (partition by source_system) > 0"
        " then cast(company_size is not null as integer) end",
    },
    expectations=(
        has_rows(),
        expect(
            "contract_until_on_is_not_before_contract_from_on",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="contract_until_on",
            column_B="contract_from_on",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.99,
        ),
        expect(
            "versions_per_customer_are_few",
            "ExpectColumnMeanToBeBetween",
            column="current_versions",
            min_value=0.3,
        ),
        expect(
            "company_size_is_mostly_told",
            "ExpectColumnMeanToBeBetween",
            column="has_size",
            min_value=0.8,
        ),
        expect(
            "language_is_a_code",
            "ExpectColumnValuesToMatchRegex",
            column="language",
            regex=r"^[a-z]{2,3}$",
        ),
    ),
)
