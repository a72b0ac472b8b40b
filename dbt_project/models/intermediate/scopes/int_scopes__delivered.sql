with customers as (
    select * from {{ ref("int_customers__versions") }}
),

teams as (
    select * from {{ ref("int_teams__deduplicated") }}
),

tickets as (
    select * from {{ ref("int_tickets__kinds") }}
),

complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

members as (
    select
        'location' as scope_type,
        location_name as scope_key
    from teams
    union distinct
    select
        'region' as scope_type,
        region as scope_key
    from customers
    union distinct
    select
        'segment' as scope_type,
        segment as scope_key
    from customers
    union distinct
    select
        'company_size' as scope_type,
        company_size as scope_key
    from customers
    union distinct
    select
        'value_tier' as scope_type,
        value_tier as scope_key
    from customers
    union distinct
    select
        'language' as scope_type,
        language as scope_key
    from customers
    union distinct
    select
        'language' as scope_type,
        language as scope_key
    from tickets
    union distinct
    select
        'root_cause' as scope_type,
        root_cause as scope_key
    from complaints
),

final as (
    select
        scope_type,
        scope_key
    from members
    where scope_key is not null
)

select * from final
