"""Expectations of `core.fct_survey_answers`: attribute answers on their scales."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_survey_answers",
    fed_by="work.intermediate.int_survey_answers__unioned",
    derived={"survey_is_unknown": flag("survey_key = 'unknown'")},
    expectations=(
        has_rows(),
        expect(
            "csat_points_lie_on_1_to_5",
            "ExpectColumnValuesToBeBetween",
            severity="critical",
            column="csat_points",
            min_value=1,
            max_value=5,
        ),
        expect(
            "surveys_of_answers_are_known",
            "ExpectColumnMeanToBeBetween",
            column="survey_is_unknown",
            max_value=0.01,
        ),
    ),
)
