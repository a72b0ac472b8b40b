"""Expectations of `core.fct_staffing_shifts`: minutes on duty."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_staffing_shifts",
    fed_by="work.intermediate.int_staffing_shifts__unioned",
    derived={"agent_is_unknown": flag("agent_key = 'unknown'")},
    expectations=(
        has_rows(),
        expect(
            "staffed_minutes_fit_in_a_day",
            "ExpectColumnValuesToBeBetween",
            column="staffed_minutes",
            min_value=0,
            max_value=24 * 60,
        ),
        expect(
            "agent_key_is_rarely_unknown",
            "ExpectColumnMeanToBeBetween",
            column="agent_is_unknown",
            max_value=0.02,
        ),
    ),
)
