"""Expectations of `raw.uci_incident_incident_events`: updates of incidents in a service desk's log."""

from orchestration.quality.expressions import flag, hours_between
from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.uci_incident_incident_events",
    derived={
        "is_closing": flag("incident_state = 'Closed'"),
        "resolution_hours": hours_between("opened_at", "resolved_at"),
    },
    expectations=(
        has_rows(),
        expect(
            "incident_number_is_an_incident_number",
            "ExpectColumnValuesToMatchRegex",
            column="incident_number",
            regex=r"^INC\d{7}$",
        ),
        expect(
            "incident_state_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="incident_state",
            value_set=[
                "New",
                "Active",
                "Awaiting User Info",
                "Awaiting Vendor",
                "Awaiting Problem",
                "Awaiting Evidence",
                "Resolved",
                "Closed",
            ],
            mostly=0.999,
        ),
        expect(
            "priority_is_a_known_word",
            "ExpectColumnValuesToMatchRegex",
            column="priority",
            regex=r"^[1-5] - (?:Critical|High|Moderate|Low|Planning)$",
            mostly=0.999,
        ),
        expect(
            "contact_type_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="contact_type",
            value_set=["Phone", "Email", "Self service", "IVR", "Direct opening", "?"],
            mostly=0.999,
        ),
        expect(
            "sys_updated_at_is_not_before_opened_at",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="sys_updated_at",
            column_B="opened_at",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.999,
        ),
        expect(
            "reassignment_count_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="reassignment_count",
            min_value=0,
            max_value=100,
        ),
        expect(
            "share_of_closing_updates_is_plausible",
            "ExpectColumnMeanToBeBetween",
            column="is_closing",
            min_value=0.05,
            max_value=0.6,
        ),
        expect(
            "resolution_hours_have_a_plausible_middle",
            "ExpectColumnMedianToBeBetween",
            column="resolution_hours",
            min_value=0,
            max_value=24 * 30,
        ),
    ),
)
