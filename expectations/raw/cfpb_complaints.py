"""Expectations of `raw.cfpb_complaints`: consumer complaints to a regulator."""

from orchestration.quality.expressions import flag
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.cfpb_complaints",
    derived={
        "days_to_company": "date_diff('day', received_on, sent_to_company_on)",
        "is_timely": flag("is_timely_response"),
        "is_untimely_in_progress": flag("company_response = 'In progress' and not is_timely_response"),
    },
    expectations=(
        has_rows(),
        expect(
            "complaint_id_is_a_number",
            "ExpectColumnValuesToMatchRegex",
            column="complaint_id",
            regex=r"^\d{5,9}$",
        ),
        expect(
            "submitted_via_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="submitted_via",
            value_set=["Web", "Referral", "Phone", "Postal mail", "Fax", "Email"],
            mostly=0.99,
        ),
        expect(
            "company_response_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="company_response",
            value_set=[
                "Closed",
                "Closed with explanation",
                "Closed with monetary relief",
                "Closed with non-monetary relief",
                "In progress",
                "Untimely response",
            ],
            mostly=0.99,
        ),
        expect(
            "state_is_two_letters",
            "ExpectColumnValuesToMatchRegex",
            column="state",
            regex=r"^[A-Z]{2}$",
            mostly=0.99,
        ),
        expect(
            "zip_code_is_five_digits",
            "ExpectColumnValuesToMatchRegex",
            column="zip_code",
            regex=r"^[0-9X]{5}$",
            mostly=0.98,
        ),
        expect(
            "sent_to_company_on_follows_received_on",
            "ExpectColumnValuesToBeBetween",
            column="days_to_company",
            min_value=0,
            max_value=365,
            mostly=0.99,
        ),
        expect(
            "share_of_timely_responses_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_timely",
            min_value=0.8,
        ),
        expect(
            "complaints_in_progress_are_not_untimely",
            "ExpectColumnMeanToBeBetween",
            column="is_untimely_in_progress",
            max_value=0.005,
        ),
    ),
)
