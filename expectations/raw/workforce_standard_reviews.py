"""Expectations of `raw.workforce_standard_reviews`: reviews of standards that are due by rule."""

from orchestration.quality.expressions import hours_between
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_standard_reviews",
    derived={"days_late": f"{hours_between('due_on', 'done_on')} // 24"},
    expectations=(
        has_rows(),
        expect(
            "kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="kind",
            value_set=[
                "service_standards",
                "kpi_targets",
                "emergency_plan",
                "appraisal_standards",
                "feedback_mechanism",
            ],
            mostly=0.98,
        ),
        expect(
            "done_on_lies_near_due_on",
            "ExpectColumnValuesToBeBetween",
            column="days_late",
            min_value=-180,
            max_value=365,
            mostly=0.95,
        ),
    ),
)
