with agents as (
    select * from {{ ref("dim_agents") }}
),

agent_days as (
    select * from {{ ref("fct_agent_days") }}
),

trainings as (
    select * from {{ ref("fct_trainings") }}
),

covered as (
    select
        source_system,
        min(work_date) as first_date
    from agent_days
    where handled_tickets > 0
    group by source_system
),

persons as (
    select
        agent_id,
        source_system,
        min(hired_on) as hired_date
    from agents
    group by agent_id, source_system
),

first_solos as (
    select
        agent_id,
        min(work_date) as first_solo_date
    from agent_days
    where solo_tickets > 0
    group by agent_id
),

tests as (
    select
        agent_id,
        min(held_date) filter (where training_kind = 'theory_test' and is_passed) as theory_date,
        min(held_date) filter (where training_kind = 'practical_test' and is_passed)
            as practical_date
    from trainings
    where training_kind in ('theory_test', 'practical_test')
    group by agent_id
),

test_counts as (
    select count(*) as tested_agents
    from tests
),

-- New is who was hired since the source's tickets begin: of others the first ticket is not known.
final as (
    select
        persons.agent_id as onboarding_key,
        persons.source_system,
        agents.agent_key,
        persons.agent_id,
        agents.team_key,
        agents.department_key,
        persons.hired_date,
        first_solos.first_solo_date,
        cast(first_solos.first_solo_date - persons.hired_date as bigint) as onboarding_days,
        tests.theory_date as theory_passed_date,
        tests.practical_date as practical_passed_date,
        true as is_on_duty,
        test_counts.tested_agents > 0 as is_certification_due,
        coalesce(
            tests.theory_date < first_solos.first_solo_date
            and tests.practical_date < first_solos.first_solo_date,
            false
        ) as is_certified_before_duty
    from persons
    inner join covered
        on
            persons.source_system = covered.source_system
            and persons.hired_date >= covered.first_date
    inner join first_solos
        on
            persons.agent_id = first_solos.agent_id
            and persons.hired_date <= first_solos.first_solo_date
    inner join agents
        on
            persons.agent_id = agents.agent_id
            and cast(first_solos.first_solo_date as timestamp) >= agents.valid_from
            and cast(first_solos.first_solo_date as timestamp) < agents.valid_to
    left join tests
        on persons.agent_id = tests.agent_id
    cross join test_counts
)

select * from final
