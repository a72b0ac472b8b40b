"""Expectations of `raw.crm_planned_contacts`: contacts with customers that were planned."""

from orchestration.quality.expressions import hours_between
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_planned_contacts",
    derived={"days_late": f"{hours_between('cast(due_on as timestamp)', 'done')} // 24"},
    expectations=(
        has_rows(),
        expect(
            "kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="kind",
            value_set=["关怀", "续约", "回访", "培训"],
            mostly=0.98,
        ),
        expect(
            "customer_id_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="customer_id",
            min_value=0.95,
        ),
        expect(
            "done_lies_near_due_on",
            "ExpectColumnValuesToBeBetween",
            column="days_late",
            min_value=-365,
            max_value=365,
            mostly=0.99,
        ),
    ),
)
