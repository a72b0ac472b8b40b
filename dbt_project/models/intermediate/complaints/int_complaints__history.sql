with complaints as (
    select
        *,
        coalesce(received_at, cast(received_on as timestamp)) as valid_at
    from {{ ref("int_complaints__deduplicated") }}
),

scopes as (
    select * from {{ ref("int_complaints__scopes") }}
),

events as (
    select * from {{ ref("int_complaint_events__deduplicated") }}
),

stages as (
    select count(*) as stage_count
    from {{ ref("vocabularies") }}
    where vocabulary = 'complaint_stage'
),

rules as (
    select
        cast(amount as integer) as repeat_days,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref("service_rules") }}
    where rule_code = 'complaint_repeat_days'
),

reached as (
    select
        complaint_id,
        count(distinct stage) as stage_count
    from events
    group by complaint_id
),

-- A repeat is looked for backwards: what a source received before its data begin is not known.
ordered as (
    select
        complaints.complaint_id,
        complaints.valid_at,
        scopes.customer_id <> 'unknown' and complaints.category is not null as has_subject,
        min(complaints.valid_at) over (partition by complaints.source_system) as first_valid_at,
        lag(complaints.valid_at) over (
            partition by complaints.source_system, scopes.customer_id, complaints.category
            order by complaints.valid_at, complaints.complaint_id
        ) as previous_valid_at
    from complaints
    left join scopes
        on complaints.complaint_id = scopes.complaint_id
),

judged as (
    select
        ordered.complaint_id,
        ordered.has_subject
        and ordered.valid_at >= ordered.first_valid_at + rules.repeat_days * interval 1 day
            as is_history_known,
        ordered.valid_at <= ordered.previous_valid_at + rules.repeat_days * interval 1 day
            as is_soon_after
    from ordered
    inner join rules
        on
            cast(ordered.valid_at as date) >= rules.valid_from
            and cast(ordered.valid_at as date) < rules.valid_to
),

final as (
    select
        complaints.complaint_id,
        coalesce(judged.is_history_known, false) as is_repeat_known,
        coalesce(judged.is_history_known and judged.is_soon_after, false) as is_repeat,
        complaints.closed_at is not null and coalesce(complaints.are_stages_reported, false)
            as is_loop_due,
        complaints.closed_at is not null
        and coalesce(complaints.are_stages_reported, false)
        and coalesce(reached.stage_count, 0) >= stages.stage_count as is_loop_closed
    from complaints
    left join judged
        on complaints.complaint_id = judged.complaint_id
    left join reached
        on complaints.complaint_id = reached.complaint_id
    cross join stages
)

select * from final
