"""Expectations of `core.fct_servqual_items`: paired items of SERVQUAL questionnaires."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="core.fct_servqual_items",
    fed_by="work.intermediate.int_servqual_items__unioned",
    expectations=(
        has_rows(),
        expect(
            "gap_is_possible_on_its_scale",
            "ExpectColumnValuesToBeBetween",
            column="gap",
            min_value=-9,
            max_value=9,
        ),
        expect(
            "gap_has_a_plausible_mean",
            "ExpectColumnMeanToBeBetween",
            column="gap",
            min_value=-3,
            max_value=2,
        ),
        expect(
            "both_scores_are_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="gap",
            min_value=0.8,
        ),
    ),
)
