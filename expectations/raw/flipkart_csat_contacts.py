"""Expectations of `raw.flipkart_csat_contacts`: contacts of a support desk with their CSAT answer."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.flipkart_csat_contacts",
    expectations=(
        has_rows(),
        expect(
            "contact_id_is_a_uuid",
            "ExpectColumnValuesToMatchRegex",
            column="contact_id",
            regex=r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
            mostly=0.999,
        ),
        expect(
            "channel_name_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="channel_name",
            value_set=["Inbound", "Outcall", "Email"],
            mostly=0.98,
        ),
        expect(
            "csat_score_is_1_to_5",
            "ExpectColumnValuesToBeBetween",
            column="csat_score",
            min_value=1,
            max_value=5,
        ),
        expect(
            "csat_score_is_mostly_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="csat_score",
            min_value=0.95,
        ),
        expect(
            "issue_responded_at_is_not_before_issue_reported_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="issue_responded_at",
            column_B="issue_reported_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.95,
        ),
        expect(
            "item_price_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="item_price",
            min_value=0,
            max_value=1_000_000,
        ),
        expect(
            "agent_shift_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="agent_shift",
            value_set=["Morning", "Afternoon", "Evening", "Night", "Split"],
            mostly=0.98,
        ),
    ),
)
