"""Expectations of `raw.olist_order_payments`: payments of orders."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_order_payments",
    expectations=(
        has_rows(),
        expect(
            "payment_type_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="payment_type",
            value_set=["credit_card", "boleto", "voucher", "debit_card", "not_defined"],
            mostly=0.99,
        ),
        expect(
            "payment_value_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="payment_value",
            min_value=0,
            max_value=50_000,
        ),
        expect(
            "payment_installments_are_plausible",
            "ExpectColumnValuesToBeBetween",
            column="payment_installments",
            min_value=0,
            max_value=60,
        ),
    ),
)
