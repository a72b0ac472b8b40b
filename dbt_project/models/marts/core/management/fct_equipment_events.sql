with events as (
    select * from {{ ref("int_equipment_events__deduplicated") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

-- A device is in service or spare from one such event to its next one, or to its retirement.
stated as (
    select
        *,
        case when event_kind in ('in_service', 'spare', 'retired') then event_kind end as new_state
    from events
),

followed as (
    select
        *,
        last_value(new_state ignore nulls) over (
            partition by device_id
            order by event_on asc, event_id asc
            rows between unbounded preceding and current row
        ) as device_state,
        min(case when new_state is not null then event_on end) over (
            partition by device_id
            order by event_on asc, event_id asc
            rows between 1 following and unbounded following
        ) as next_state_on
    from stated
),

final as (
    select
        events.event_id as event_key,
        events.source_system,
        events.batch_id,
        events.source_row,
        events.natural_id as event_id,
        events.device_id,
        events.device_kind,
        coalesce(teams.team_id, 'unknown') as team_key,
        coalesce(teams.department_id, 'unknown') as department_key,
        events.event_kind,
        events.due_on as due_date,
        events.event_on as event_date,
        case when events.new_state in ('in_service', 'spare') then events.next_state_on end
            as state_until_date,
        coalesce(
            events.event_kind = 'failure' and events.device_state = 'in_service', false
        ) as is_failure_in_service,
        coalesce(
            events.event_kind = 'check' and events.due_on <= sources.data_until_date, false
        ) as is_check_due,
        coalesce(
            events.event_kind = 'check'
            and events.due_on <= sources.data_until_date
            and events.event_on <= events.due_on,
            false
        ) as is_check_on_time
    from followed as events
    left join teams
        on events.team_id = teams.team_id
    left join sources
        on events.source_system = sources.source_system
)

select * from final
