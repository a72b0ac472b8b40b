with visits as (
    select * from
        {{ touched(
            ref("int_process__visits"),
            key="case_id",
            nullable=true,
            or_where="process_code = 'complaint'"
        ) }}
),

cases as (
    select * from {{ ref("int_process__cases") }}
),

calendars as (
    select * from {{ ref("int_calendars__assigned") }}
),

owned as (
    select
        visits.*,
        cases.case_id as known_case_id,
        coalesce(cases.is_counted, false) as is_counted,
        cases.team_key,
        cases.department_key,
        cases.channel_key,
        calendars.calendar_code
    from visits
    left join cases
        on
            visits.process_code = cases.process_code
            and visits.case_id = cases.case_id
    left join calendars
        on
            visits.source_system = calendars.source_system
            and coalesce(cases.department_key, 'unknown') = calendars.department_key
),

positioned as (
    {{ business_positions("owned", ["entered_at", "left_at"]) }}
),

final as (
    select
        process_code,
        case_id,
        known_case_id,
        visit_id,
        source_system,
        batch_id,
        source_row,
        agent_id,
        stage_code,
        previous_stage_code,
        previous_entered_at,
        entered_at,
        left_at,
        visit_number,
        is_repeated,
        is_counted,
        team_key,
        department_key,
        channel_key,
        left_at_position - entered_at_position as business_seconds
    from positioned
)

select * from final
