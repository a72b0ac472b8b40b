with used as (
    select
        'ticket_status' as vocabulary,
        status as code
    from {{ ref("fct_tickets") }}
    union
    select
        'exclusion_reason' as vocabulary,
        exclusion_reason as code
    from {{ ref("fct_tickets") }}
    union
    select
        'sla_exemption_reason' as vocabulary,
        sla_exemption_reason as code
    from {{ ref("fct_tickets") }}
    union
    select
        'pause_reason' as vocabulary,
        to_value as code
    from {{ ref("fct_ticket_events") }}
    where event_type = 'waiting_started'
    union
    select
        'event_type' as vocabulary,
        event_type as code
    from {{ ref("fct_ticket_events") }}
    union
    select
        'actor_type' as vocabulary,
        actor_type as code
    from {{ ref("fct_ticket_events") }}
    union
    select
        'survey_type' as vocabulary,
        survey_type as code
    from {{ ref("fct_survey_responses") }}
    union
    select
        'hygiene_reason' as vocabulary,
        hygiene_reason as code
    from {{ ref("fct_survey_responses") }}
    union
    select
        'complaint_stage' as vocabulary,
        stage as code
    from {{ ref("fct_complaint_events") }}
    union
    select
        'order_status' as vocabulary,
        status as code
    from {{ ref("fct_orders") }}
    union
    select
        'inspector_kind' as vocabulary,
        inspector_kind as code
    from {{ ref("fct_qa_reviews") }}
    union
    select
        'inspection_kind' as vocabulary,
        inspection_kind as code
    from {{ ref("fct_qa_reviews") }}
    union
    select
        'action_stage' as vocabulary,
        action_stage as code
    from {{ ref("fct_improvement_actions") }}
    union
    select
        'touchpoint' as vocabulary,
        touchpoint as code
    from {{ ref("request_types") }}
    union
    select
        'phase' as vocabulary,
        phase as code
    from {{ ref("request_types") }}
    union
    select
        'action_kind' as vocabulary,
        action_kind as code
    from {{ ref("fct_improvement_actions") }}
    union
    select
        'rating' as vocabulary,
        rating as code
    from {{ ref("fct_appraisals") }}
    union
    select
        'agent_role' as vocabulary,
        agent_role as code
    from {{ ref("dim_agents") }}
)

select
    used.vocabulary,
    used.code
from used
left join {{ ref("vocabularies") }} as known
    on
        used.vocabulary = known.vocabulary
        and used.code = known.code
where used.code <> 'unknown' and known.code is null
