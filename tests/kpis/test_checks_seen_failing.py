"""Every check of the KPI layer passes on a small sound world and turns red on one broken row."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.tables import literal
from orchestration.settings import DBT_PROJECT_DIR
from tests.kpis.macros import call, rendered

CHECKS = sorted(path.stem for path in (DBT_PROJECT_DIR / "tests" / "kpis").glob("*.sql"))
WORLD = """
create table dim_kpi as
    select 'k' as kpi_code, true as is_additive, 'share' as unit, 'ratio' as shape, 'up' as direction,
        'sums' as evidence_rule, 'm' as model_name;
create table dim_builds as select date '2026-12-31' as as_of_date, 'UTC' as reporting_time_zone;
create table dim_sources as
    select 's' as source_system, date '2026-12-31' as data_until_date, timestamp '2026-12-31' as data_until;
create table dim_periods as
    select 'month' as period_grain, date '2026-01-01' as period_start, date '2026-01-31' as period_end;
create table kpi_evidence as
    select 'k' as kpi_code, 'f' as fact_name, key::varchar as row_key, key::varchar as unit_key,
        's' as source_system, 'a' as agent_id, null::varchar as split_type,
        date '2026-01-05' as evidence_date, null::date as until_date,
        case when key < 4 then 1 else 0 end::decimal(38, 6) as numerator, 1::decimal(38, 6) as denominator,
        key < 4 as is_in_numerator, true as is_in_denominator, null::varchar as reason
    from range(1, 7) as keys (key);
create table fct_kpi_values as
    select 'k' as kpi_code, period_grain, start::date as period_start, scope_type, scope_key,
        part::decimal(38, 6) as numerator, whole::decimal(38, 6) as denominator, whole::bigint as n,
        0.5::decimal(18, 6) as value, 0.4::decimal(18, 6) as low, 0.6::decimal(18, 6) as high,
        false as is_suppressed
    from (values ('day', '2026-01-05', 1, 2), ('day', '2026-01-06', 2, 4), ('month', '2026-01-01', 3, 6))
            as periods (period_grain, start, part, whole)
        cross join (values
            ('organisation', 'all'), ('department', 'd'), ('team', 't'), ('agent', 'a'), ('channel', 'c')
        ) as scopes (scope_type, scope_key);
create table dim_scopes as select distinct scope_type, scope_key from fct_kpi_values;
create table composite_limits as
    select 90 as target, 80 as warning, 0.6 as minimum_weight_present, valid_from, valid_to,
        'one' as author, 'another' as approved_by, date '2000-01-01' as approved_on, 'so' as reason
    from (values (date '2000-01-01', date '2021-01-01'), (date '2021-01-01', null))
            as spans (valid_from, valid_to);
create table fct_composite_scores as
    select 'team' as audience_code, 't' as scope_key, 'month' as period_grain,
        date '2026-01-01' as period_start, 'overall' as part_type, 70.5 as value,
        60.0 as previous_value, null::decimal(4, 1) as previous_year_value;
create table fct_score_drivers as
    select 'team' as audience_code, 't' as scope_key, 'month' as period_grain,
        date '2026-01-01' as period_start, 'previous_period' as comparison, contribution
    from (values (11.0), (-0.5)) as kpis (contribution);
create table rpt_scorecard_periods as
    select 'team' as audience, 'team' as scope_type, 't' as member_key, 'month' as period_grain,
        date '2026-01-01' as period_start, true as is_due;
create table rpt_scorecard_lines as
    select audience, member_key, period_grain, period_start, 'k' as kpi_code from rpt_scorecard_periods;
