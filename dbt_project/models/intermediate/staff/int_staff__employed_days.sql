with agents as (
    select * from {{ ref("int_agents__versions") }}
),

trainings as (
    select * from {{ ref("int_trainings__deduplicated") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

days as (
    select * from {{ ref("int_calendar__days") }}
),

persons as (
    select
        agent_id,
        min(source_system) as source_system,
        min(hired_on) as hired_on,
        coalesce(max(left_on), date '9999-12-31') as left_on
    from agents
    group by agent_id
),

-- Whose agents somebody trains, from the first course until the training source's data end. A
-- source of dates reaches to the midnight behind its last day.
covered as (
    select
        persons.source_system,
        min(trainings.held_on) as first_date,
        cast(max(sources.data_until - interval 1 second) as date) as last_date
    from trainings
    inner join persons
        on trainings.agent_id = persons.agent_id
    inner join sources
        on trainings.source_system = sources.source_system
    where trainings.training_kind = 'course'
    group by persons.source_system
),

final as (
    select
        persons.agent_id,
        days.date_day as employed_on
    from persons
    inner join covered
        on persons.source_system = covered.source_system
    inner join days
        on
            greatest(persons.hired_on, covered.first_date) <= days.date_day
            and covered.last_date >= days.date_day
            and persons.left_on > days.date_day
    where persons.hired_on is not null
)

select * from final
