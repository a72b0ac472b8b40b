{%- set scopes = ["department", "team", "agent", "channel"] -%}
with spans as (
    select
        'actions_overdue' as kpi_code,
        source_system,
        action_key as item_key,
        department_key,
        team_key,
        agent_id,
        channel_key,
        opened_date as from_date,
        coalesce(closed_date, date '9999-12-31') as until_date,
        due_date + 1 as counts_from_date,
        true as is_in_denominator,
        false as is_any_day
    from {{ ref("fct_improvement_actions") }}
    union all
    select
        kpis.kpi_code,
        events.source_system,
        events.device_id as item_key,
        events.department_key,
        events.team_key,
        cast(null as varchar) as agent_id,
        cast(null as varchar) as channel_key,
        events.event_date as from_date,
        case
            when events.is_failure_in_service then events.event_date + 1
            else coalesce(events.state_until_date, date '9999-12-31')
        end as until_date,
        case when events.event_kind = kpis.counted_kind then events.event_date end
            as counts_from_date,
        events.event_kind = 'in_service' as is_in_denominator,
        kpis.is_any_day
    from {{ ref("fct_equipment_events") }} as events
    inner join (
        values
        ('equipment_spare_rate', 'spare', false), ('equipment_failure_rate', 'failure', true)
    ) as kpis (kpi_code, counted_kind, is_any_day)
        on events.event_kind in ('in_service', kpis.counted_kind)
    where events.event_kind <> 'failure' or events.is_failure_in_service
),

-- A period closes, for now, on the last day that the source reaches; a source of dates reaches to
-- the midnight behind it.
closings as (
    select
        sources.source_system,
        periods.period_grain,
        periods.period_start,
        least(
            periods.period_end,
            builds.as_of_date,
            {{ local_date("sources.data_until - interval 1 second", "builds.reporting_time_zone") }}
        ) as closing_date
    from {{ ref("dim_periods") }} as periods
    cross join {{ ref("dim_sources") }} as sources
    cross join {{ ref("dim_builds") }} as builds
    where periods.period_grain <> 'day'
),

counted as (
    select
        spans.kpi_code,
        closings.period_grain,
        closings.period_start,
        {{ kpi_scope_columns(scopes) }},
        count(distinct spans.item_key) filter (
            where spans.counts_from_date <= closings.closing_date
        ) as items_counted,
        count(distinct spans.item_key) filter (where spans.is_in_denominator) as items
    from spans
    inner join closings
        on
            spans.source_system = closings.source_system
            and closings.period_start <= closings.closing_date
            and spans.from_date <= closings.closing_date
            and spans.until_date
            > case when spans.is_any_day then closings.period_start else closings.closing_date end
    group by {{ kpi_scope_sets(["kpi_code", "period_grain", "period_start"], scopes) }}
),

final as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(items_counted as decimal(38, 6)) as numerator,
        cast(items as decimal(38, 6)) as denominator,
        items as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from counted
    where scope_key is not null
)

select * from final
