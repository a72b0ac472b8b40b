with contacts as (
    select * from {{ ref("int_planned_contacts__deduplicated") }}
),

agents as (
    select * from {{ ref("int_agents__versions") }}
),

customers as (
    select * from {{ ref("int_customers__versions") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

final as (
    select
        contacts.contact_id as contact_key,
        contacts.source_system,
        contacts.batch_id,
        contacts.source_row,
        contacts.natural_id as contact_id,
        coalesce(agents.agent_key, 'unknown') as agent_key,
        coalesce(agents.agent_id, 'unknown') as agent_id,
        coalesce(agents.team_key, 'unknown') as team_key,
        coalesce(agents.department_key, 'unknown') as department_key,
        coalesce(customers.customer_key, 'unknown') as customer_key,
        coalesce(contacts.customer_id, 'unknown') as customer_id,
        coalesce(customers.region, 'unknown') as region_key,
        coalesce(customers.segment, 'unknown') as segment_key,
        coalesce(customers.company_size, 'unknown') as company_size_key,
        coalesce(customers.value_tier, 'unknown') as value_tier_key,
        coalesce(customers.language, 'unknown') as language_key,
        contacts.contact_kind,
        contacts.due_on as due_date,
        contacts.done_at,
        {{ local_date("contacts.done_at", "parameters.reporting_time_zone") }} as done_date,
        coalesce(contacts.due_on <= sources.data_until_date, false) as is_due,
        coalesce(contacts.due_on <= sources.data_until_date, false) and contacts.done_at is not null
            as is_done
    from contacts
    left join agents
        on
            contacts.agent_id = agents.agent_id
            and cast(contacts.due_on as timestamp) >= agents.valid_from
            and cast(contacts.due_on as timestamp) < agents.valid_to
    left join customers
        on
            contacts.customer_id = customers.customer_id
            and cast(contacts.due_on as timestamp) >= customers.valid_from
            and cast(contacts.due_on as timestamp) < customers.valid_to
    left join sources
        on contacts.source_system = sources.source_system
    cross join parameters
)

select * from final
