with answers as (
    select
        'service_consistency' as kpi_code,
        responded_date as date_day,
        department_key,
        team_key,
        agent_id,
        channel_key,
        location_key,
        cast(round(csat_points * 100) as bigint) as hundredths
    from {{ ref("fct_survey_responses") }}
    where is_csat_answer
    union all
    select
        'service_consistency_qa' as kpi_code,
        reviewed_date as date_day,
        department_key,
        team_key,
        agent_id,
        channel_key,
        location_key,
        cast({{ exact_ratio("weighted_score", "rated_weight", digits=2) }} * 100 as bigint)
            as hundredths
    from {{ ref("fct_qa_reviews") }}
    where is_rated
),

period_days as (
    select
        date_day,
        period_grain,
        period_start
    from {{ ref("kpi_period_days") }}
    where period_grain <> 'day'
),

comparisons as (
    select comparisons.comparison
    from
        (values ('agent'), ('channel'), ('location'), ('weekday'), ('department'), ('team'))
            as comparisons (comparison)
),

-- Each answer once per comparison: in the set of answers compared, as one of its members.
compared as (
    select
        answers.kpi_code,
        answers.date_day,
        answers.hundredths,
        case
            when comparisons.comparison in ('department', 'team') then comparisons.comparison
            else 'spread_between'
        end as scope_type,
        case comparisons.comparison
            when 'department' then answers.department_key
            when 'team' then answers.team_key
            else comparisons.comparison
        end as scope_key,
        case comparisons.comparison
            when 'channel' then answers.channel_key
            when 'location' then answers.location_key
            when 'weekday' then cast(extract(isodow from answers.date_day) as varchar)
            else answers.agent_id
        end as member
    from answers
    cross join comparisons
),

members as (
    select
        compared.kpi_code,
        period_days.period_grain,
        period_days.period_start,
        compared.scope_type,
        compared.scope_key,
        compared.member,
        count(*) as n,
        sum(compared.hundredths) as total,
        sum(compared.hundredths * compared.hundredths) as squared
    from compared
    inner join period_days on compared.date_day = period_days.date_day
    where compared.member <> 'unknown'
    group by
        compared.kpi_code,
        period_days.period_grain,
        period_days.period_start,
        compared.scope_type,
        compared.scope_key,
        compared.member
),

sets as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        sum(n) as n,
        sum(n * n) as pairs,
        sum(n) * sum(squared) - sum(total) * sum(total) as spread,
        sum(n * squared - total * total) as spread_within
    from members
    group by kpi_code, period_grain, period_start, scope_type, scope_key
),

-- Half the mean squared difference of two answers of different members, less that of two answers
-- of the same member (decision 0027), in hundredths squared; a negative estimate is none.
estimated as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        n,
        {{ root_of_ratio(
            "((spread - spread_within) * (pairs - n) - spread_within * (n * n - pairs))",
            "((n * n - pairs) * (pairs - n))"
        ) }} as deviation
    from sets
    where pairs > n and n * n > pairs
),

listed as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        n,
        deviation
    from estimated
    union all
    select
        kpi_code,
        period_grain,
        period_start,
        'organisation' as scope_type,
        'all' as scope_key,
        n,
        deviation
    from estimated
    where scope_type = 'spread_between' and scope_key = 'agent'
),

final as (
    select
        kpi_code,
        period_grain,
        period_start,
        scope_type,
        scope_key,
        cast(deviation * 100 as decimal(38, 6)) as numerator,
        cast(1 as decimal(38, 6)) as denominator,
        cast(n as bigint) as n,
        cast(null as decimal(38, 6)) as squares,
        cast(null as decimal(18, 6)) as percentile_value
    from listed
)

select * from final
