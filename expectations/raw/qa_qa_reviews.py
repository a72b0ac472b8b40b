"""Expectations of `raw.qa_qa_reviews`: inspections of tickets."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.qa_qa_reviews",
    expectations=(
        has_rows(),
        expect(
            "inspector_kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="inspector_kind",
            value_set=["服务质检", "质量部", "第三方"],
            mostly=0.98,
        ),
        expect(
            "inspection_kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="inspection_kind",
            value_set=["日常", "专项"],
            mostly=0.98,
        ),
        expect(
            "ticket_id_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="ticket_id",
            min_value=0.95,
        ),
        expect(
            "inspections_are_shared_by_several_inspectors",
            "ExpectColumnUniqueValueCountToBeBetween",
            column="inspector_id",
            min_value=2,
        ),
    ),
)
