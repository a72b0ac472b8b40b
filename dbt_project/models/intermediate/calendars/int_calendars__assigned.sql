with sources as (
    select * from {{ ref("int_sources__reach") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

departments as (
    select department_id as department_key
    from teams
    where department_id is not null
    union
    select 'unknown' as department_key
),

final as (
    select
        sources.source_system,
        departments.department_key,
        coalesce(special.calendar_code, usual.calendar_code) as calendar_code
    from sources
    cross join departments
    left join {{ ref("calendar_assignments") }} as usual
        on
            sources.source_system = usual.source_system
            and usual.department_key is null
    left join {{ ref("calendar_assignments") }} as special
        on
            sources.source_system = special.source_system
            and departments.department_key = special.department_key
    where coalesce(special.calendar_code, usual.calendar_code) is not null
)

select * from final
