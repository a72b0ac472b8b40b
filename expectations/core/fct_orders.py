"""Expectations of `core.fct_orders`: amounts, deliveries and volumes of orders."""

from orchestration.quality.expressions import (
    flag,
    named_but_unknown,
    smallest_recent_volume,
    unknown_where_told,
)
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_orders",
    fed_by="work.intermediate.int_orders__unioned",
    derived={
        "customer_is_missing": named_but_unknown("customer_key", "customer_id"),
        "status_is_unknown": unknown_where_told("status"),
        "is_cancelled": flag("not is_purchase"),
        "is_late": "case when is_delivery_measured then cast(not is_delivered_on_time as integer) end",
        "recent_volume": smallest_recent_volume(
            "core.fct_orders", "ordered_date", days=56, by="source_system"
        ),
    },
    expectations=(
        has_rows(),
        expect(
            "amount_is_not_negative",
            "ExpectColumnValuesToBeBetween",
            column="amount",
            min_value=0,
            max_value=1_000_000,
            mostly=0.999,
        ),
        expect(
            "customers_that_are_named_are_known",
            "ExpectColumnMeanToBeBetween",
            column="customer_is_missing",
            max_value=0.02,
        ),
        expect(
            "status_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="status_is_unknown",
            max_value=0.02,
        ),
        expect(
            "share_of_cancelled_orders_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_cancelled",
            max_value=0.3,
        ),
        expect(
            "share_of_late_deliveries_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_late",
            max_value=0.4,
        ),
        expect(
            "recent_volume_has_not_collapsed",
            "ExpectColumnMeanToBeBetween",
            column="recent_volume",
            min_value=0.2,
        ),
    ),
)
