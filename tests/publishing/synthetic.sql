create schema raw;
create schema intermediate;
create schema core;
create schema kpis;
create schema scorecards;

create table raw.deliveries as
select
    'b1' as batch_id, 'crm' as source_system, 'crm_tickets' as table_name, 'tickets.csv' as file_name,
    repeat('a', 64) as file_sha256, 1000 as file_bytes, 'landed' as status, null::varchar as reason,
    1 as contract_version, {tickets} + 2 as delivered_rows, {tickets} as landed_rows, 2 as quarantined_rows;

create table raw.run_parameters as
select
    '{build_id}' as build_id, timestamp '2026-11-01 00:00:00' as as_of, 'UTC' as reporting_time_zone,
    5 as minimum_n;

create table raw.source_status as
select
    'crm' as source_system, 'crm_tickets' as table_name, {tickets} as current_rows, 1 as minimum_rows,
    false as is_stale, true as has_landed, timestamp '2026-01-01' as data_from,
    timestamp '2026-10-31 23:10:00' as data_until;

create table intermediate.int_numbers as
select range as number from range({tickets});

create table core.fct_tickets as
select
    'crm:T' || number as ticket_key,
    (number / 7)::decimal(18, 6) as hours,
    sum(number) over () + 100000000000000000001 as hugeint_total,
    case when number % 3 > 0 then timestamp '2026-10-01' + interval (number) minute end as opened_at,
    '{build_id}' as build_id
from intermediate.int_numbers;
comment on table core.fct_tickets is 'One row per ticket; it''s the grain.';
comment on column core.fct_tickets.hours is 'Hours until the resolution.';

create table core.dim_sources as
select source_system, data_until, is_stale, has_landed from build.raw.source_status;

create table kpis.dim_kpi as
select
    col0 as kpi_code, col1::bigint as display_order, 1::bigint as formula_version, col2 as label_en,
    col3 as label_zh, col4 as unit, col5 as direction, col6 as pillar, col7 as aspect,
    col8 as kind, col9::decimal(18, 6) as target, col10::decimal(18, 6) as floor,
    'How ' || lower(col2) || ' is counted.' as definition
from (values
    ('first_response_sla', 1, 'First response within SLA', '首次响应达标率', 'share', 'up', 'service_quality', 'timeliness', 'objective', 0.95, 0.70),
    ('resolution_minutes', 2, 'Time to resolution', '解决时长', 'minutes', 'down', 'service_quality', 'timeliness', 'objective', 240, 480),
    ('reopen_rate', 3, 'Reopened tickets', '重开率', 'share', 'down', 'service_quality', 'skill_and_solving', 'objective', 0.03, 0.09),
    ('transfers_per_ticket', 4, 'Transfers per ticket', '平均转派次数', 'count', 'down', 'service_quality', 'process', 'objective', 0.5, 1.5),
    ('qa_score', 5, 'Quality score', '质检得分', 'score', 'up', 'service_quality', 'attitude', 'objective', 85, 60),
    ('csat_top2', 6, 'Satisfied customers', '客户满意率', 'share', 'up', 'service_effect', 'satisfaction', 'subjective', 0.9, 0.65),
    ('nps', 7, 'Net promoter score', '净推荐值', 'points', 'up', 'service_effect', 'satisfaction', 'subjective', 40, 15),
    ('complaint_handling_hours', 8, 'Complaint handling time', '投诉处理时长', 'hours', 'down', 'service_effect', 'complaints', 'objective', 24, 48),
    ('backlog_open', 9, 'Open tickets at period end', '期末未结工单', 'count', 'down', 'service_quality', 'process', 'objective', null, null)
);

create table core.dim_teams as
select 'crm:TEAM' || range as team_key, 'Team ' || range as team_name, 'Care 客户服务部' as department_name
from range({teams});

create table kpis.fct_kpi_values as
select
    kpi_code, period_grain, period_start::date as period_start, member_key,
    case when member_key = 'all' then 'organisation' else 'team' end as scope_type, member_key as scope_key,
    row_number() over (partition by period_grain, member_key, kpi_code order by period_start) as number,
    abs(hash(kpi_code || member_key || period_start::varchar) % 1000)::integer as dice,
    case
        when number = 3 and kpi_code = 'nps' then null
        when unit = 'share' then least(0.999, target + (dice - 600)::decimal(18, 6) / 10000)
        when unit = 'count' and target is null then 40 + dice
        else target * (800 + dice / 2)::decimal(18, 6) / 1000
    end::decimal(18, 6) as value,
    kpi_code = 'csat_top2' and dice < 150 as is_suppressed,
    '{build_id}' as build_id
from kpis.dim_kpi
cross join (
    select 'month' as period_grain, unnest(generate_series(date '2025-09-01', date '2026-10-01', interval 1 month)) as period_start
    union all
    select 'week', unnest(generate_series(date '2026-08-03', date '2026-10-19', interval 7 day))
)
cross join (select 'all' as member_key union all select team_key from core.dim_teams);

