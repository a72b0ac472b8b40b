{{ config(materialized="table") }}

with final as (
    select
        'agent' as member_type,
        member_id
    from ({{ changed_members(ref("int_agents__versions"), "agent_id") }}) as agents
    union all
    select
        'team' as member_type,
        member_id
    from ({{ changed_members(ref("int_teams__deduplicated"), "team_id") }}) as teams
    union all
    select
        'customer' as member_type,
        member_id
    from ({{ changed_members(ref("int_customers__versions"), "customer_id") }}) as customers
    union all
    select
        'product' as member_type,
        member_id
    from ({{ changed_members(ref("int_products__deduplicated"), "product_id") }}) as products
)

select * from final
