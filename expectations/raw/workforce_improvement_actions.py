"""Expectations of `raw.workforce_improvement_actions`: improvement actions and their stage."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_improvement_actions",
    expectations=(
        has_rows(),
        expect(
            "stage_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="stage",
            value_set=["P", "D", "C", "A"],
            mostly=0.98,
        ),
        expect(
            "kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="kind",
            value_set=["改进", "辅导"],
            mostly=0.98,
        ),
        expect(
            "scope_type_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="scope_type",
            value_set=["organisation", "department", "team", "agent", "channel"],
            mostly=0.98,
        ),
        expect(
            "kpi_code_is_a_code",
            "ExpectColumnValuesToMatchRegex",
            column="kpi_code",
            regex=r"^[a-z][a-z0-9_]*$",
            mostly=0.98,
        ),
        expect(
            "due_on_is_not_before_opened_on",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="due_on",
            column_B="opened_on",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.98,
        ),
    ),
)