create table core.kpi_benchmarks as
select
    'csat_top2' as kpi_code, col0 as benchmark_code, col1::decimal(18, 6) as value, 'Handbook <B>' as source,
    col2::bigint as year, false as verified, col3 as reason, date '2026-10-01' as valid_from, null::date as valid_to
from (values ('before', 0.75, null, 'Before'), ('after', 0.88, 2025, 'After'));

create table core.effect_benchmarks as
select
    'nps' as kpi_code, 'Training' as lever, 0.15::decimal(18, 6) as change, 0.25::decimal(18, 6) as change_to,
    'Handbook C' as source, null::bigint as year, false as verified, date '2000-01-01' as valid_from,
    date '2026-10-01' as valid_to;

create table kpis.fct_composite_scores as
select
    case when member_key = 'all' then 'executive' else 'team' end as audience_code,
    case when member_key = 'all' then 'organisation' else 'team' end as scope_type,
    member_key as scope_key, period_grain, period_start, part_type, part_code,
    (60 + dice / 40)::decimal(9, 4) as value, 0.82::decimal(9, 6) as share_of_weight_present,
    case when dice > 800 then 'amber' else 'red' end as status, true as is_complete,
    case when number > 1 then 61.5::decimal(9, 4) end as previous_value, null::decimal(9, 4) as previous_year_value
from kpis.fct_kpi_values
cross join (values
    ('overall', 'all'), ('pillar', 'service_quality'), ('aspect', 'timeliness'), ('element', 'attitude'),
    ('kind', 'objective'), ('kind', 'subjective')
) as parts (part_type, part_code)
where kpi_code = 'qa_score';

create table kpis.fct_score_drivers as
select
    audience_code, scope_type, scope_key, period_grain, period_start, 'previous_period' as comparison,
    kpi_code, presence, score_before::decimal(9, 4) as score_before, score::decimal(9, 4) as score,
    0.5::decimal(9, 6) as weight, (part * (value - previous_value))::decimal(9, 4) as contribution
from kpis.fct_composite_scores
cross join (values
    ('qa_score', 'compared', 70, 80, 1.5), ('nps', 'vanished', 20, null, -0.5)
) as kpis (kpi_code, presence, score_before, score, part)
where part_type = 'overall' and previous_value is not null;

create table scorecards.rpt_scorecard_lines as
select
    case when fct.member_key = 'all' then 'executive' else 'team' end as audience,
    coalesce(teams.team_name, 'Whole organisation') as member_name, teams.team_name, teams.department_name,
    fct.period_grain, fct.period_start, fct.member_key, fct.kpi_code, kpis.display_order, kpis.label_en, kpis.label_zh,
    kpis.unit, kpis.pillar, kpis.aspect, 'response_speed' as element, kpis.kind, kpis.direction,
    case when kpi_code = 'csat_top2' and dice < 150 then null else value end as value,
    (value * (200 + dice))::decimal(38, 6) as numerator, (200 + dice)::decimal(38, 6) as denominator,
    case when kpi_code = 'csat_top2' and dice < 150 then 3 else 200 + dice end::bigint as n,
    case when kind = 'subjective' then value - abs(value) / 20 end::decimal(18, 6) as low,
    case when kind = 'subjective' then value + abs(value) / 20 end::decimal(18, 6) as high,
    fct.is_suppressed,
    lag(value) over line as previous_value,
    value - lag(value) over line as change,
    null::decimal(18, 6) as previous_year_value,
    target,
    case when target is not null then target - (target - floor) / 5 end::decimal(18, 6) as warning,
    floor,
    case
        when value is null or kpi_code = 'csat_top2' and dice < 150 then 'n/a'
        when target is null then 'no target'
        when (direction = 'up') = (value >= target) or value = target then 'green'
        when (direction = 'up') = (value >= target - (target - floor) / 5) then 'amber'
        else 'red'
    end as status,
    round(100 * least(1, greatest(0, (value - floor) / nullif(target - floor, 0))), 6)::decimal(18, 6) as score,
    case when target is not null then 0.125 end::decimal(9, 6) as weight,
    case when target is not null then 0.583333 end::decimal(18, 6) as share_at_target_last_12,
    not (kpi_code = 'reopen_rate' and period_start = date '2026-10-01') as is_complete,
    kpis.formula_version
from kpis.fct_kpi_values as fct
inner join kpis.dim_kpi as kpis using (kpi_code)
left join core.dim_teams as teams on fct.member_key = teams.team_key
window line as (partition by fct.period_grain, fct.member_key, fct.kpi_code order by fct.period_start);

create table scorecards.rpt_scorecard_periods as
select distinct audience, member_key, period_grain, period_start, true as is_due
from scorecards.rpt_scorecard_lines;
