with tickets as (
    select * from {{ ref("int_tickets__deduplicated") }}
),

scopes as (
    select * from {{ ref("int_tickets__scopes") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

topic_skills as (
    select * from {{ ref("topic_skills") }}
),

-- Known where the assignee's skills are delivered and the topic says which one it takes.
final as (
    select
        tickets.ticket_id,
        tickets.exclusion_reason is null and agents.skills is not null
        and topic_skills.skill is not null as is_skill_known,
        coalesce(
            tickets.exclusion_reason is null
            and '|' || agents.skills || '|' like '%|' || topic_skills.skill || '|%',
            false
        ) as is_skill_matched
    from tickets
    inner join scopes
        on tickets.ticket_id = scopes.ticket_id
    left join agents
        on scopes.agent_key = agents.agent_key
    left join topic_skills
        on tickets.topic = topic_skills.topic
)

select * from final
