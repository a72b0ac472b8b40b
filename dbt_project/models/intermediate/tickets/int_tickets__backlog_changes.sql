{{ config(materialized="table") }}

with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

judged as (
    select * from {{ ref("int_tickets__judged") }}
),

scopes as (
    select * from {{ ref("int_tickets__scopes") }}
),

opened as (
    select
        tickets.source_system,
        scopes.department_key,
        scopes.team_key,
        scopes.agent_key,
        scopes.agent_id,
        scopes.channel_key,
        milestones.created_date,
        coalesce(milestones.resolved_date, milestones.closed_date, date '9999-12-31') as left_date,
        {{ seconds_between("timestamp '1970-01-01'", "milestones.created_at") }} as created_second,
        judged.overdue_date as breached_date
    from milestones
    inner join tickets
        on milestones.ticket_id = tickets.ticket_id
    inner join judged
        on milestones.ticket_id = judged.ticket_id
    inner join scopes
        on milestones.ticket_id = scopes.ticket_id
    where
        tickets.exclusion_reason is null
        and coalesce(
            milestones.resolved_at is not null
            or milestones.closed_at is not null
            or tickets.status in ('open', 'waiting'),
            false
        )
),

stays as (
    select *
    from opened
    where left_date > created_date
),

changes as (
    select
        *,
        created_date as change_date,
        1 as open_change,
        0 as breached_change,
        created_second as created_change
    from stays
    union all
    select
        *,
        left_date as change_date,
        -1 as open_change,
        0 as breached_change,
        -created_second as created_change
    from stays
    union all
    select
        *,
        breached_date as change_date,
        0 as open_change,
        1 as breached_change,
        0 as created_change
    from stays
    where breached_date < left_date
    union all
    select
        *,
        left_date as change_date,
        0 as open_change,
        -1 as breached_change,
        0 as created_change
    from stays
    where breached_date < left_date
),

final as (
    select
        source_system,
        department_key,
        team_key,
        agent_key,
        agent_id,
        channel_key,
        change_date,
        sum(open_change) as open_change,
        sum(breached_change) as breached_change,
        sum(created_change) as created_change
    from changes
    where change_date < date '9999-12-31'
    group by all
)

select * from final
