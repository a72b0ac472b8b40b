"""Expectations of `raw.crm_ticket_stages`: the stages that each ticket entered."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.crm_ticket_stages",
    derived={
        "is_first": flag("stage_no = 1"),
        "has_owner": flag("owner is not null"),
    },
    expectations=(
        has_rows(),
        expect(
            "stage_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="stage",
            value_set=["识别", "分析", "计划", "执行", "验证", "回访", "归档"],
        ),
        expect(
            "stage_no_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="stage_no",
            min_value=1,
            max_value=200,
        ),
        expect(
            "stages_per_ticket_are_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_first",
            min_value=0.05,
            max_value=0.8,
        ),
        expect(
            "stages_usually_have_an_owner",
            "ExpectColumnMeanToBeBetween",
            column="has_owner",
            min_value=0.7,
        ),
    ),
)
