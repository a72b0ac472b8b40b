with members as (
    select
        'dim_customers' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_customers") }}
    where customer_key = 'unknown'
    union all
    select
        'dim_agents' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_agents") }}
    where agent_key = 'unknown'
    union all
    select
        'dim_teams' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_teams") }}
    where team_key = 'unknown'
    union all
    select
        'dim_departments' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_departments") }}
    where department_key = 'unknown'
    union all
    select
        'dim_channels' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_channels") }}
    where channel_key = 'unknown'
    union all
    select
        'dim_priorities' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_priorities") }}
    where priority_key = 'unknown'
    union all
    select
        'dim_request_types' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_request_types") }}
    where request_type_key = 'unknown'
    union all
    select
        'dim_complaint_types' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_complaint_types") }}
    where complaint_type_key = 'unknown'
    union all
    select
        'dim_products' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_products") }}
    where product_key = 'unknown'
    union all
    select
        'dim_deliveries' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_deliveries") }}
    where batch_id = 'unknown'
    union all
    select
        'dim_sources' as dimension,
        count(*) as unknown_members
    from {{ ref("dim_sources") }}
    where source_system = 'unknown'
)

select * from members
where unknown_members <> 1
