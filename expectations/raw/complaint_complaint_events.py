"""Expectations of `raw.complaint_complaint_events`: the stages that complaints went through."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.complaint_complaint_events",
    derived={"is_receipt": flag("stage = '受理'")},
    expectations=(
        has_rows(),
        expect(
            "stage_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="stage",
            value_set=["受理", "确认", "评估", "调查", "答复", "决定", "关闭", "反馈改进"],
            mostly=0.98,
        ),
        expect(
            "stages_per_complaint_are_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_receipt",
            min_value=0.1,
            max_value=0.7,
        ),
        expect(
            "agent_id_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="agent_id",
            min_value=0.5,
        ),
    ),
)
