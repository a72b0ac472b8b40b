with valued as (
    select
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.scope_type,
        kpi_values.scope_key,
        count(*) as value_count
    from {{ ref("fct_kpi_values") }} as kpi_values
    inner join {{ ref("dim_kpi") }} as kpis
        on kpi_values.kpi_code = kpis.kpi_code
    where
        kpi_values.value is not null
        and kpi_values.period_grain <> 'day'
        and kpis.is_activity
    group by
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.scope_type,
        kpi_values.scope_key
),

periods as (
    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.period_number,
        periods.periods_per_year
    from {{ ref("dim_periods") }} as periods
    inner join {{ ref("dim_builds") }} as builds
        on periods.period_end <= builds.last_complete_date
),

members as (
    select
        audience,
        scope_type,
        member_key,
        member_name,
        team_name,
        department_name,
        from_date,
        before_date
    from {{ ref("scorecard_members") }}
),

-- How many of the newest periods have a scorecard (decision 0046).
reach as (
    select
        reach.period_grain,
        reach.periods,
        reach.periods_of_agents
    from (
        values
        ('week', 13, 0),
        ('month', 120, 3),
        ('quarter', 40, 2),
        ('half_year', 20, 1),
        ('year', 10, 1)
    ) as reach (period_grain, periods, periods_of_agents)
),

final as (
    select
        members.audience,
        members.member_key,
        members.member_name,
        members.team_name,
        members.department_name,
        members.scope_type,
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.period_number,
        periods.periods_per_year,
        valued.value_count,
        max(periods.period_number) over (partition by periods.period_grain) - periods.period_number
        < case members.audience when 'agent' then reach.periods_of_agents else reach.periods end
            as is_due
    from valued
    inner join periods
        on
            valued.period_grain = periods.period_grain
            and valued.period_start = periods.period_start
    inner join members
        on
            valued.scope_type = members.scope_type
            and valued.scope_key = members.member_key
            and periods.period_end >= members.from_date
            and periods.period_end < members.before_date
    inner join reach on valued.period_grain = reach.period_grain
)

select * from final
