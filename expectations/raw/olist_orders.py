"""Expectations of `raw.olist_orders`: orders with the stamps of their way to the customer."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.olist_orders",
    derived={
        "is_cancelled": flag("order_status in ('canceled', 'unavailable')"),
        "is_delivered_without_date": flag("order_status = 'delivered' and delivered_to_customer_at is null"),
    },
    expectations=(
        has_rows(),
        expect(
            "order_status_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="order_status",
            value_set=[
                "created",
                "approved",
                "invoiced",
                "processing",
                "shipped",
                "delivered",
                "unavailable",
                "canceled",
            ],
            mostly=0.99,
        ),
        expect(
            "delivered_to_customer_at_is_not_before_purchased_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="delivered_to_customer_at",
            column_B="purchased_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.999,
        ),
        expect(
            "estimated_delivery_at_is_not_before_purchased_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="estimated_delivery_at",
            column_B="purchased_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.999,
        ),
        expect(
            "share_of_cancelled_orders_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_cancelled",
            max_value=0.3,
        ),
        expect(
            "delivered_orders_have_a_date",
            "ExpectColumnMeanToBeBetween",
            column="is_delivered_without_date",
            max_value=0.01,
        ),
    ),
)
