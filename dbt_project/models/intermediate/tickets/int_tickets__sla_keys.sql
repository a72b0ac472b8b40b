{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

priorities as (
    select * from {{ ref("int_tickets__priorities") }}
),

scopes as (
    select * from {{ touched(ref("int_tickets__scopes")) }}
),

policies as (
    select * from {{ ref("sla_policies") }}
),

changes as (
    select valid_from as from_date
    from policies
    union
    select valid_to as from_date
    from policies
    where valid_to is not null
),

-- Between two changes of the matrix every day chooses alike.
editions as (
    select
        from_date,
        lead(from_date, 1, date '9999-12-31') over (order by from_date) as until_date
    from changes
),

final as (
    select
        tickets.ticket_id,
        editions.from_date as sla_edition,
        scopes.request_type_key,
        scopes.channel_key,
        coalesce(tickets.complexity, 'unknown') as complexity,
        scopes.company_size_key as company_size,
        scopes.value_tier_key as value_tier,
        priorities.first_response_priority,
        priorities.resolution_priority
    from tickets
    inner join priorities
        on tickets.ticket_id = priorities.ticket_id
    inner join scopes
        on tickets.ticket_id = scopes.ticket_id
    left join editions
        on
            priorities.created_date >= editions.from_date
            and priorities.created_date < editions.until_date
)

select * from final
