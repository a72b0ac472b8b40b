"""A questionnaire that is answered on another scale than it says is told, not averaged in silence."""

import duckdb
import pytest

from expectations.raw.survey_surveys import SUITE
from orchestration.quality.runner import run_suite

SURVEYS = """
create schema raw;
create table raw.source_status as
select 'survey' as source_system, 'survey_surveys' as table_name, 100 as current_rows, 1 as minimum_rows,
    true as has_landed;
create table raw.survey_surveys as
select
    'S' || range as survey_id, 'CSAT' as kind, 1 as scale_min, 5 as scale_max,
    1 + range % {highest} as score, timestamp '2026-01-01' + to_days(range::integer) as sent_at,
    timestamp '2026-01-02' + to_days(range::integer) as responded_at, 1 as items_asked, 1 as items_answered,
    null::varchar as flag, null::varchar as comment, repeat('a', 32) as respondent_email
from range(100)
"""


@pytest.mark.parametrize(("highest", "status"), [(5, "passed"), (10, "failed")])
def test_a_scale_of_5_answered_up_to_10_is_a_failed_check(highest: int, status: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(SURVEYS.format(highest=highest))
        results = {result.check: result for result in run_suite(connection, SUITE)}
    assert results["score_lies_on_its_scale"].status == status
    assert {result.status for result in results.values()} <= {"passed", "failed", "no_data"}
