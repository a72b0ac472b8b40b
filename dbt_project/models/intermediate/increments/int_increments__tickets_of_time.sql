with spans as (
    select * from {{ ref("int_increments__moved_spans") }}
),

milestones as (
    select
        ticket_id,
        resolved_at,
        closed_at
    from
        {{ standing("int_tickets__milestones", {
            "ticket_id": "varchar", "resolved_at": "timestamp", "closed_at": "timestamp"
        }) }}
),

clocks as (
    select
        ticket_id,
        first_response_due_at,
        resolution_due_at
    from
        {{ standing("int_tickets__clocks", {
            "ticket_id": "varchar",
            "first_response_due_at": "timestamp",
            "resolution_due_at": "timestamp",
        }) }}
),

judged as (
    select
        ticket_id,
        acknowledgement_due_at
    from
        {{ standing("int_tickets__judged", {
            "ticket_id": "varchar", "acknowledgement_due_at": "timestamp"
        }) }}
),

visits as (
    select * from {{ ref("int_process__visits") }}
    where process_code = 'ticket' and left_at is null
),

stages as (
    select * from {{ ref("process_stages") }}
    where process_code = 'ticket'
),

limits as (
    select
        visits.case_id as ticket_id,
        {{ dbt.dateadd("second", "stages.time_limit_minutes * 60", "visits.entered_at") }} as due_at
    from visits
    inner join stages
        on visits.stage_code = stages.stage_code
),

known as (
    select
        min(from_at) as from_at,
        max(until_at) as until_at
    from spans
    where bound = 'reach'
    having count(*) > 0
),

-- An open clock runs up to where the data reach; a limit is due once they reach it.
final as (
    select milestones.ticket_id
    from milestones
    cross join known
    where milestones.resolved_at is null and milestones.closed_at is null
    union all
    select clocks.ticket_id
    from clocks
    cross join known
    where
        clocks.first_response_due_at between known.from_at and known.until_at
        or clocks.resolution_due_at between known.from_at and known.until_at
    union all
    select judged.ticket_id
    from judged
    cross join known
    where judged.acknowledgement_due_at between known.from_at and known.until_at
    union all
    select coalesce(limits.ticket_id, '') as ticket_id
    from limits
    cross join known
    where limits.due_at between known.from_at and known.until_at
    union all
    select milestones.ticket_id
    from milestones
    inner join spans
        on
            spans.bound = 'inspection'
            and milestones.closed_at between spans.from_at and spans.until_at
)

select * from final
