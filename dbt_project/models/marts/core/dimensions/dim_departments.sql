with teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

named as (
    select
        department_id,
        max(department_name) as department_name
    from teams
    where department_id is not null
    group by department_id
    union all
    select distinct
        department_id,
        null as department_name
    from complaints
    where department_id is not null
),

departments as (
    select
        department_id as department_key,
        substr(department_id, position(':' in department_id) + 1) as department_id,
        substr(department_id, 1, position(':' in department_id) - 1) as source_system,
        max(department_name) as department_name
    from named
    group by department_id
),

final as (
    select
        department_key,
        department_id,
        source_system,
        coalesce(department_name, department_id) as department_name
    from departments
    union all
    select
        'unknown' as department_key,
        'unknown' as department_id,
        'unknown' as source_system,
        'unknown' as department_name
)

select * from final
