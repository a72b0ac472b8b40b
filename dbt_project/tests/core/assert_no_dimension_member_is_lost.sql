-- Every delivered key is one member (customers and agents: with all its versions).
with counted as (
    select
        'dim_customers' as dimension,
        (
            select count(distinct source_system || '|' || customer_id)
            from {{ ref("int_customers__unioned") }}
        ) as keys_in,
        (
            select count(distinct customer_id)
            from {{ ref("dim_customers") }}
            where customer_id <> 'unknown'
        ) as members_out
    union all
    select
        'dim_agents' as dimension,
        (
            select count(distinct source_system || '|' || agent_id)
            from {{ ref("int_agents__unioned") }}
        ) as keys_in,
        (
            select count(distinct agent_id)
            from {{ ref("dim_agents") }}
            where agent_id <> 'unknown'
        ) as members_out
    union all
    select
        'dim_teams' as dimension,
        (
            select count(distinct source_system || '|' || team_id)
            from {{ ref("int_teams__unioned") }}
        ) as keys_in,
        (
            select count(distinct team_key)
            from {{ ref("dim_teams") }}
            where team_key <> 'unknown'
        ) as members_out
    union all
    select
        'dim_products' as dimension,
        (
            select count(distinct source_system || '|' || product_id)
            from {{ ref("int_products__unioned") }}
        ) as keys_in,
        (
            select count(distinct product_key)
            from {{ ref("dim_products") }}
            where product_key <> 'unknown'
        ) as members_out
)

select * from counted
where keys_in <> members_out
