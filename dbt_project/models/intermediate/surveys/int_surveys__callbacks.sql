with surveys as (
    select
        *,
        coalesce(sent_at, responded_at) as called_at
    from {{ ref("int_surveys__deduplicated") }}
    where survey_type = 'callback' and hygiene_reason is null
),

answers as (
    select * from {{ ref("int_survey_answers__deduplicated") }}
),

events as (
    select * from {{ ref("int_ticket_events__ordered") }}
),

milestones as (
    select * from {{ ref("int_tickets__milestones") }}
),

asked as (
    select
        surveys.survey_id,
        surveys.ticket_id,
        surveys.called_at,
        answers.score = 1 as is_solved_said,
        milestones.resolved_at
    from surveys
    inner join answers
        on
            surveys.survey_id = answers.survey_id
            and answers.item_code = 'solved'
            and answers.score in (0, 1)
    inner join milestones
        on surveys.ticket_id = milestones.ticket_id
),

-- What the agent said is what the ticket's last such event before the call said: a customer who
-- says no has it reopened, and resolved once more, afterwards.
told as (
    select
        asked.survey_id,
        max_by(events.event_type, events.event_number) as last_said
    from asked
    inner join events
        on
            asked.ticket_id = events.ticket_id
            and events.event_type in ('resolved', 'reopened')
            and asked.called_at >= events.event_at
    group by asked.survey_id
),

final as (
    select
        asked.survey_id,
        asked.is_solved_said,
        coalesce(told.last_said = 'resolved', asked.resolved_at <= asked.called_at, false)
            as is_resolved_said
    from asked
    left join told
        on asked.survey_id = told.survey_id
)

select * from final
