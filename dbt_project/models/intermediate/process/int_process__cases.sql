with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

ticket_scopes as (
    select * from {{ touched(ref("int_tickets__scopes")) }}
),

complaint_scopes as (
    select * from {{ ref("int_complaints__scopes") }}
),

final as (
    select
        'ticket' as process_code,
        tickets.ticket_id as case_id,
        tickets.exclusion_reason is null as is_counted,
        ticket_scopes.team_key,
        ticket_scopes.department_key,
        ticket_scopes.channel_key
    from tickets
    inner join ticket_scopes
        on tickets.ticket_id = ticket_scopes.ticket_id
    union all
    select
        'complaint' as process_code,
        complaint_id as case_id,
        true as is_counted,
        team_key,
        department_key,
        channel_key
    from complaint_scopes
)

select * from final