"""
BREAKS = {
    "assert_a_month_is_the_sum_of_its_days": [
        "delete from fct_kpi_values where period_start = '2026-01-06' and scope_type = 'team'",
        "update fct_kpi_values set denominator = 7 where period_grain = 'month' and scope_type = 'team'",
    ],
    "assert_the_organisation_is_the_sum_of_its_parts": [
        "update fct_kpi_values set numerator = 2 where period_grain = 'month' and scope_type = 'agent'",
        "delete from fct_kpi_values where scope_type = 'team' and period_grain = 'month'",
    ],
    "assert_every_value_lies_within_its_interval": [
        "update fct_kpi_values set value = 0.7 where scope_type = 'team'",
        "update fct_kpi_values set low = null where scope_type = 'team'",
        "update fct_kpi_values set is_suppressed = true where scope_type = 'team'",
    ],
    "assert_every_share_of_rows_is_at_most_one": [
        "update fct_kpi_values set numerator = 9 where scope_type = 'team'"
    ],
    "assert_every_scope_member_exists": [
        "update fct_kpi_values set scope_key = 'gone' where scope_type = 'agent'",
    ],
    "assert_composite_limits_obey_their_rules": [
        "update composite_limits set valid_to = '2020-12-31' where valid_to is not null",
        "update composite_limits set valid_from = '2020-12-31' where valid_to is null",
        "update composite_limits set valid_to = '2030-12-31' where valid_to is null",
        "update composite_limits set warning = 90",
        "update composite_limits set target = 101",
        "update composite_limits set minimum_weight_present = 1.1",
        "update composite_limits set approved_by = 'one'",
        "update composite_limits set approved_by = null",
        "update composite_limits set reason = null",
    ],
    "assert_contributions_add_up_to_the_change_of_the_composite": [
        "update fct_score_drivers set contribution = 11.1 where contribution > 0",
        "delete from fct_score_drivers",
        "update fct_composite_scores set previous_value = null",
        "update fct_composite_scores set previous_year_value = 50",
    ],
    "assert_every_value_of_a_member_is_on_its_scorecard": ["delete from rpt_scorecard_lines"],
}
BREAKS["assert_the_evidence_adds_up_to_every_value"] = [
    "update kpi_evidence set reason = 'lost' where row_key = '6'",
    "update kpi_evidence set numerator = 2 where row_key = '1'",
    "update kpi_evidence set denominator = 2 where row_key = '6'",
    "delete from fct_kpi_values where period_grain = 'month'",
    *(
        f"update dim_kpi set evidence_rule = '{rule}'; {damage}"
        for rule, damage in (
            ("distinct", "update kpi_evidence set is_in_numerator = false where row_key = '1'"),
            ("distinct", "update kpi_evidence set unit_key = '1' where row_key = '2'"),
            ("units", "update kpi_evidence set unit_key = '1' where row_key = '2'"),
            ("rows", "delete from kpi_evidence where row_key = '6'"),
            ("members", "update kpi_evidence set agent_id = 'unknown' where row_key = '6'"),
            ("least", "update fct_kpi_values set n = 1"),
            ("at_start", "select 1"),
            ("per_active", "select 1"),
            ("at_end", "update kpi_evidence set until_date = '2026-01-31' where row_key = '2'"),
            ("at_end", "update dim_sources set data_until = '2026-01-05'"),
            ("during", "update kpi_evidence set until_date = '2026-01-01' where row_key = '2'"),
            ("open_at_end", "update kpi_evidence set until_date = '2026-01-31' where row_key = '2'"),
            ("open_at_end", "update dim_sources set data_until_date = '2026-01-30'"),
        )
    ),
]
OF_THE_STAR = "assert_every_numerator_is_known_where_its_row_counts"


@pytest.fixture
def world() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(WORLD)
        yield connection


def codes_of_the_world(rules: list[str]) -> str:
    """The world has a KPI of its own: what the registry says of the others is not asked for."""
    return f"(select kpi_code from dim_kpi where evidence_rule in ({', '.join(map(literal, rules))}))"


def failing(connection: duckdb.DuckDBPyConnection, check: str) -> int:
    sql = rendered(f"tests/kpis/{check}.sql", kpi_codes_by_rule=codes_of_the_world)
    return len(connection.execute(sql).fetchall())


def test_every_check_is_seen_failing_here() -> None:
    assert {*BREAKS, OF_THE_STAR} == set(CHECKS)


@pytest.mark.parametrize("check", BREAKS)
def test_a_sound_world_passes(world: duckdb.DuckDBPyConnection, check: str) -> None:
    assert failing(world, check) == 0


@pytest.mark.parametrize(
    ("check", "damage"), [(check, damage) for check in BREAKS for damage in BREAKS[check]]
)
def test_a_broken_row_is_found(world: duckdb.DuckDBPyConnection, check: str, damage: str) -> None:
    world.execute(damage)
    assert failing(world, check) > 0


def test_a_numerator_that_is_null_where_its_row_counts_is_found() -> None:
    ratios = [entry for entry in call("kpi_registry") if entry["shape"] == "ratio"]
    with duckdb.connect() as connection:
        for fact in {entry["fact"] for entry in ratios}:
            of_fact = [entry for entry in ratios if entry["fact"] == fact]
            columns = {entry["numerator"]: "bigint" for entry in of_fact} | {
                entry["denominator"]: "boolean" for entry in of_fact
            }
            columns |= {entry["date"]: "date" for entry in of_fact}
            connection.execute(
                f"create table {fact} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
            )
        assert failing(connection, OF_THE_STAR) == 0
        some = ratios[0]
        insert = (
            f"insert into {some['fact']} ({some['date']}, {some['denominator']}) values ('2026-01-01', $1)"
        )
        connection.execute(insert, [False])
        assert failing(connection, OF_THE_STAR) == 0
        connection.execute(insert, [True])
        assert failing(connection, OF_THE_STAR) == 1


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("(1, 1), (1, 2)", 0), ("(1, 1), (1, 1)", 1), ("(1, null)", 1), ("(null, null)", 1)],
)
def test_a_compound_key_is_whole_and_unique(rows: str, expected: int) -> None:
    path = Path(DBT_PROJECT_DIR / "tests" / "generic" / "unique_together.sql")
    body = path.read_text(encoding="utf-8").split("%}", 1)[1].rsplit("{%", 1)[0]
    sql = body.replace("{{ model }}", f"(values {rows}) as keys (a, b)")
    for separator in (", ", " is not null and "):
        sql = sql.replace(f'{{{{ columns | join("{separator}") }}}}', separator.join("ab"))
    sql = sql.replace("{#- Rows that share a compound key, or lack a part of it. -#}", "")
    assert len(duckdb.execute(sql).fetchall()) == expected
