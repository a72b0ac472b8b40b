"""Expectations of `raw.complaint_complaints`: complaints as the complaint desk exports them."""

from orchestration.quality.expressions import hours_between
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.complaint_complaints",
    derived={"handling_hours": hours_between("received_at", "resolved_at")},
    expectations=(
        has_rows(),
        expect(
            "complaint_type_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="complaint_type",
            value_set=["技术", "流程", "人员", "产品", "价格", "环境"],
            mostly=0.98,
        ),
        expect(
            "status_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="status",
            value_set=["待受理", "处理中", "已答复", "已关闭"],
            mostly=0.98,
        ),
        expect(
            "acknowledged_at_is_not_before_received_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="acknowledged_at",
            column_B="received_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.98,
        ),
        expect(
            "closed_at_is_not_before_resolved_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="closed_at",
            column_B="resolved_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.98,
        ),
        expect(
            "handling_hours_have_a_plausible_middle",
            "ExpectColumnMedianToBeBetween",
            column="handling_hours",
            min_value=0,
            max_value=24 * 30,
        ),
        expect(
            "timely_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="timely",
            value_set=["是", "否"],
            mostly=0.99,
        ),
        expect(
            "department_id_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="department_id",
            min_value=0.9,
        ),
        expect(
            "contact_phone_is_a_pseudonym",
            "ExpectColumnValuesToMatchRegex",
            column="contact_phone",
            regex=r"^[0-9a-f]{32}$",
        ),
    ),
)
