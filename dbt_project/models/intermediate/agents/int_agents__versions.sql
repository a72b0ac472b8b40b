{{ config(materialized="table") }}

with delivered as (
    {{ newest_rows("agents", ["agent_id", "effective_at"], ref("int_agents__unioned")) }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

dated as (
    select
        *,
        coalesce(effective_at, timestamp '1900-01-01 00:00:00') as starts_at,
        concat_ws(
            '|',
            coalesce(agent_name, '-'),
            coalesce(team_id, '-'),
            coalesce(agent_role, '-'),
            coalesce(skills, '-'),
            coalesce(cast(hired_on as varchar), '-'),
            coalesce(cast(left_on as varchar), '-')
        ) as attributes
    from delivered
),

changed as (
    select *
    from dated
    qualify
        attributes <> lag(attributes, 1, '') over (partition by agent_id order by starts_at asc)
),

spanned as (
    select
        *,
        case
            when row_number() over (partition by agent_id order by starts_at asc) = 1
                then timestamp '1900-01-01 00:00:00'
            else starts_at
        end as valid_from,
        lead(starts_at, 1, timestamp '9999-12-31 00:00:00')
            over (partition by agent_id order by starts_at asc)
            as valid_to
    from changed
),

final as (
    select
        spanned.agent_id || '@' || translate(cast(spanned.valid_from as varchar), '-: ', '')
            as agent_key,
        spanned.agent_id,
        spanned.source_system,
        spanned.batch_id,
        spanned.source_row,
        spanned.valid_from,
        spanned.valid_to,
        spanned.valid_to = timestamp '9999-12-31 00:00:00' as is_current,
        spanned.agent_name,
        coalesce(teams.team_id, 'unknown') as team_key,
        coalesce(teams.department_id, 'unknown') as department_key,
        coalesce(teams.location_name, 'unknown') as location_key,
        spanned.agent_role,
        spanned.skills,
        spanned.hired_on,
        spanned.left_on
    from spanned
    left join teams
        on spanned.team_id = teams.team_id
)

select * from final
