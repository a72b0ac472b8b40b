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

final as (
    select
        reviews.review_id as review_key,
        reviews.source_system,
        reviews.batch_id,
        reviews.source_row,
        reviews.natural_id as review_id,
        case when reviews.ticket_id is not null then coalesce(tickets.ticket_id, 'unknown') end
            as ticket_key,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(agents.team_key, 'unknown') as team_key,
        coalesce(agents.department_key, 'unknown') as department_key,
        coalesce(tickets.channel_key, 'unknown') as channel_key,
        coalesce(tickets.customer_key, 'unknown') as customer_key,
        coalesce(tickets.customer_id, 'unknown') as customer_id,
        coalesce(tickets.product_key, 'unknown') as product_key,
        coalesce(tickets.request_type_key, 'unknown') as request_type_key,
        coalesce(tickets.touchpoint_key, 'unknown') as touchpoint_key,
        coalesce(tickets.phase_key, 'unknown') as phase_key,
        coalesce(tickets.priority_key, 'unknown') as priority_key,
        coalesce(tickets.region_key, 'unknown') as region_key,
        coalesce(agents.location_key, 'unknown') as location_key,
        coalesce(tickets.segment_key, 'unknown') as segment_key,
        coalesce(tickets.company_size_key, 'unknown') as company_size_key,
        coalesce(tickets.value_tier_key, 'unknown') as value_tier_key,
        coalesce(tickets.language_key, 'unknown') as language_key,
        coalesce(reviews.inspector_id, 'unknown') as inspector_id,
        coalesce(reviews.inspector_kind, 'unknown') as inspector_kind,
        coalesce(reviews.inspection_kind, 'unknown') as inspection_kind,
        reviews.reviewed_at,
        {{ local_date("reviews.reviewed_at", "parameters.reporting_time_zone") }} as reviewed_date,
        scored.rated_weight,
        scored.weighted_score,
        coalesce(scored.has_critical_error, false) as has_critical_error,
        coalesce(scored.is_error_known, false) as is_error_known,
        scored.rated_weight is not null as is_rated
    from reviews
    left join scored
        on reviews.review_id = scored.review_id
    left join tickets
        on reviews.ticket_id = tickets.ticket_id
    -- The agent reviewed, else the ticket's handler, as they stand at the review.
    left join agents
        on
            coalesce(reviews.agent_id, tickets.agent_id) = agents.agent_id
            and reviews.reviewed_at >= agents.valid_from
            and reviews.reviewed_at < agents.valid_to
    cross join parameters
)

select * from final
