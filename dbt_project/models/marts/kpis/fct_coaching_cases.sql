with standings as (
    select
        period_start,
        period_end,
        agent_id,
        team_key,
        department_key
    from {{ ref("kpi_agent_standings") }}
    where kpi_code = 'qa_score' and period_grain = 'month' and is_below_warning
),

coachings as (
    select
        action_key,
        agent_id,
        opened_date
    from {{ ref("fct_improvement_actions") }}
    where action_kind = 'coaching'
),

-- Where coaching is never delivered, nobody knows whether it took place.
feeds as (
    select count(*) > 0 as is_coaching_known
    from coachings
),

cases as (
    select
        later.agent_id,
        later.team_key,
        later.department_key,
        earlier.period_start as first_month_start,
        later.period_start as second_month_start,
        later.period_end as second_month_end
    from standings as later
    inner join standings as earlier
        on
            later.agent_id = earlier.agent_id
            and later.period_start = earlier.period_end + 1
),

started as (
    select
        cases.agent_id,
        cases.second_month_start,
        coachings.action_key
    from cases
    inner join coachings
        on
            cases.agent_id = coachings.agent_id
            and cases.first_month_start <= coachings.opened_date
            and cases.second_month_end + 30 >= coachings.opened_date
    qualify
        row_number() over (
            partition by cases.agent_id, cases.second_month_start
            order by coachings.opened_date asc, coachings.action_key asc
        ) = 1
),

final as (
    select
        cases.agent_id || '@' || translate(cast(cases.second_month_start as varchar), '-', '')
            as coaching_case_key,
        split_part(cases.agent_id, ':', 1) as source_system,
        cases.agent_id,
        cases.team_key,
        cases.department_key,
        cases.first_month_start,
        cases.second_month_start,
        cases.second_month_end,
        started.action_key,
        feeds.is_coaching_known,
        started.action_key is not null as is_coached
    from cases
    cross join feeds
    left join started
        on
            cases.agent_id = started.agent_id
            and cases.second_month_start = started.second_month_start
)

select * from final
