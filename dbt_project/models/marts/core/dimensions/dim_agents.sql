with final as (
    select
        agent_key,
        agent_id,
        source_system,
        batch_id,
        source_row,
        valid_from,
        valid_to,
        is_current,
        agent_name,
        team_key,
        department_key,
        agent_role,
        skills,
        hired_on,
        left_on
    from {{ ref("int_agents__versions") }}
    union all
    select
        'unknown' as agent_key,
        'unknown' as agent_id,
        'unknown' as source_system,
        'unknown' as batch_id,
        null as source_row,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to,
        true as is_current,
        'unknown' as agent_name,
        'unknown' as team_key,
        'unknown' as department_key,
        null as agent_role,
        null as skills,
        null as hired_on,
        null as left_on
)

select * from final
