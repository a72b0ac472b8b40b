with reviews as (
    select * from {{ ref("int_qa_reviews__deduplicated") }}
),

scored as (
    select * from {{ ref("int_qa_reviews__scored") }}
),

tickets as (
    select * from {{ ref("int_tickets__scopes") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

joined as (
    select
        reviews.*,
        tickets.ticket_id as known_ticket_id,
        tickets.channel_key,
        tickets.customer_key,
        tickets.customer_id,
        {{ local_date("reviews.reviewed_at", "parameters.reporting_time_zone") }} as reviewed_date,
        -- The ticket's handler is judged as they stood then, another agent as at the review.
        coalesce(reviews.agent_id is null or reviews.agent_id = tickets.agent_id, false)
            as is_handler,
        tickets.agent_key as handler_key,
        tickets.agent_id as handler_id,
        tickets.team_key as handler_team_key,
        tickets.department_key as handler_department_key,
        agents.agent_key,
        agents.agent_id as known_agent_id,
        agents.team_key,
        agents.department_key
    from reviews
    left join tickets
        on reviews.ticket_id = tickets.ticket_id
    left join agents
        on
            reviews.agent_id = agents.agent_id
            and reviews.reviewed_at >= agents.valid_from
            and reviews.reviewed_at < agents.valid_to
    cross join parameters
),

final as (
    select
        joined.review_id as review_key,
        joined.source_system,
        joined.batch_id,
        joined.source_row,
        joined.natural_id as review_id,
        case when joined.ticket_id is not null then coalesce(joined.known_ticket_id, 'unknown') end
            as ticket_key,
        coalesce(
            case when joined.is_handler then joined.handler_key else joined.agent_key end, 'unknown'
        ) as agent_key,
        coalesce(
            case when joined.is_handler then joined.handler_id else joined.known_agent_id end,
            'unknown'
        ) as agent_id,
        coalesce(
            case when joined.is_handler then joined.handler_team_key else joined.team_key end,
            'unknown'
        ) as team_key,
        coalesce(
            case
                when joined.is_handler then joined.handler_department_key else joined.department_key
            end,
            'unknown'
        )
            as department_key,
        coalesce(joined.channel_key, 'unknown') as channel_key,
        coalesce(joined.customer_key, 'unknown') as customer_key,
        coalesce(joined.customer_id, 'unknown') as customer_id,
        coalesce(joined.inspector_id, 'unknown') as inspector_id,
        coalesce(joined.inspector_kind, 'unknown') as inspector_kind,
        coalesce(joined.inspection_kind, 'unknown') as inspection_kind,
        joined.reviewed_at,
        joined.reviewed_date,
        scored.rated_weight,
        scored.weighted_score,
        coalesce(scored.has_critical_error, false) as has_critical_error,
        scored.rated_weight is not null as is_rated
    from joined
    left join scored
        on joined.review_id = scored.review_id
)

select * from final
