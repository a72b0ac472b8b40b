"""The catalogue is whole: every code is registered, what is due is unit-tested (* = not due)."""

import re
from typing import Any

import pytest

from tests.dbt_project.conftest import manifest
from tests.kpis.test_registry import Entry, registry

__all__ = ["manifest", "registry"]
SERVICE_QUALITY = """
first_response_minutes first_response_sla reply_minutes response_rate acknowledged_on_time
customer_wait_minutes resolution_minutes resolution_rate resolution_sla stage_minutes stage_on_time
process_conformance registered_before_handled record_complete_rate dossier_complete_rate first_owner_kept
fcr_one_touch fcr_no_repeat reopen_rate transfers_per_ticket handover_minutes channel_switch_rate
completion_confirmed follow_up_rate backlog_open backlog_age_hours backlog_breached escalation_rate
service_error_rate qa_score qa_coverage qa_agreement service_consistency skill_match_rate
phone_service_level phone_abandon_rate phone_asa_seconds phone_aht_seconds bot_containment_rate
bot_handover_rate bot_response_seconds* self_service_success_rate* recording_coverage*
progress_update_on_time* first_response_minutes_p50 first_response_minutes_p90 first_response_minutes_bh
resolution_minutes_p50 resolution_minutes_p90 resolution_minutes_bh handover_minutes_p90
"""
SERVICE_EFFECT = """
csat_top2 csat_mean csat_index followup_csat complaint_csat resolved_disagreement nps ces
survey_response_rate valid_feedback_rate feedback_answered_rate servqual_gap sentiment_net
contact_plan_done retention_rate churn_rate repurchase_rate orders_per_active_customer complaint_rate
complaint_rate_customers complaint_ack_on_time complaint_handling_hours complaint_within_24h
complaint_within_72h complaint_timely complaint_closed_agreed complaint_repeat_rate complaint_loop_closed
complaint_share department_reply_on_time complaint_handling_hours_p50 complaint_handling_hours_p90
complaint_handling_hours_bh
"""
DEPARTMENT_MANAGEMENT = """
staffing_coverage tickets_per_agent_hour workload_balance onboarding_months certified_before_duty
training_hours_per_agent training_pass_rate training_coverage sla_target_hit_by_agent appraisal_on_time
coaching_started_rate equipment_failure_rate equipment_spare_rate equipment_checks_on_time
reviews_due_on_time emergency_response_on_time emergency_closed_with_review drills_done actions_overdue
actions_effective dpmo sigma_level data_freshness_minutes skill_test_score* employee_satisfaction*
staff_turnover* suggestion_adopted_rate* audit_findings_overdue*
"""
PILLARS = {
    "service_quality": SERVICE_QUALITY,
    "service_effect": SERVICE_EFFECT,
    "department_management": DEPARTMENT_MANAGEMENT,
}
# Their values rest on analyses that a later issue brings; entries and targets are there.
WAITING = {"servqual_gap", "sentiment_net", "csat_index", "dpmo", "sigma_level", "actions_effective"}
DUE = [code for text in PILLARS.values() for code in text.split() if code.strip("*") == code]
DUE = [code for code in DUE if code not in WAITING]


@pytest.mark.parametrize(
    ("pillar", "code"),
    [(pillar, code) for pillar, text in PILLARS.items() for code in text.split() if not code.endswith("*")],
)
def test_every_due_code_of_the_catalogue_is_registered(registry: list[Entry], pillar: str, code: str) -> None:
    assert [entry["pillar"] for entry in registry if entry["code"] == code] == [pillar]


def test_only_what_rests_on_a_later_analysis_waits(registry: list[Entry]) -> None:
    assert {entry["code"] for entry in registry if entry["due"] == "later"} == WAITING


def expected_words(test: dict[str, Any]) -> set[str]:
    """The columns that a unit test expects, and the words in their rows."""
    rows = test["expect"]["rows"]
    text = rows if isinstance(rows, str) else str(rows)
    return set(re.findall(r"\w+", text))


def test_every_kpi_that_is_due_has_a_unit_test(registry: list[Entry], manifest: dict[str, Any]) -> None:
    """One that expects its value, or the column of its fact that is its numerator."""
    tested = [expected_words(test) for test in manifest["unit_tests"].values()]
    words = set().union(*tested)
    untested = [
        entry["code"]
        for entry in registry
        if entry["due"] == "now" and not {entry["code"], entry["numerator"]} & words
    ]
    assert untested == []
