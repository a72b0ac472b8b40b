"""Expectations of `core.fct_process_stages`: how long stages take and who answers for them."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_process_stages",
    fed_by="work.intermediate.int_process__visits",
    derived={
        "case_is_unknown": flag("ticket_key = 'unknown' or complaint_key = 'unknown'"),
        "owner_is_unknown": flag("agent_key = 'unknown'"),
    },
    expectations=(
        has_rows(),
        expect(
            "visit_number_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="visit_number",
            min_value=1,
            max_value=500,
        ),
        expect(
            "stage_seconds_are_below_a_year",
            "ExpectColumnValuesToBeBetween",
            column="stage_seconds",
            min_value=0,
            max_value=366 * 86_400,
            mostly=0.999,
        ),
        expect(
            "cases_of_stages_are_known",
            "ExpectColumnMeanToBeBetween",
            column="case_is_unknown",
            max_value=0.01,
        ),
        expect(
            "stages_usually_have_an_owner",
            "ExpectColumnMeanToBeBetween",
            column="owner_is_unknown",
            max_value=0.3,
        ),
    ),
)
