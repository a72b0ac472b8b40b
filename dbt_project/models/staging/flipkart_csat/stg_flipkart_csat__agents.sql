with contacts as (
    select * from {{ ref('stg_flipkart_csat__contacts') }}
),

agents as (
    select
        agent_name as agent_id,
        min(reported_at) over (partition by agent_name) as effective_at,
        agent_name,
        team_id,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from contacts
    where agent_name is not null
    qualify
        row_number() over (partition by agent_name order by reported_at desc, contact_id desc) = 1
)

select * from agents
