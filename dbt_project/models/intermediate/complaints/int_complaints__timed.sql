with complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

scopes as (
    select * from {{ ref("int_complaints__scopes") }}
),

calendars as (
    select * from {{ ref("int_calendars__assigned") }}
),

assigned as (
    select
        complaints.complaint_id,
        complaints.received_at,
        complaints.resolved_at,
        complaints.are_stages_reported,
        calendars.calendar_code
    from complaints
    left join scopes
        on complaints.complaint_id = scopes.complaint_id
    left join calendars
        on
            complaints.source_system = calendars.source_system
            and scopes.department_key = calendars.department_key
),

final as (
    {{ business_positions("assigned", ["received_at", "resolved_at"]) }}
)

select * from final
