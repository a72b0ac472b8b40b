with referring as (
    select
        'fct_tickets' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_tickets") }}
    union all
    select
        'fct_ticket_events' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_ticket_events") }}
    union all
    select
        'fct_survey_responses' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_survey_responses") }}
    union all
    select
        'fct_complaints' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_complaints") }}
    union all
    select
        'fct_orders' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_orders") }}
    union all
    select
        'fct_qa_reviews' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_qa_reviews") }}
    union all
    select
        'fct_calls' as fact_name,
        source_system,
        agent_key,
        team_key,
        department_key,
        channel_key,
        customer_key
    from {{ ref("fct_calls") }}
),

final as (
    select
        fact_name || ', ' || source_system as unknown_members_key,
        fact_name,
        source_system,
        count(*) as row_count,
        count(*) filter (where agent_key = 'unknown') as unknown_agent_count,
        count(*) filter (where team_key = 'unknown') as unknown_team_count,
        count(*) filter (where department_key = 'unknown') as unknown_department_count,
        count(*) filter (where channel_key = 'unknown') as unknown_channel_count,
        count(*) filter (where customer_key = 'unknown') as unknown_customer_count
    from referring
    group by fact_name, source_system
)

select * from final
