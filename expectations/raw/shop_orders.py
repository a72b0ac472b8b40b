"""Expectations of `raw.shop_orders`: orders of the shop."""

from orchestration.quality.expressions import flag, smallest_recent_volume
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.shop_orders",
    derived={
        "is_cancelled": flag("status = 'CANCELLED'"),
        "recent_volume": smallest_recent_volume("raw.shop_orders", "ordered_at"),
    },
    expectations=(
        has_rows(),
        expect(
            "channel_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="channel",
            value_set=["APP", "MINI", "WEB", "STORE"],
            mostly=0.98,
        ),
        expect(
            "status_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="status",
            value_set=["NEW", "SENT", "DONE", "CANCELLED"],
            mostly=0.98,
        ),
        expect(
            "amount_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="amount",
            min_value=0,
            max_value=1_000_000,
            mostly=0.999,
        ),
        expect(
            "delivered_at_is_not_before_ordered_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="delivered_at",
            column_B="ordered_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.99,
        ),
        expect(
            "share_of_cancelled_orders_is_small",
            "ExpectColumnMeanToBeBetween",
            column="is_cancelled",
            max_value=0.3,
        ),
        expect(
            "recent_volume_has_not_collapsed",
            "ExpectColumnMeanToBeBetween",
            column="recent_volume",
            min_value=0.4,
            max_value=2.5,
        ),
        expect(
            "buyer_phone_is_a_pseudonym",
            "ExpectColumnValuesToMatchRegex",
            column="buyer_phone",
            regex=r"^[0-9a-f]{32}$",
        ),
    ),
)
