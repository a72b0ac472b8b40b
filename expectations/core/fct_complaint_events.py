"""Expectations of `core.fct_complaint_events`: the stages of complaints."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_complaint_events",
    fed_by="work.intermediate.int_complaint_events__unioned",
    derived={
        "complaint_is_unknown": flag("complaint_key = 'unknown'"),
        "stage_is_unknown": flag("stage = 'unknown'"),
    },
    expectations=(
        has_rows(),
        expect(
            "complaints_of_events_are_known",
            "ExpectColumnMeanToBeBetween",
            column="complaint_is_unknown",
            max_value=0.01,
        ),
        expect(
            "stage_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="stage_is_unknown",
            max_value=0.02,
        ),
    ),
)
