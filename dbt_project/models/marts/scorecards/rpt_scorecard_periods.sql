with kpi_values as (
    select
        period_grain,
        period_start,
        scope_type,
        scope_key
    from {{ ref("fct_kpi_values") }}
    where value is not null
),

periods as (
    select
        period_grain,
        period_start,
        period_end,
        period_number
    from {{ ref("dim_periods") }}
),

builds as (
    select last_complete_date
    from {{ ref("dim_builds") }}
),

teams as (
    select
        teams.team_key,
        teams.team_name,
        departments.department_name
    from {{ ref("dim_teams") }} as teams
    inner join {{ ref("dim_departments") }} as departments
        on teams.department_key = departments.department_key
    where teams.team_key <> 'unknown'
),

members as (
    select
        'executive' as audience,
        'organisation' as scope_type,
        'all' as member_key,
        cast(null as varchar) as team_name,
        cast(null as varchar) as department_name
    union all
    select
        'team' as audience,
        'team' as scope_type,
        team_key as member_key,
        team_name,
        department_name
    from teams
),

final as (
    select
        members.audience,
        members.member_key,
        members.team_name,
        members.department_name,
        members.scope_type,
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.period_number,
        count(*) as value_count
    from kpi_values
    inner join members
        on
            kpi_values.scope_type = members.scope_type
            and kpi_values.scope_key = members.member_key
    inner join periods
        on
            kpi_values.period_grain = periods.period_grain
            and kpi_values.period_start = periods.period_start
    cross join builds
    where
        periods.period_grain in ('week', 'month')
        and periods.period_end <= builds.last_complete_date
    group by
        members.audience, members.member_key, members.team_name, members.department_name,
        members.scope_type, periods.period_grain, periods.period_start, periods.period_end,
        periods.period_number
)

select * from final
