"""Expectations of `raw.survey_surveys`: invitations and overall answers."""

from orchestration.quality.expressions import flag, largest_recent_shift
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.survey_surveys",
    derived={
        "is_answered": flag("responded_at is not null"),
        "is_outside_scale": "cast(score < scale_min or score > scale_max as integer)",
        "items_missed": "items_asked - items_answered",
        "recent_csat_shift": largest_recent_shift(
            "raw.survey_surveys",
            "responded_at",
            "case when kind = 'CSAT' and scale_max = 5 then score end",
        ),
    },
    expectations=(
        has_rows(),
        expect(
            "kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="kind",
            value_set=["CSAT", "NPS", "CES", "CALLBACK", "COMPLAINT_CSAT", "SERVQUAL"],
            mostly=0.99,
        ),
        expect(
            "scale_max_is_a_known_scale",
            "ExpectColumnValuesToBeInSet",
            column="scale_max",
            value_set=[5, 7, 10],
            mostly=0.99,
        ),
        expect(
            "score_lies_on_its_scale",
            "ExpectColumnMeanToBeBetween",
            column="is_outside_scale",
            max_value=0.01,
        ),
        expect(
            "share_of_answered_surveys_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_answered",
            min_value=0.02,
            max_value=0.95,
        ),
        expect(
            "responded_at_is_not_before_sent_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="responded_at",
            column_B="sent_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.99,
        ),
        expect(
            "items_answered_are_not_more_than_asked",
            "ExpectColumnValuesToBeBetween",
            column="items_missed",
            min_value=0,
            mostly=0.99,
        ),
        expect(
            "csat_score_has_not_drifted",
            "ExpectColumnMeanToBeBetween",
            column="recent_csat_shift",
            max_value=0.5,
        ),
        expect(
            "flag_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="flag",
            value_set=["EMPTY", "DUP", "SPAM", "STAFF"],
            mostly=0.98,
        ),
        expect(
            "respondent_email_is_a_pseudonym",
            "ExpectColumnValuesToMatchRegex",
            column="respondent_email",
            regex=r"^[0-9a-f]{32}$",
        ),
        expect(
            "comment_holds_no_mobile_number",
            "ExpectColumnValuesToNotMatchRegex",
            column="comment",
            regex=r"(?:^|\D)1[3-9]\d{9}(?:\D|$)",
        ),
    ),
)
