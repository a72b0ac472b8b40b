{{ config(materialized="table") }}

with memberships as (
    select * from {{ ref("int_customers__memberships") }}
),

contacts as (
    select * from {{ ref("int_customers__contacts") }}
),

people as (
    select distinct
        customer_key,
        customer_id,
        source_system,
        segment,
        company_size,
        value_tier,
        region,
        language
    from memberships
),

-- A contact keeps a customer active on the days after it, as many as the rule of its own day says.
known as (
    select
        contacts.customer_id,
        contacts.contact_on,
        memberships.inactive_days,
        cast(contacts.contact_on + memberships.inactive_days as date) as active_on_last,
        memberships.source_system
    from contacts
    inner join memberships
        on
            contacts.customer_id = memberships.customer_id
            and contacts.contact_on >= memberships.from_on
            and contacts.contact_on < memberships.until_on
),

-- A contact within these days prolongs the run.
begun as (
    select
        *,
        coalesce(
            contact_on > max(active_on_last) over (
                partition by customer_id order by contact_on
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_new_run
    from known
),

numbered as (
    select
        *,
        count(*) filter (where is_new_run) over (
            partition by customer_id order by contact_on rows unbounded preceding
        ) as run_number
    from begun
),

runs as (
    select
        customer_id,
        min(contact_on) + 1 as from_on,
        max(active_on_last) + 1 as until_on
    from numbered
    group by customer_id, run_number
),

-- Who was active before the data begin is not known, so no span begins before them.
begins as (
    select
        source_system,
        min(contact_on) as begins_on,
        cast(min(contact_on) + max(inactive_days) as date) as base_known_from_on
    from known
    group by source_system
),

spans as (
    select
        customer_key,
        greatest(from_on, contract_from_on) as from_on,
        least(until_on, contract_until_on + 1) as until_on
    from memberships
    where is_by_contract and is_allowed
    union all
    select
        memberships.customer_key,
        greatest(memberships.from_on, runs.from_on) as from_on,
        least(memberships.until_on, runs.until_on) as until_on
    from memberships
    inner join runs
        on memberships.customer_id = runs.customer_id
    where not memberships.is_by_contract and memberships.is_allowed
),

final as (
    select
        people.customer_key,
        people.customer_id,
        people.source_system,
        people.segment,
        people.company_size,
        people.value_tier,
        people.region,
        people.language,
        greatest(spans.from_on, begins.begins_on) as active_from_on,
        spans.until_on as active_until_on,
        begins.begins_on as base_begins_on,
        begins.base_known_from_on
    from spans
    inner join people
        on spans.customer_key = people.customer_key
    inner join begins
        on people.source_system = begins.source_system
    where spans.from_on < spans.until_on and spans.until_on > begins.begins_on
)

select * from final
