with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

scopes as (
    select * from {{ touched(ref("int_tickets__scopes")) }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

topic_skills as (
    select * from {{ ref("topic_skills") }}
),

-- Known where the assignee's skills are delivered and a rule of the day names the topic's.
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
    left join milestones
        on tickets.ticket_id = milestones.ticket_id
    left join topic_skills
        on
            tickets.topic = topic_skills.topic
            and milestones.created_date >= topic_skills.valid_from
            and milestones.created_date < coalesce(topic_skills.valid_to, date '9999-12-31')
)

select * from final
