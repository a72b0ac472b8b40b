-- Points are weights in millionths times scores in 1 / 10,000; a score counts once it is final.
with lines as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_start,
        period_number,
        kpi_code,
        weight_millionths as weight,
        case when is_final and score_e4 is not null then weight_millionths else 0 end
            as weight_present,
        case when is_final and score_e4 is not null then weight_millionths * score_e4 else 0 end
            as points,
        is_final or score_e4 is null as is_settled
    from {{ ref("kpi_score_lines") }}
),

kpi_parts as (
    select
        kpis.kpi_code,
        parts.part_type,
        case parts.part_type
            when 'pillar' then kpis.pillar
            when 'aspect' then kpis.aspect
            when 'element' then kpis.element
            when 'kind' then kpis.kind
            when 'element_of_kind' then kpis.kind || '/' || kpis.element
            else 'all'
        end as part_code
    from {{ ref("dim_kpi") }} as kpis
    cross join (
        values ('overall'), ('pillar'), ('aspect'), ('element'), ('kind'), ('element_of_kind')
    ) as parts (part_type)
),

parts as (
    select
        lines.audience_code,
        lines.scope_type,
        lines.scope_key,
        lines.period_grain,
        lines.period_start,
        lines.period_number,
        kpi_parts.part_type,
        kpi_parts.part_code,
        sum(lines.points) as points,
        sum(lines.weight_present) as weight_present,
        {{ exact_ratio("sum(lines.weight_present)", "sum(lines.weight)") }}
            as share_of_weight_present,
        count(*) filter (where lines.weight_present > 0) as kpi_count,
        bool_and(lines.is_settled) as is_complete
    from lines
    inner join kpi_parts on lines.kpi_code = kpi_parts.kpi_code
    group by
        lines.audience_code, lines.scope_type, lines.scope_key, lines.period_grain,
        lines.period_start, lines.period_number, kpi_parts.part_type, kpi_parts.part_code
),

limits as (
    select
        periods.period_grain,
        periods.period_start,
        periods.periods_per_year,
        limits.target,
        limits.warning,
        limits.minimum_weight_present
    from {{ ref("dim_periods") }} as periods
    left join {{ ref("composite_limits") }} as limits
        on
            periods.period_end >= limits.valid_from
            and periods.period_end < coalesce(limits.valid_to, date '9999-12-31')
),

builds as (
    select build_id
    from {{ ref("dim_builds") }}
),

valued as (
    select
        parts.audience_code,
        parts.scope_type,
        parts.scope_key,
        parts.period_grain,
        parts.period_start,
        parts.period_number,
        limits.periods_per_year,
        parts.part_type,
        parts.part_code,
        parts.points,
        parts.weight_present,
        parts.share_of_weight_present,
        parts.kpi_count,
        parts.is_complete,
        limits.target,
        limits.warning,
        case
            when parts.share_of_weight_present >= limits.minimum_weight_present
                then
                    cast({{ whole_ratio("parts.points", "parts.weight_present") }} as decimal(9, 0))
                    * 0.0001
        end as value
    from parts
    inner join limits
        on
            parts.period_grain = limits.period_grain
            and parts.period_start = limits.period_start
),

final as (
    select
        valued.audience_code,
        valued.scope_type,
        valued.scope_key,
        valued.period_grain,
        valued.period_start,
        valued.part_type,
        valued.part_code,
        cast(cast(valued.points as decimal(28, 0)) * 0.0000000001 as decimal(38, 10)) as numerator,
        cast(cast(valued.weight_present as decimal(28, 0)) * 0.000001 as decimal(38, 6))
            as denominator,
        cast(valued.share_of_weight_present as decimal(9, 6)) as share_of_weight_present,
        valued.kpi_count,
        cast(valued.value as decimal(9, 4)) as value,
        case
            when valued.value is null then 'n/a'
            when valued.value >= valued.target then 'green'
            when valued.value >= valued.warning then 'amber'
            else 'red'
        end as status,
        valued.is_complete,
        cast(max(valued.value) over previous_period as decimal(9, 4)) as previous_value,
        cast(max(valued.value) over previous_year as decimal(9, 4)) as previous_year_value,
        builds.build_id
    from valued
    cross join builds
    window
        previous_period as (
            partition by
                valued.audience_code, valued.scope_type, valued.scope_key, valued.part_type,
                valued.part_code, valued.period_grain
            order by valued.period_number range between 1 preceding and 1 preceding
        ),
        previous_year as (
            partition by
                valued.audience_code, valued.scope_type, valued.scope_key, valued.part_type,
                valued.part_code, valued.period_grain
            order by valued.period_number
            range between valued.periods_per_year preceding and valued.periods_per_year preceding
        )
)

select * from final
