{{ config(materialized="table") }}

with memberships as (
    select * from {{ ref("int_customers__memberships") }}
),

contacts as (
    select * from {{ ref("int_customers__contacts") }}
),

waits as (
    select
        customer_id,
        max(inactive_days) as inactive_days,
        any_value(source_system) as source_system
    from memberships
    group by customer_id
),

-- A contact keeps a customer active on the days after it; a contact within them prolongs the run.
known as (
    select
        contacts.customer_id,
        contacts.contact_on,
        waits.inactive_days,
        waits.source_system,
        coalesce(
            contacts.contact_on > lag(contacts.contact_on) over (
                partition by contacts.customer_id order by contacts.contact_on
            ) + waits.inactive_days,
            true
        ) as is_new_run
    from contacts
    inner join waits
        on contacts.customer_id = waits.customer_id
),

numbered as (
    select
        *,
        count(*) filter (where is_new_run) over (
            partition by customer_id order by contact_on rows unbounded preceding
        ) as run_number
    from known
),

runs as (
    select
        customer_id,
        min(contact_on) + 1 as from_on,
        cast(max(contact_on) + max(inactive_days) + 1 as date) as until_on
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
        memberships.customer_key,
        memberships.customer_id,
        memberships.source_system,
        memberships.segment,
        memberships.company_size,
        memberships.value_tier,
        memberships.region,
        memberships.language,
        greatest(spans.from_on, begins.begins_on) as active_from_on,
        spans.until_on as active_until_on,
        begins.begins_on as base_begins_on,
        begins.base_known_from_on
    from spans
    inner join memberships
        on spans.customer_key = memberships.customer_key
    inner join begins
        on memberships.source_system = begins.source_system
    where spans.from_on < spans.until_on and spans.until_on > begins.begins_on
)

select * from final
