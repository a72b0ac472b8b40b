{{ config(
    materialized="by_key",
    keys="int_increments__changed_stages",
    key="case_id",
    column="ticket_id",
    or_where="process_code = 'complaint'"
) }}

with ticket_stages as (
    select * from {{ ref("int_ticket_stages__deduplicated") }}
),

complaint_events as (
    select * from {{ ref("int_complaint_events__deduplicated") }}
),

delivered as (
    select
        'ticket' as process_code,
        ticket_id as case_id,
        visit_id,
        natural_id,
        source_system,
        batch_id,
        source_row,
        visit_sequence,
        stage_code,
        entered_at,
        agent_id
    from ticket_stages
    union all
    select
        'complaint' as process_code,
        complaint_id as case_id,
        event_id as visit_id,
        natural_id,
        source_system,
        batch_id,
        source_row,
        null as visit_sequence,
        stage as stage_code,
        entered_at,
        agent_id
    from complaint_events
),

final as (
    select
        *,
        row_number() over visits as visit_number,
        lag(stage_code) over visits as previous_stage_code,
        lag(entered_at) over visits as previous_entered_at,
        lead(entered_at) over visits as left_at,
        first_value(entered_at) over visits as case_entered_at,
        row_number() over (
            partition by process_code, case_id, stage_code
            order by visit_sequence asc nulls last, entered_at asc, visit_id asc
        ) > 1 as is_repeated,
        -- Bounded: of a case with ever so many visits, each row would hold all before it.
        case
            when lead(visit_id) over visits is null
                then string_agg('<' || coalesce(stage_code, 'unknown') || '>', '') over (
                    visits rows between 99 preceding and current row
                )
        end as variant
    from delivered
    window visits as (
        partition by process_code, case_id
        order by visit_sequence asc nulls last, entered_at asc, visit_id asc
    )
)

select * from final
