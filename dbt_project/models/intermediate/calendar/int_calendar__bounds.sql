with final as (
    select
        cast(
            least(min(created_at), min(first_response_at), min(resolved_at), min(closed_at))
            as date
        ) as first_date,
        cast(
            greatest(max(created_at), max(first_response_at), max(resolved_at), max(closed_at))
            as date
        ) as last_date
    from {{ ref("int_tickets__milestones") }}
    union all
    select
        cast(least(min(first_response_due_at), min(resolution_due_at)) as date) as first_date,
        cast(greatest(max(first_response_due_at), max(resolution_due_at)) as date) as last_date
    from {{ ref("int_tickets__clocks") }}
    union all
    select
        cast(min(event_at) as date) as first_date,
        cast(max(event_at) as date) as last_date
    from {{ ref("int_ticket_events__ordered") }}
    union all
    select
        cast(least(min(sent_at), min(responded_at), min(responded_on)) as date) as first_date,
        cast(
            greatest(max(sent_at), max(responded_at), max(responded_on), max(answer_due_at)) as date
        ) as last_date
    from {{ ref("int_surveys__deduplicated") }}
    union all
    select
        cast(
            least(
                min(received_at),
                min(received_on),
                min(promised_at),
                min(resolved_at),
                min(closed_at)
            )
            as date
        ) as first_date,
        cast(
            greatest(
                max(received_at),
                max(received_on),
                max(promised_at),
                max(resolved_at),
                max(closed_at)
            )
            as date
        ) as last_date
    from {{ ref("int_complaints__deduplicated") }}
    union all
    select
        cast(min(entered_at) as date) as first_date,
        cast(max(entered_at) as date) as last_date
    from {{ ref("int_complaint_events__deduplicated") }}
    union all
    select
        cast(least(min(ordered_at), min(delivered_at)) as date) as first_date,
        cast(greatest(max(ordered_at), max(delivered_at)) as date) as last_date
    from {{ ref("int_orders__deduplicated") }}
    union all
    select
        cast(min(reviewed_at) as date) as first_date,
        cast(max(reviewed_at) as date) as last_date
    from {{ ref("int_qa_reviews__deduplicated") }}
    union all
    select
        cast(least(min(due_on), min(done_at)) as date) as first_date,
        cast(greatest(max(due_on), max(done_at)) as date) as last_date
    from {{ ref("int_planned_contacts__deduplicated") }}
    union all
    select
        cast(least(min(asked_at), min(due_at)) as date) as first_date,
        cast(greatest(max(asked_at), max(due_at)) as date) as last_date
    from {{ ref("int_department_questions__deduplicated") }}
    union all
    select
        cast(min(started_at) as date) as first_date,
        cast(max(started_at) as date) as last_date
    from {{ ref("int_bot_sessions__deduplicated") }}
    union all
    select
        cast(min(offered_at) as date) as first_date,
        cast(max(offered_at) as date) as last_date
    from {{ ref("int_calls__deduplicated") }}
    union all
    select
        cast(min(shift_date) as date) as first_date,
        cast(max(shift_date) as date) as last_date
    from {{ ref("int_staffing_shifts__deduplicated") }}
    union all
    select
        cast(min(required_date) as date) as first_date,
        cast(max(required_date) as date) as last_date
    from {{ ref("int_staffing_requirements__deduplicated") }}
    union all
    select
        cast(min(held_on) as date) as first_date,
        cast(max(held_on) as date) as last_date
    from {{ ref("int_trainings__deduplicated") }}
    union all
    select
        cast(least(min(due_on), min(done_on)) as date) as first_date,
        cast(greatest(max(due_on), max(done_on)) as date) as last_date
    from {{ ref("int_appraisals__deduplicated") }}
    union all
    select
        cast(least(min(due_on), min(event_on)) as date) as first_date,
        cast(greatest(max(due_on), max(event_on)) as date) as last_date
    from {{ ref("int_equipment_events__deduplicated") }}
    union all
    select
        cast(least(min(due_on), min(started_at)) as date) as first_date,
        cast(greatest(max(due_on), max(started_at)) as date) as last_date
    from {{ ref("int_emergencies__deduplicated") }}
    union all
    select
        cast(least(min(due_on), min(done_on)) as date) as first_date,
        cast(greatest(max(due_on), max(done_on)) as date) as last_date
    from {{ ref("int_standard_reviews__deduplicated") }}
    union all
    select
        cast(least(min(opened_on), min(due_on), min(closed_on)) as date) as first_date,
        cast(greatest(max(opened_on), max(due_on), max(closed_on)) as date) as last_date
    from {{ ref("int_improvement_actions__deduplicated") }}
    union all
    select
        cast(null as date) as first_date,
        cast(max(run_parameters.as_of) as date) as last_date
    from {{ ref("int_sources__reach") }} as sources
    cross join {{ ref("stg_control__run_parameters") }} as run_parameters
    where sources.has_landed
    union all
    select
        cast(least(min(data_from), min(data_until)) as date) as first_date,
        cast(greatest(max(data_from), max(data_until)) as date) as last_date
    from {{ ref("int_sources__reach") }}
)

select * from final
