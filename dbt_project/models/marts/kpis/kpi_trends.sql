{{ config(materialized="view") }}

with kpi_values as (
    select
        kpi_values.kpi_code,
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.scope_type,
        kpi_values.scope_key,
        kpi_values.value,
        kpi_values.target,
        kpi_values.status,
        kpi_values.is_complete,
        periods.period_number,
        periods.periods_per_year,
        case kpis.direction when 'up' then 1 else -1 end as sign
    from {{ of_this_file(ref("fct_kpi_values")) }} as kpi_values
    inner join {{ of_this_file(ref("dim_periods")) }} as periods
        on
            kpi_values.period_grain = periods.period_grain
            and kpi_values.period_start = periods.period_start
    inner join {{ of_this_file(ref("dim_kpi")) }} as kpis
        on kpi_values.kpi_code = kpis.kpi_code
),

-- Periods are numbered without gaps: a period without a row breaks no comparison of others.
compared as (
    select
        *,
        max(value) over previous as previous_value,
        max(value) over year_before as value_a_year_before,
        count(*) filter (where is_complete and status = 'green') over last_12 as periods_at_target,
        count(*) filter (where is_complete and target is not null and value is not null)
            over last_12 as periods_with_target
    from kpi_values
    window
        previous as (
            partition by kpi_code, period_grain, scope_type, scope_key
            order by period_number range between 1 preceding and 1 preceding
        ),
        year_before as (
            partition by kpi_code, period_grain, scope_type, scope_key
            order by period_number
            range between periods_per_year preceding and periods_per_year preceding
        ),
        last_12 as (
            partition by kpi_code, period_grain, scope_type, scope_key
            order by period_number range between 11 preceding and current row
        )
),

final as (
    select
        compared.kpi_code,
        compared.period_grain,
        compared.period_start,
        compared.scope_type,
        compared.scope_key,
        compared.value,
        compared.previous_value,
        compared.value - compared.previous_value as change,
        compared.value_a_year_before,
        compared.value - compared.value_a_year_before as change_on_year,
        case sign((compared.value - compared.previous_value) * compared.sign)
            when 1 then 'better'
            when 0 then 'same'
            when -1 then 'worse'
        end as trend,
        case sign((compared.value - compared.value_a_year_before) * compared.sign)
            when 1 then 'better'
            when 0 then 'same'
            when -1 then 'worse'
        end as trend_on_year,
        {{ exact_ratio("compared.periods_at_target", "compared.periods_with_target") }}
            as share_at_target_last_12
    from compared
)

select * from final
